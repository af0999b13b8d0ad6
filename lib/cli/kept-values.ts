import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import {
  KEPT_VALUES_FILE,
  READS_FILE,
  type KeptValues,
  type Reads,
} from "../model/reconciler-under-terraform";
import { canonicalJson, type Value } from "../model/value";
import { replaceDurably } from "../reconciler/durable-file";
import { hasFingerprint } from "../reconciler/fingerprint";
import type { State } from "../reconciler/state";
import type { Project } from "./project";
import { stateOf } from "./reconciliation";

/**
 * Writes the values of a stack that others read, for Terraform to read them.
 *
 * @throws ScfError `SECRET_NOT_RECORDED` when one of them is a secret; all others are written
 */
export function keepValues(project: Project, plan: Plan, directory: string): void {
  const reads = JSON.parse(fs.readFileSync(path.join(directory, READS_FILE), "utf8")) as Reads;
  const state = stateOf(project, plan.stack);
  const secret: string[] = [];
  const valueOf = (address: string, name: string): unknown => {
    const value = recorded(state, address, name);
    if (!hasFingerprint(value)) return value ?? null;
    secret.push(`\`${name}\` of ${address}`);
    return null;
  };
  const kept: KeptValues = {
    values: mapped(reads, (address, names) =>
      Object.fromEntries(names.map((name) => [name, valueOf(address, name)])),
    ),
    outputs: mapped(plan.outputs, (name) => {
      const output = state?.outputs[name];
      return output && !output.sensitive ? output.value : null;
    }),
  };
  const file = keptValuesFile(project, plan.stack);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  replaceDurably(file, `${canonicalJson(kept, 2)}\n`);
  if (secret.length > 0) {
    throw new ScfError(
      "SECRET_NOT_RECORDED",
      `Other resources read ${secret.join(" and ")}, which holds a secret. Secrets are not recorded, so nobody can read them.`,
      { fix: "Give the secret to them from where it comes from." },
    );
  }
}

export function forgetKeptValues(project: Project, stack: string): void {
  fs.rmSync(keptValuesFile(project, stack), { force: true });
}

function keptValuesFile(project: Project, stack: string): string {
  return path.join(project.stateDirectory, stack, KEPT_VALUES_FILE);
}

function recorded(state: State | undefined, address: string, name: string): Value | undefined {
  const resource = state?.resources[address];
  return resource?.attributes[name] ?? resource?.properties[name];
}

function mapped<T>(
  record: { readonly [key: string]: T },
  change: (key: string, value: T) => unknown,
): Record<string, never> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(key, value)]),
  ) as Record<string, never>;
}
