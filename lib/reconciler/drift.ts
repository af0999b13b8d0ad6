import type { Kind, Live } from "../kinds/kind";
import { ScfError } from "../model/error";
import { byAddress, type Plan } from "../model/plan";
import { sameValue, type Properties, type Value } from "../model/value";

import { concealAll, type Concealment } from "./concealment";
import { hasFingerprint } from "./fingerprint";
import { identityOf } from "./identity";
import { findMoves } from "./moves";
import { belonging, claimOf } from "./owner";
import { inOrder } from "./plan-order";
import { readAll } from "./read-all";

import { plain, unknownValue, Wanted, type WantedResource } from "./resolve";
import { Secrets } from "./secrets";
import type { Session } from "./session";
import type { RecordedResource } from "./state";
import type { StateFold } from "./state-fold";
import type { NewEntry } from "./journal-record";
import type { StateStore } from "./state-store";

/** What was changed outside of this program since it was last recorded. */
export interface Drift {
  readonly stack: string;
  /** The state that was compared: refreshing a later one is refused. */
  readonly lineage: string;
  readonly serial: number;
  readonly sequence: number;
  /** Sorted by address. */
  readonly resources: readonly DriftedResource[];
  /** Recorded resources that are as they are recorded. */
  readonly unchanged: number;
  /** What people should know of the record itself. */
  readonly warnings: readonly string[];
}

export interface DriftedResource {
  readonly address: string;
  readonly kind: string;
  /** The kind for people: `function`. */
  readonly title: string;
  /** Natural key on the platform: `default/orders`. */
  readonly identity: string;
  /** `gone`: nothing is there; `foreign`: what is there belongs to somebody else, whatever it looks like. */
  readonly state: "changed" | "gone" | "foreign";
  /** Sorted by name; empty for what is gone. */
  readonly properties: readonly DriftedProperty[];
  /** What the platform computed, as it is now. */
  readonly attributes: Properties;
}

export interface DriftedProperty {
  readonly name: string;
  readonly recorded: Value | undefined;
  readonly live: Value | undefined;
  /** `null` where the program leaves it out; absent while it is not known, or when the program has the resource no longer. */
  readonly wanted?: Value;
  /** Its values are fingerprints, and are not shown. */
  readonly sensitive: boolean;
}

/** Reads every recorded resource and compares it with what is recorded of it. */
export async function findDrift(
  session: Session,
  fold: StateFold,
  plan: Plan | undefined,
  { warnings, changedAt }: { readonly warnings: readonly string[]; readonly changedAt: number | undefined },
): Promise<Drift> {
  const { environment } = session.options;
  const concealment = {
    fingerprints: session.concealment(fold.salt).fingerprints,
    // Secrets are never shown: whoever looks for drift need not have them.
    secrets: new Secrets(new Proxy(environment, { get: (all, name) => all[name as string] ?? "" })),
  };
  const wanted = new WantedOfRecorded(session, fold, plan, concealment);
  const live = await readAll(session, fold, () => true, changedAt);
  const resources: DriftedResource[] = [];
  for (const address of [...fold.resources.keys()].sort()) {
    const recorded = fold.resources.get(address) as RecordedResource;
    const drifted = compareRecorded(
      session.kind(recorded.kind, address),
      { address, recorded, live: live.get(address), wanted: wanted.of(address) },
      fold.lineage,
      concealment,
    );
    if (drifted) resources.push(drifted);
  }
  const { lineage, serial, sequence } = fold;
  const unchanged = fold.resources.size - resources.length;
  return {
    stack: session.stack,
    lineage,
    serial,
    sequence,
    resources,
    unchanged,
    warnings: [...warnings, ...[...fold.unfinished.keys()].sort().map(leftUnfinished)],
  };
}

/** There the record says nothing for certain. */
function leftUnfinished(address: string): string {
  return `${address} was left unfinished by an interrupted run: the next deploy finishes it.`;
}

/** All that is known of one recorded resource. */
interface Known {
  readonly address: string;
  readonly recorded: RecordedResource;
  readonly live: Live | undefined;
  readonly wanted: WantedResource | undefined;
}

function compareRecorded(
  kind: Kind,
  known: Known,
  lineage: string,
  concealment: Concealment,
): DriftedResource | undefined {
  const { address, recorded, live } = known;
  const about = {
    address,
    kind: recorded.kind,
    title: kind.schema.title,
    identity: identityOf(kind, address, recorded.properties),
  };
  if (!live || live.phase === "deleting")
    return { ...about, state: "gone", properties: [], attributes: recorded.attributes };
  const properties = driftedProperties(kind, known, live, concealment);
  const foreign = belonging(kind, live, claimOf(lineage, address, recorded)) === "stranger";
  if (!foreign && properties.length === 0) return undefined;
  const attributes = concealAll({ ...recorded.attributes, ...live.attributes }, concealment);
  return { ...about, state: foreign ? "foreign" : "changed", properties, attributes };
}

