import type { Kind, Live } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import { sameValue, type Properties, type Value } from "../model/value";
import type { Concealment } from "./compare";
import { hasFingerprint } from "./fingerprint";
import { identityOf } from "./identity";
import type { NewEntry } from "./journal-record";
import { belonging, claimOf } from "./owner";
import { readAll } from "./read-all";
import { concealAll, presentProperties } from "./recover";
import type { Wanted, WantedResource } from "./resolve";
import type { Session } from "./session";
import type { RecordedResource } from "./state";
import type { StateFold } from "./state-fold";
import { wantedNow } from "./wanted-now";

/** A property that was changed outside of the program. Secrets are fingerprints. */
export interface DriftedProperty {
  readonly name: string;
  /** What was last sent. */
  readonly recorded: Value | undefined;
  /** What the platform reports. */
  readonly live: Value | undefined;
  /** What the program says; absent when the resource has left it, or when it cannot be told without deploying. */
  readonly wanted?: Value;
  /** Values must not be shown. */
  readonly sensitive: boolean;
}

export interface DriftedResource {
  readonly address: string;
  readonly kind: string;
  readonly title: string;
  readonly identity: string;
  /** `taken`: it is gone, and somebody else's object has its name. */
  readonly state: "changed" | "gone" | "taken";
  readonly properties: readonly DriftedProperty[];
}

/** What is recorded of a stack and is no longer so on the platform. */
export interface Drift {
  readonly stack: string;
  /** The state that was compared: refreshing a later one is refused. */
  readonly lineage: string;
  readonly serial: number;
  readonly sequence: number;
  readonly salt: string;
  /** Those that differ, by address. */
  readonly resources: readonly DriftedResource[];
  readonly unchanged: number;
  readonly warnings: readonly string[];
  /** What refreshing records. */
  readonly notes: readonly NewEntry[];
}

/** Reads all that is recorded and says what is different on the platform. Nothing is decided about it. */
export async function findDrift(
  session: Session,
  fold: StateFold,
  plan: Plan | undefined,
  changedAt: number | undefined,
): Promise<Drift> {
  const { lineage, serial, sequence, salt } = fold;
  const concealment = session.concealment(salt);
  const live = await readAll(session, fold, () => true, changedAt);
  const wanted = plan && wantedNow(session, fold, plan, concealment);
  const warnings = [...fold.unfinished.keys()].map(
    (address) => `${address} was left unfinished by an interrupted run: deploying finishes it.`,
  );
  const resources: DriftedResource[] = [];
  const notes: NewEntry[] = [];
  for (const [address, recorded] of [...fold.resources].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const kind = session.kind(recorded.kind, address);
    const found = live.get(address);
    const state = stateOf(kind, found, claimOf(lineage, address, recorded));
    const common = {
      address,
      kind: recorded.kind,
      title: kind.schema.title,
      identity: identityOf(kind, address, recorded.properties),
    };
    const { generation } = recorded;
    if (state !== "there") {
      resources.push({ ...common, state, properties: [] });
      notes.push({ type: "forget", address, generation });
      continue;
    }
    const now = asFound(kind, recorded, found as Live, concealment);
    const names = differing(kind, recorded.properties, now.properties);
    if (names.length > 0) {
      const want = session.isPlanned(address) ? valuesOf(wanted, address, warnings) : undefined;
      const properties = names.map((name) => drifted(kind, name, recorded.properties, now.properties, want));
      resources.push({ ...common, state: "changed", properties });
    }
    if (names.length > 0 || !sameValue(now.attributes, recorded.attributes)) {
      notes.push({ type: "record", address, generation, ...now, dependencies: recorded.dependencies });
    }
  }
  return {
    stack: session.stack,
    lineage,
    serial,
    sequence,
    salt,
    resources,
    unchanged: fold.resources.size - resources.length,
    warnings,
    notes,
  };
}

function stateOf(
  kind: Kind,
  live: Live | undefined,
  claim: ReturnType<typeof claimOf>,
): "there" | "gone" | "taken" {
  if (!live || live.phase === "deleting") return "gone";
  return belonging(kind, live, claim) === "stranger" ? "taken" : "there";
}

/** What is recorded, with what the platform reports in its place. */
function asFound(
  kind: Kind,
  recorded: RecordedResource,
  live: Live,
  concealment: Concealment,
): Pick<RecordedResource, "properties" | "attributes"> {
  const readable = presentProperties(kind, recorded.properties, live, concealment);
  const unreadable = Object.entries(recorded.properties).filter(([name]) => !(name in live.properties));
  return {
    properties: { ...Object.fromEntries(unreadable), ...readable },
    attributes: concealAll({ ...recorded.attributes, ...live.attributes }, concealment),
  };
}

function differing(kind: Kind, recorded: Properties, now: Properties): string[] {
  return [...new Set([...Object.keys(recorded), ...Object.keys(now)])]
    .filter((name) => !kind.schema.metadata[name]?.checkOnly && !sameValue(recorded[name], now[name]))
    .sort();
}

function drifted(
  kind: Kind,
  name: string,
  recorded: Properties,
  now: Properties,
  wanted: WantedResource | undefined,
): DriftedProperty {
  const want = wanted?.recorded[name];
  return {
    name,
    recorded: recorded[name],
    live: now[name],
    ...(want === undefined ? {} : { wanted: want }),
    sensitive:
      kind.schema.metadata[name]?.sensitive === true ||
      wanted?.secret.has(name) === true ||
      hasFingerprint(recorded[name]) ||
      hasFingerprint(want),
  };
}

function valuesOf(
  wanted: Wanted | undefined,
  address: string,
  warnings: string[],
): WantedResource | undefined {
  try {
    return wanted?.resource(address);
  } catch (error) {
    if (!ScfError.is(error)) throw error;
    warnings.push(`What the program says of ${address} cannot be shown: ${error.message}`);
    return undefined;
  }
}
