import type { Kind } from "../kinds/kind";
import { ScfError } from "../model/error";
import { byAddress, type Plan, type PlannedResource } from "../model/plan";
import { knownKind } from "./known-kind";
import { referencesOf } from "./references";
import { stackOf } from "../model/stack-of";

/** A resource of the plan, with what it refers to. */
export interface OrderedResource {
  readonly planned: PlannedResource;
  readonly kind: Kind;
  /** Addresses that come first, sorted; those of other stacks are recorded, and have no place in this order. */
  readonly dependencies: readonly string[];
  /** Addresses that each property refers to. */
  readonly references: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The resources of a plan, each after those that it depends on.
 *
 * @throws ScfError `DEPENDENCY_CYCLE`
 */
export function inOrder(plan: Plan, kinds: Readonly<Record<string, Kind>>): OrderedResource[] {
  const resources = plan.resources.map((planned) => withReferences(plan, planned, kinds));
  if (!resources.some(({ dependencies }) => dependencies.length > 0)) return resources;
  const ordered: OrderedResource[] = [];
  /** Those that are not in order yet. */
  const left = new Map(resources.map((resource) => [resource.planned.address, resource]));
  // Depth first without recursion: chains may be longer than the stack is deep.
  const path: { readonly resource: OrderedResource; next: number }[] = [];
  const onPath = new Set<string>();
  const leave = (resource: OrderedResource): void => {
    left.delete(resource.planned.address);
    ordered.push(resource);
  };
  const enter = (address: string): void => {
    if (onPath.has(address))
      throw cycle(
        path.map(({ resource }) => resource.planned.address),
        address,
      );
    const resource = left.get(address);
    if (!resource) return;
    if (resource.dependencies.length === 0) return leave(resource);
    path.push({ resource, next: 0 });
    onPath.add(address);
  };
  for (const address of [...left.keys()].sort()) {
    enter(address);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const dependency = top.resource.dependencies[top.next++];
      if (dependency !== undefined) {
        enter(dependency);
        continue;
      }
      path.pop();
      onPath.delete(top.resource.planned.address);
      leave(top.resource);
    }
  }
  return ordered;
}

function withReferences(
  plan: Plan,
  planned: PlannedResource,
  kinds: Readonly<Record<string, Kind>>,
): OrderedResource {
  const kind = knownKind(kinds, planned.kind, planned.address);
  const references = referencesOf(planned, kind);
  const isAlone = planned.dependsOn.length === 0 && references.size === 0;
  return {
    planned,
    kind,
    references,
    dependencies: isAlone ? NOTHING : dependenciesOf(plan, planned, references),
  };
}

const NOTHING: readonly string[] = [];

function dependenciesOf(
  plan: Plan,
  { dependsOn }: PlannedResource,
  references: OrderedResource["references"],
): readonly string[] {
  const planned = byAddress(plan);
  const all = new Set(dependsOn);
  for (const targets of references.values()) for (const target of targets) all.add(target);
  return [...all].filter((address) => planned.has(address) || stackOf(address) !== plan.stack).sort();
}

function cycle(path: readonly string[], again: string): ScfError {
  const round = [...path.slice(path.indexOf(again)), again].join(" → ");
  return new ScfError("DEPENDENCY_CYCLE", `These resources depend on each other in a circle: ${round}.`, {
    fix: "Remove one of these references.",
  });
}