function driftedProperties(
  kind: Kind,
  { recorded, wanted }: Known,
  live: Live,
  { fingerprints, secrets }: Concealment,
): DriftedProperty[] {
  const properties: DriftedProperty[] = [];
  // What a kind cannot read is not in the live properties: nothing can be told of it.
  for (const name of Object.keys(live.properties).sort()) {
    const metadata = kind.schema.metadata[name];
    if (metadata?.checkOnly) continue;
    const before = recorded.properties[name];
    const value = live.properties[name];
    const asRecorded = metadata?.sensitive
      ? fingerprints.conceal(value)
      : fingerprints.concealLike(before, value);
    if (sameValue(before, asRecorded)) continue;
    const want = wanted?.recorded[name];
    const sensitive =
      metadata?.sensitive === true ||
      wanted?.secret.has(name) === true ||
      hasFingerprint(before) ||
      hasFingerprint(want);
    const show = (shown: Value | undefined): Value | undefined => {
      if (shown === undefined) return undefined;
      return sensitive ? fingerprints.conceal(shown) : secrets.conceal(shown, fingerprints);
    };
    properties.push({
      name,
      recorded: show(before),
      live: show(value),
      ...(wanted === undefined || wanted.unknown.has(name) ? {} : { wanted: show(want) ?? null }),
      sensitive,
    });
  }
  return properties;
}

/** What the program wants of what is recorded, as far as it is known without doing or asking anything. */
class WantedOfRecorded {
  private readonly wanted: Wanted | undefined;
  private readonly planned: ReadonlyMap<string, unknown>;
  /** Present addresses by those that are recorded. */
  private readonly moved: ReadonlyMap<string, string>;

  constructor(session: Session, fold: StateFold, plan: Plan | undefined, concealment: Concealment) {
    const { kinds, stateOf } = session.options;
    const ordered = plan ? inOrder(plan, kinds) : [];
    this.planned = plan ? byAddress(plan) : new Map();
    const { moves } = findMoves(session, fold, ordered, this.planned);
    this.moved = new Map(moves.map(({ from, to }) => [from, to]));
    const recordedAt = new Map(moves.map(({ from, to }) => [to, from]));
    this.wanted =
      plan &&
      new Wanted({
        plan,
        kinds,
        stateOf,
        ...concealment,
        attributeOf: (address, attribute) => {
          const recorded = fold.resources.get(recordedAt.get(address) ?? address);
          const value = recorded?.attributes[attribute];
          return value === undefined ? unknownValue("new") : plain(value);
        },
      });
  }

  of(recordedAddress: string): WantedResource | undefined {
    const address = this.moved.get(recordedAddress) ?? recordedAddress;
    if (!this.planned.has(address)) return undefined;
    try {
      return this.wanted?.resource(address);
    } catch (error) {
      // What a deploy would need first, as another stack, says nothing about what has drifted.
      if (ScfError.is(error)) return undefined;
      throw error;
    }
  }
}

/** What refreshing has recorded. */
export interface Refreshed {
  readonly updated: number;
  readonly forgotten: number;
}

/**
 * Records what was found, and calls nothing: what was changed elsewhere is a difference to the program from then on, as if
 * it had been deployed. Objects of others stay recorded as they are, so that they go on being told.
 */
export async function recordDrift(
  store: StateStore,
  drift: Drift,
  signal: AbortSignal | undefined,
): Promise<Refreshed> {
  let updated = 0;
  let forgotten = 0;
  const entries: NewEntry[] = [];
  for (const { address, state, properties, attributes } of drift.resources) {
    const recorded = store.fold.resources.get(address);
    if (!recorded || state === "foreign") continue;
    const { generation, dependencies } = recorded;
    if (state === "gone") {
      entries.push({ type: "forget", address, generation });
      forgotten++;
    } else {
      entries.push({
        type: "record",
        address,
        generation,
        properties: withLive(recorded.properties, properties),
        attributes,
        dependencies,
      });
      updated++;
    }
  }
  // All of it or nothing: half a refresh would show drift that nobody has seen.
  if (signal?.aborted) return { updated: 0, forgotten: 0 };
  await Promise.all(entries.map((entry) => store.append(entry)));
  await store.compact();
  return { updated, forgotten };
}

function withLive(recorded: Properties, drifted: readonly DriftedProperty[]): Properties {
  const properties: Record<string, Value> = { ...recorded };
  for (const { name, live } of drifted) {
    if (live === undefined || live === null) delete properties[name];
    else properties[name] = live;
  }
  return properties;
}
