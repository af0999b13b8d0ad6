import * as fs from "node:fs";
import * as path from "node:path";
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
import type { RecordedOutput, State } from "../reconciler/state";
import type { Project } from "./project";
import { stateOf } from "./reconciliation";

/** Writes the values of a stack that others read, for Terraform to read them. Nothing that is secret is among them. */
export function keepValues(project: Project, plan: Plan, directory: string): void {
  const reads = JSON.parse(fs.readFileSync(path.join(directory, READS_FILE), "utf8")) as Reads;
  const state = stateOf(project, plan.stack);
  const values = Object.entries(reads).map(([address, names]) => [
    address,
    Object.fromEntries(names.map((name) => [name, recorded(state, address, name)])),
  ]);
  const outputs = Object.keys(plan.outputs).map((name) => [name, shown(state?.outputs[name])]);
  const kept: KeptValues = { values: Object.fromEntries(values), outputs: Object.fromEntries(outputs) };
  const file = keptValuesFile(project, plan.stack);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  replaceDurably(file, `${canonicalJson(kept, 2)}\n`);
}

export function forgetKeptValues(project: Project, stack: string): void {
  fs.rmSync(keptValuesFile(project, stack), { force: true });
}

function keptValuesFile(project: Project, stack: string): string {
  return path.join(project.stateDirectory, stack, KEPT_VALUES_FILE);
}

function recorded(state: State | undefined, address: string, name: string): Value {
  const resource = state?.resources[address];
  const value = resource?.attributes[name] ?? resource?.properties[name] ?? null;
  return hasFingerprint(value) ? null : value;
}

function shown(output: RecordedOutput | undefined): Value {
  return output === undefined || output.sensitive ? null : output.value;
}
