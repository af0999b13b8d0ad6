import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import { eachReference } from "../model/value";
import { immutableReferences } from "./decision";
import type { Change } from "./difference";
import type { OrderedResource } from "./plan-order";
import type { RecordedResource } from "./state";

/** What a difference is limited to. */
export interface Targets {
  /** Addresses, each of a resource or of a construct with resources in it. */
  readonly addresses: readonly string[];
  /** Resources that they lead to, with what those depend on. */
  readonly resources: number;
  /** Resources of the program and the state together. */
  readonly of: number;
}

interface TargetsInput {
  readonly ordered: readonly OrderedResource[];
  readonly recorded: ReadonlyMap<string, Pick<RecordedResource, "dependencies">>;
  /** Addresses of which more is known than a resource: operations that were cut off, replaced generations. */
  readonly others: readonly string[];
  readonly targets: readonly string[];
}

/** The addresses that something may be done to, and how that is said. */
interface Selection {
  readonly addresses: ReadonlySet<string>;
  readonly targets: Targets;
}

/**
 * What the targets lead to: of what the program declares, all that it depends on; of what has left it, all that is recorded
 * to refer to it, because that has to let go of it first.
 *
 * @throws ScfError `TARGET_UNKNOWN` for a target at and below which there is nothing
 */
export function selectTargets({ ordered, recorded, others, targets }: TargetsInput): Selection {
  const wanted = new Map(ordered.map((resource) => [resource.planned.address, resource]));
  const known = new Set([...wanted.keys(), ...recorded.keys(), ...others]);
  const selected = new Set<string>();
  const open: string[] = [];
  const add = (address: string): void => {
    if (!known.has(address) || selected.has(address)) return;
    selected.add(address);
    open.push(address);
  };
  for (const target of targets) {
    const matching = [...known].filter((address) => isAtOrBelow(address, target));
    if (matching.length === 0) throw unknownTarget(target);
    for (const address of matching) add(address);
  }
  const dependents = dependentsOf(recorded);
  for (let address = open.pop(); address !== undefined; address = open.pop()) {
    for (const next of wanted.get(address)?.dependencies ?? dependents.get(address) ?? []) add(next);
  }
  return {
    addresses: selected,
    targets: { addresses: [...targets], resources: selected.size, of: known.size },
  };
}

/** Whether an address is the target, or stands in it. */
export function isAtOrBelow(address: string, target: string): boolean {
  const scope = target.endsWith("/") ? target.slice(0, -1) : target;
  return address === scope || address.startsWith(`${scope}/`);
}

export function unknownTarget(target: string, meant?: string): ScfError {
  return new ScfError(
    "TARGET_UNKNOWN",
    `There is nothing at or below ${target}, in the program or recorded.`,
    {
      fix:
        meant === undefined
          ? "Name the address of a resource, or of a construct with resources in it, as `cdktf-scf diff` prints it."
          : `Did you mean ${meant}?`,
    },
  );
}

/** The outputs of a plan that follow from what is selected alone: the others keep what they have. */
export function selectedOutputs(plan: Plan | undefined, { addresses }: Selection): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name, { value }] of Object.entries(plan?.outputs ?? {})) {
    let isSelected = true;
    eachReference(value, ({ $ref }) => {
      if ($ref.address.startsWith(`${plan?.stack}/`) && !addresses.has($ref.address)) isSelected = false;
    });
    if (isSelected) names.add(name);
  }
  return names;
}

/** What goes down with an object that is replaced, though it is not selected itself. */
export function takenAlong(
  ordered: readonly OrderedResource[],
  { addresses }: Selection,
  recorded: ReadonlyMap<string, unknown>,
  changes: readonly Change[],
): string[] {
  const replaced = new Set(
    changes.flatMap(({ address, operation, deletesFirst }) =>
      operation === "replace" && deletesFirst ? [address] : [],
    ),
  );
  if (replaced.size === 0) return [];
  return ordered.flatMap((resource) => {
    const { address } = resource.planned;
    if (addresses.has(address) || !recorded.has(address)) return [];
    const container = [...immutableReferences(resource)].find((other) => replaced.has(other));
    if (container === undefined) return [];
    return [
      `${container} is replaced, and ${address} goes down with it without being among the targets: deploy it next.`,
    ];
  });
}

function dependentsOf(recorded: TargetsInput["recorded"]): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const [address, { dependencies }] of recorded) {
    for (const dependency of dependencies) {
      const known = dependents.get(dependency);
      if (known) known.push(address);
      else dependents.set(dependency, [address]);
    }
  }
  return dependents;
}
