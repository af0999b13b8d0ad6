import type { Kind } from "../kinds/kind";
import type { PlannedResource } from "../model/plan";
import { eachReference, type Value } from "../model/value";

/** What one resource refers to, by property name; properties that exist for the rules only do not count. */
export function referencesOf(planned: PlannedResource, kind: Kind): ReadonlyMap<string, ReadonlySet<string>> {
  let references: Map<string, Set<string>> | undefined;
  for (const name of Object.keys(planned.properties)) {
    const value = planned.properties[name];
    if (typeof value !== "object" || kind.schema.metadata[name]?.checkOnly) continue;
    const targets = targetsOf(value);
    if (targets) (references ??= new Map()).set(name, targets);
  }
  return references ?? NO_REFERENCES;
}

function targetsOf(value: Value): Set<string> | undefined {
  let targets: Set<string> | undefined;
  eachReference(value, ({ $ref }) => (targets ??= new Set()).add($ref.address));
  return targets;
}

const NO_REFERENCES: ReadonlyMap<string, ReadonlySet<string>> = new Map();
