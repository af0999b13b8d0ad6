import { type Kind, type Live } from "../kinds/kind";
import { ScfError } from "../model/error";
import { sameValue, type Properties } from "../model/value";
import type { Attempt, Since } from "./attempt";
import { bring } from "./bring";
import { gone, ready, waitUntilGone } from "./completion";
import { nameTaken, takenOver } from "./conflict";
import type { Executor, Known, Target } from "./executor";
import { belonging, generationOfMark } from "./owner";
import { presentProperties } from "./present-properties";
import { findMade, isMadeBy } from "./recover";

/** What became of a create whose outcome was not known. */
type Settled =
  | { readonly found: true; readonly attributes: Properties }
  /** `freed`: something had the name, and is gone now. */
  | { readonly found: false; readonly freed: boolean };

interface Doubt {
  /** What the create was begun with that may have been carried out; undefined when none was. */
  readonly begun: Properties | undefined;
  /** When the last call was made whose outcome is not known. */
  readonly since: Since;
}

/**
 * Finds out what became of a create, whether its answer was lost just now or its process with it, and finishes it: an object
 * of ours gets what it lacks and is waited for, a stranger's is a conflict.
 */
export async function settleCreate(
  executor: Executor,
  target: Target,
  attempt: Attempt,
  { begun, since }: Doubt,
): Promise<Settled> {
  const { kind, wanted, change } = target;
  const { address } = change;
  let last: Live | undefined;
  const find = async (): Promise<Live | undefined> => {
    const attributes = executor.fold.unfinished.get(address)?.attributes ?? {};
    const intended = { properties: begun ?? wanted.recorded, attributes };
    last = await findMade(kind, attempt.context, intended, wanted.clear);
    return last && isEarlier(executor, target, attempt, last) ? undefined : last;
  };
  // A numbered object that is recorded is none that this create has made; one with a fixed name is, when it does not go away.
  const seen = await attempt.look(find, since);
  const live = seen ?? (kind.replacement === "delete-first" ? last : undefined);
  if (!live) return { found: false, freed: false };
  if (live.phase === "deleting") {
    await waitUntilGone(kind, attempt, change.identity, find);
    return { found: false, freed: true };
  }
  if (!isMadeBy(kind, live, attempt.claim, begun)) {
    // It has the name that ours would have: ours was never made.
    attempt.mayHaveTakenEffect = false;
    throw nameTaken(change, kind);
  }
  if (live.phase === "failed") {
    // Creating takes away what is left of a creation that failed.
    executor.resumed(
      address,
      `found the ${change.title} ${change.identity} that failed to be made; it is made again`,
    );
    return { found: false, freed: true };
  }
  executor.resumed(
    address,
    `found the ${change.title} ${change.identity} that was made before; what it lacks is added`,
  );
  const attributes = await complete(executor, target, attempt, { live, intended: begun ?? wanted.recorded });
  return { found: true, attributes };
}

/** Finishes an operation on a recorded object that an earlier run has left: in the same way, from the record. */
export async function settleUpdate(
  executor: Executor,
  target: Target,
  attempt: Attempt,
  recorded: Known,
  doubtful: ReadonlySet<string>,
): Promise<Properties> {
  const { kind, wanted, change } = target;
  const live = await attempt.look(() => kind.read(attempt.context, recorded as never), "restart");
  if (!live || live.phase === "deleting") throw gone(change.address);
  if (belonging(kind, live, attempt.claim) === "stranger") throw takenOver(change, kind, live);
  const trusted = Object.fromEntries(
    Object.entries(recorded.properties).filter(([name]) => !doubtful.has(name)),
  );
  return complete(executor, target, attempt, { live, intended: wanted.recorded, trusted, recorded });
}

interface Found {
  readonly live: Live;
  /** What it was made with: of what cannot be read nor changed, this is all there is to know. */
  readonly intended: Properties;
  /** What is recorded beyond doubt. */
  readonly trusted?: Properties;
  readonly recorded?: Known;
}

/** Adds to an object what it still lacks, and waits until it is usable. It is never deleted and made again. */
async function complete(
  executor: Executor,
  target: Target,
  attempt: Attempt,
  { live, intended, trusted = {}, recorded }: Found,
): Promise<Properties> {
  const { kind, wanted, change } = target;
  const minted = { ...recorded?.attributes, ...executor.fold.unfinished.get(change.address)?.attributes };
  let found = live;
  let attributes = { ...minted, ...live.attributes };
  if (live.phase === "pending" && kind.ready) {
    attributes = await ready(kind, attempt, { properties: wanted.recorded, attributes });
    // What is still being made may not show all that it is going to have.
    found = (await kind.read(attempt.context, { properties: wanted.recorded, attributes } as never)) ?? live;
    attributes = { ...attributes, ...found.attributes };
  }
  const readable = presentProperties(kind, intended, found, executor.concealment);
  const unreadable = Object.entries(trusted).filter(([name]) => !(name in found.properties));
  const present = { ...Object.fromEntries(unreadable), ...readable };
  const differing = namesThatDiffer(wanted.recorded, present);
  refuseImmutable(target, differing);
  const missing = found.phase === "failed" ? toRepair(kind, wanted.recorded, differing, trusted) : differing;
  if (missing.length === 0 && found !== live) return attributes;
  if (missing.length > 0) {
    attributes = await bring(executor, target, attempt, { properties: present, attributes }, missing);
  }
  return ready(kind, attempt, { properties: wanted.recorded, attributes });
}

/** What is sent to an object that the platform failed to change: what is in doubt, or else all of it, whatever it shows. */
function toRepair(
  kind: Kind,
  wanted: Properties,
  differing: readonly string[],
  trusted: Properties,
): string[] {
  const changeable = Object.keys(wanted).filter((name) => !kind.schema.metadata[name]?.immutable);
  const doubtful = changeable.filter((name) => !(name in trusted) || differing.includes(name));
  return doubtful.length > 0 ? doubtful : changeable;
}

/** @throws ScfError when what an object lacks cannot be given to it */
export function refuseImmutable({ kind, change }: Target, names: readonly string[]): void {
  const immutable = names.find((name) => kind.schema.metadata[name]?.immutable || !kind.update);
  if (immutable === undefined) return;
  throw new ScfError(
    "DIFFERENCE_OUTDATED",
    `${change.address}: \`${immutable}\` cannot be changed on the ${change.title} ${change.identity} that is there, and its ` +
      "replacement was not planned.",
    { fix: "Run the command again: it compares anew and replaces what has to be replaced." },
  );
}

/** Whether it is an object that is recorded, or was, and that another one is made for. */
function isEarlier({ fold }: Executor, { kind, change }: Target, { claim }: Attempt, live: Live): boolean {
  if (live.owner === undefined || belonging(kind, live, claim) !== "ours") return false;
  const { address } = change;
  const isNumbered = kind.replacement === "create-first";
  const known = Math.max(
    fold.retired.get(address)?.generation ?? 0,
    isNumbered ? (fold.resources.get(address)?.generation ?? 0) : 0,
  );
  return generationOfMark(live.owner) <= known;
}

function namesThatDiffer(wanted: Properties, present: Properties): string[] {
  return [...new Set([...Object.keys(wanted), ...Object.keys(present)])]
    .filter((name) => !sameValue(wanted[name], present[name]))
    .sort();
}
