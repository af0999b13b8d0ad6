import type { Kind } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Plan, PlannedResource } from "../model/plan";
import { kindOf, referencesOf } from "./resolve";

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
  const addresses = plan.resources.map(({ address }) => address).sort();
  const known = new Set(addresses);
  const described = new Map<string, OrderedResource>();
  const isInside = (address: string): boolean => address.startsWith(`${plan.stack}/`);
  for (const planned of plan.resources) {
    const kind = kindOf(kinds, planned.kind, planned.address);
    const references = referencesOf(planned, kind);
    const dependencies = new Set(planned.dependsOn);
    for (const targets of references.values()) for (const target of targets) dependencies.add(target);
    for (const address of dependencies) {
      if (isInside(address) && !known.has(address)) dependencies.delete(address);
    }
    described.set(planned.address, { planned, kind, references, dependencies: sorted(dependencies) });
  }
  const ordered: OrderedResource[] = [];
  const done = new Set<string>();
  // Depth first without recursion: chains may be longer than the stack is deep.
  const path: { readonly resource: OrderedResource; next: number }[] = [];
  const onPath = new Set<string>();
  const leave = (resource: OrderedResource): void => {
    done.add(resource.planned.address);
    ordered.push(resource);
  };
  const enter = (entered: string): void => {
    if (onPath.has(entered))
      throw cycle(
        path.map(({ resource }) => resource.planned.address),
        entered,
      );
    if (done.has(entered)) return;
    const resource = described.get(entered) as OrderedResource;
    if (resource.dependencies.length === 0) return leave(resource);
    path.push({ resource, next: 0 });
    onPath.add(entered);
  };
  for (const address of addresses) {
    enter(address);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const dependency = top.resource.dependencies[top.next++];
      if (dependency !== undefined) {
        if (described.has(dependency)) enter(dependency);
        continue;
      }
      path.pop();
      onPath.delete(top.resource.planned.address);
      leave(top.resource);
    }
  }
  return ordered;
}

const NOTHING: readonly string[] = [];

function sorted(addresses: ReadonlySet<string>): readonly string[] {
  return addresses.size === 0 ? NOTHING : [...addresses].sort();
}

function cycle(path: readonly string[], again: string): ScfError {
  const round = [...path.slice(path.indexOf(again)), again].join(" → ");
  return new ScfError("DEPENDENCY_CYCLE", `These resources depend on each other in a circle: ${round}.`, {
    fix: "Remove one of these references.",
  });
}
