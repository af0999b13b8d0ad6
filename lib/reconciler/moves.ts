import {
  isForeignToken,
  isJoin,
  isReference,
  isSecretReference,
  type Properties,
  type Value,
} from "../model/value";
import type { Change } from "./difference";
import type { OrderedResource } from "./plan-order";
import type { Session } from "./session";
import type { RecordedResource } from "./state";
import type { StateFold } from "./state-fold";

/** An object that stays where it is while the construct that declares it gets another path. */
export interface Move {
  readonly from: string;
  readonly to: string;
  /** The program says so; otherwise kind and natural key do. */
  readonly planned: boolean;
}

interface Moves {
  readonly moves: readonly Move[];
  readonly warnings: readonly string[];
}

/** What the program says has moved, and what has moved by all that can be told of it otherwise. */
export function findMoves(
  session: Session,
  fold: StateFold,
  ordered: readonly OrderedResource[],
  /** The plan's resources by address. */
  wanted: ReadonlyMap<string, unknown>,
): Moves {
  if (ordered.length === 0) return { moves: [], warnings: [] };
  const { moves, warnings } = plannedMoves(fold, ordered, wanted);
  return { moves: [...moves, ...foundMoves(session, fold, ordered, wanted, moves)], warnings };
}

/**
 * Moves that the program asks for: the latest earlier address that is recorded counts. What is recorded at its present
 * address already has moved in an earlier run.
 */
function plannedMoves(
  fold: StateFold,
  ordered: readonly OrderedResource[],
  wanted: ReadonlyMap<string, unknown>,
): Moves {
  const taken = new Set<string>();
  const moves: Move[] = [];
  const warnings: string[] = [];
  const unfounded = new UnfoundedMoves();
  for (const { planned } of ordered) {
    const { address, lifecycle } = planned;
    const earlier = lifecycle?.movedFrom;
    if (!earlier || earlier.length === 0) continue;
    if (fold.resources.has(address) || fold.unfinished.has(address)) {
      unfounded.settle(address, earlier);
      continue;
    }
    const from = earlier.find((candidate) => fold.resources.has(candidate));
    if (from === undefined) {
      unfounded.add(address, earlier);
      continue;
    }
    unfounded.settle(address, earlier);
    const recorded = fold.resources.get(from) as RecordedResource;
    if (wanted.has(from) || taken.has(from)) {
      warnings.push(`${address} cannot move from ${from}, which is needed by something else: it is created.`);
    } else if (recorded.kind !== planned.kind) {
      warnings.push(
        `${address} cannot move from ${from}: a ${recorded.kind} is recorded there, and it is a ${planned.kind}.`,
      );
    } else {
      taken.add(from);
      moves.push({ from, to: address, planned: true });
    }
  }
  // In a state without anything, as of a stack that is deployed for the first time, nothing can have moved.
  return { moves, warnings: fold.resources.size > 0 ? [...warnings, ...unfounded.sentences()] : warnings };
}

/**
 * Moves from where nothing is recorded. Those of one construct are told once, and not at all when anything in it is recorded
 * before or after the move: what is new in it has nowhere to come from.
 */
class UnfoundedMoves {
  private readonly constructs = new Map<string, { from: string[]; isSettled: boolean }>();

  add(address: string, earlier: readonly string[]): void {
    this.of(address, earlier);
  }

  settle(address: string, earlier: readonly string[]): void {
    this.of(address, earlier).isSettled = true;
  }

  sentences(): string[] {
    return [...this.constructs].flatMap(([to, { from, isSettled }]) =>
      isSettled
        ? []
        : [`${to} says that it moved from ${from.join(" or ")}, where nothing is recorded: it is created.`],
    );
  }

  private of(address: string, earlier: readonly string[]): { isSettled: boolean } {
    const [to, from] = withoutCommonEnd(address, earlier[0] as string);
    const known = this.constructs.get(to);
    if (known) return known;
    const end = address.slice(to.length);
    const others = earlier
      .slice(1)
      .map((other) => (other.endsWith(end) ? other.slice(0, other.length - end.length) : other));
    const made = { from: [from, ...others], isSettled: false };
    this.constructs.set(to, made);
    return made;
  }
}

/** The addresses of the constructs that have moved, when these are of something in them. */
function withoutCommonEnd(to: string, from: string): [to: string, from: string] {
  const [left, right] = [to.split("/"), from.split("/")];
  while (left.length > 1 && right.length > 1 && left.at(-1) === right.at(-1)) {
    left.pop();
    right.pop();
  }
  // Wrapped in a construct, or taken out of one: the whole stack has not moved.
  return left.length === 1 || right.length === 1 ? [to, from] : [left.join("/"), right.join("/")];
}

/**
 * Recorded objects whose address has left the plan, and that another address of the plan declares by the same kind and
 * natural key. Deleting and making them again would take what hangs on them along, or be refused because of it. Where more
 * than one could be meant, nothing is moved.
 */
function foundMoves(
  session: Session,
  fold: StateFold,
  ordered: readonly OrderedResource[],
  wanted: ReadonlyMap<string, unknown>,
  planned: readonly Move[],
): Move[] {
  const gone = new Set(planned.map(({ from }) => from));
  const settled = new Set(planned.map(({ to }) => to));
  const left = new Candidates();
  fold.resources.forEach((recorded, address) => {
    if (wanted.has(address) || gone.has(address) || fold.unfinished.has(address)) return;
    const kind = session.options.kinds[recorded.kind];
    if (kind) left.add(`${recorded.kind} ${kind.identity(recorded.properties as never)}`, address);
  });
  if (left.empty) return [];
  const come = new Candidates();
  const byAddress = new Map(ordered.map((resource) => [resource.planned.address, resource]));
  for (const {
    planned: { address, kind: name, properties: all },
    kind,
  } of ordered) {
    if (fold.resources.has(address) || fold.unfinished.has(address) || settled.has(address)) continue;
    const properties: Record<string, Value> = {};
    for (const [property, value] of Object.entries(all)) {
      const known = concrete(value, byAddress, fold);
      if (known !== undefined) properties[property] = known;
    }
    come.add(`${name} ${kind.identity(properties as Properties as never)}`, address);
  }
  return come.single().flatMap(([key, to]) => {
    const from = left.only(key);
    return from === undefined ? [] : [{ from, to, planned: false }];
  });
}

/** What became of a move, for people: its object has another address, and stays unless something else about it changes. */
export function movedSentence(
  session: Session,
  recorded: RecordedResource,
  { from, to, planned }: Move,
  change: Change | undefined,
): string {
  const kind = session.kind(recorded.kind, to);
  const object = `the ${kind.schema.title} ${kind.identity(recorded.properties as never)}`;
  const moved = planned ? `${to} moved from ${from}` : `${from} is ${to} now`;
  if (!change) return `${moved}: ${object} stays as it is.`;
  if (change.operation === "update") return `${moved}: ${object} stays, and is updated.`;
  const causes = change.properties
    .filter(({ effect }) => effect === "replace")
    .map(({ name }) => `\`${name}\``);
  const because = causes.length === 0 ? "" : `, because of ${causes.join(", ")}`;
  return `${moved}, and ${object} does not stay: it is to be ${DONE[change.operation]}${because}.`;
}

const DONE: Readonly<Record<Exclude<Change["operation"], "update">, string>> = {
  create: "created",
  publish: "published again",
  replace: "replaced",
  delete: "deleted",
};

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
