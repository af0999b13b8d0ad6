import type { Plan } from "../model/plan";
import {
  isForeignToken,
  isJoin,
  isReference,
  isSecretReference,
  type Properties,
  type Value,
} from "../model/value";
import type { OrderedResource } from "./plan-order";
import type { StateFold } from "./state-fold";
import type { Session } from "./session";

/** An object that stays where it is while the construct that declares it gets another path. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Recorded objects whose address has left the plan, and that another address of the plan declares by the same kind and
 * natural key. Deleting and making them again would take what hangs on them along, or be refused because of it. Where more
 * than one could be meant, nothing is moved.
 */
export function findMoves(
  session: Session,
  fold: StateFold,
  plan: Plan | undefined,
  ordered: readonly OrderedResource[],
): Move[] {
  if (!plan) return [];
  const wanted = new Set(ordered.map(({ planned }) => planned.address));
  const left = new Candidates();
  for (const [address, recorded] of fold.resources) {
    if (wanted.has(address) || fold.unfinished.has(address)) continue;
    const kind = session.options.kinds[recorded.kind];
    if (kind) left.add(`${recorded.kind} ${kind.identity(recorded.properties as never)}`, address);
  }
  if (left.empty) return [];
  const come = new Candidates();
  const byAddress = new Map(ordered.map((resource) => [resource.planned.address, resource]));
  for (const { planned, kind } of ordered) {
    if (fold.resources.has(planned.address) || fold.unfinished.has(planned.address)) continue;
    const properties: Record<string, Value> = {};
    for (const [name, value] of Object.entries(planned.properties)) {
      const known = concrete(value, byAddress, fold);
      if (known !== undefined) properties[name] = known;
    }
    come.add(`${planned.kind} ${kind.identity(properties as Properties as never)}`, planned.address);
  }
  return come.single().flatMap(([key, to]) => {
    const from = left.only(key);
    return from === undefined ? [] : [{ from, to }];
  });
}

/** A value as far as plan and record tell it without asking anybody. */
function concrete(
  value: Value,
  byAddress: ReadonlyMap<string, OrderedResource>,
  fold: StateFold,
): Value | undefined {
  if (isReference(value)) {
    const { address, attribute } = value.$ref;
    const property = byAddress.get(address)?.planned.properties[attribute];
    if (property !== undefined) return concrete(property, byAddress, fold);
    const recorded = fold.resources.get(address);
    return recorded?.attributes[attribute] ?? recorded?.properties[attribute];
  }
  return isJoin(value) || isSecretReference(value) || isForeignToken(value) ? undefined : value;
}

/** Addresses by kind and natural key. */
class Candidates {
  private readonly addresses = new Map<string, string[]>();

  get empty(): boolean {
    return this.addresses.size === 0;
  }

  add(key: string, address: string): void {
    const known = this.addresses.get(key);
    if (known) known.push(address);
    else this.addresses.set(key, [address]);
  }

  only(key: string): string | undefined {
    const found = this.addresses.get(key);
    return found?.length === 1 ? found[0] : undefined;
  }

  single(): [string, string][] {
    return [...this.addresses].flatMap(([key, found]) =>
      found.length === 1 && found[0] !== undefined ? [[key, found[0]] as [string, string]] : [],
    );
  }
}
