import { ScfError } from "../model/error";
import type { OrderedResource } from "./plan-order";
import type { StateFold } from "./state-fold";

/** The addresses that a difference is limited to. */
export type Scope = ReadonlySet<string>;

/**
 * What targets select: they and what lies below them, what those depend on, and of what is to be deleted everything that
 * refers to it.
 *
 * @param targets addresses of resources or of the constructs around them
 * @throws ScfError `TARGET_UNKNOWN`
 */
export function scopeOf(
  targets: readonly string[] | undefined,
  ordered: readonly OrderedResource[],
  fold: StateFold,
): Scope | undefined {
  if (!targets) return undefined;
  const planned = new Map(ordered.map(({ planned: { address }, dependencies }) => [address, dependencies]));
  const recorded = new Set([
    ...fold.resources.keys(),
    ...fold.unfinished.keys(),
    ...[...fold.leftovers.values()].map(({ address }) => address),
  ]);
  const scope = new Set<string>();
  const selected: string[] = [];
  const select = (address: string): void => {
    if (scope.has(address)) return;
    scope.add(address);
    selected.push(address);
  };
  const unmatched = new Set(targets);
  for (const address of new Set([...planned.keys(), ...recorded])) {
    const matching = targets.filter((target) => address === target || address.startsWith(`${target}/`));
    if (matching.length > 0) select(address);
    for (const target of matching) unmatched.delete(target);
  }
  if (unmatched.size > 0) {
    throw new ScfError(
      "TARGET_UNKNOWN",
      `Nothing in ${fold.stack} has the address ${[...unmatched].join(" or ")}, or lies below it.`,
      { fix: "`cdktf-scf state list` and `cdktf-scf diff` show the addresses there are." },
    );
  }
  const dependents = dependentsOf(fold);
  for (let address = selected.pop(); address !== undefined; address = selected.pop()) {
    const dependencies = planned.get(address);
    if (dependencies) for (const other of dependencies) planned.has(other) && select(other);
    else for (const other of dependents.get(address) ?? []) !planned.has(other) && select(other);
  }
  return scope;
}

export function limitedTo(targets: readonly string[], left: number): string {
  return (
    `Limited to ${targets.join(", ")} and what that depends on: ` +
    `${left === 1 ? "1 other resource is" : `${left} other resources are`} left alone, and so are all outputs.`
  );
}

function dependentsOf({ resources }: StateFold): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const [address, { dependencies }] of resources) {
    for (const dependency of dependencies) {
      const known = dependents.get(dependency);
      if (known) known.push(address);
      else dependents.set(dependency, [address]);
    }
  }
  return dependents;
}
