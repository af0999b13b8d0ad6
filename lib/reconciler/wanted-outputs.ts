import type { Plan } from "../model/plan";
import { sameValue, type Value } from "../model/value";

import type { Concealment } from "./concealment";
import type { OutputChange } from "./difference";
import { hasFingerprint } from "./fingerprint";
import type { Unknown, Wanted } from "./resolve";
import type { RecordedOutput } from "./state";

/** An output as it is recorded, or why it is not known yet. */
export type ResolvedOutput = RecordedOutput | { readonly unknown: Unknown; readonly sensitive: boolean };

/** An output of a plan. What holds a secret is sensitive, whether the program says so or not. */
export function resolveOutput(
  plan: Plan,
  name: string,
  wanted: Wanted,
  { fingerprints, secrets }: Concealment,
): ResolvedOutput {
  const { recorded, unknown, secret } = wanted.output(name);
  const sensitive = plan.outputs[name]?.sensitive === true || secret || hasFingerprint(recorded);
  if (unknown) return { unknown, sensitive };
  const value = sensitive ? fingerprints.conceal(recorded) : secrets.conceal(recorded ?? null, fingerprints);
  return { value: value ?? null, sensitive };
}

export function compareOutputs(
  wanted: ReadonlyMap<string, ResolvedOutput>,
  recorded: { readonly [name: string]: RecordedOutput },
): OutputChange[] {
  const changes: OutputChange[] = [];
  for (const name of [...new Set([...wanted.keys(), ...Object.keys(recorded)])].sort()) {
    const after = wanted.get(name);
    const before = recorded[name];
    const value: Value | undefined = after && "value" in after ? after.value : undefined;
    if (
      after &&
      before &&
      value !== undefined &&
      sameValue(value, before.value) &&
      after.sensitive === before.sensitive
    )
      continue;
    changes.push({
      name,
      before: before?.value,
      after: value,
      sensitive: (after ?? before)?.sensitive === true,
    });
  }
  return changes;
}
