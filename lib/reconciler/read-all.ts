import type { Kind, Live, ReadContext } from "../kinds/kind";
import { sameValue } from "../model/value";
import type { Concealment } from "./concealment";
import { mapConcurrently } from "./concurrently";
import { doubtfulProperties } from "./decision";
import type { NewEntry } from "./journal-record";
import { lookAgain, lookUntil } from "./look";
import { claimOf } from "./owner";
import { presentProperties } from "./present-properties";
import { Reader } from "./reader";
import { adoption, recoverCreate } from "./recover";
import type { Session } from "./session";
import { sharedReads } from "./shared-reads";
import type { RecordedResource, UnfinishedOperation } from "./state";
import type { StateFold } from "./state-fold";
import { onClock, pause } from "./timing";

/** Reads of one difference that are under way at the same time. */
const READS_AT_ONCE = 20;

/** Which addresses count. */
type Counts = (address: string) => boolean;

/** Looks for what interrupted creates have left, and says how to record it. */
export async function recoverAll(
  session: Session,
  fold: StateFold,
  counts: Counts,
): Promise<Extract<NewEntry, { type: "adopt" }>[]> {
  const concealment = session.concealment(fold.salt);
  const creates = [...fold.unfinished].filter(
    ([address, { operation }]) => operation === "create" && counts(address),
  );
  const entries = await mapConcurrently(creates, READS_AT_ONCE, async ([address, unfinished]) => {
    const kind = session.kind(unfinished.kind, address);
    const claim = claimOf(fold.lineage, address, unfinished);
    const { timeoutMs } = kind;
    const context = new Reader(session, { lineage: fold.lineage, address, recorded: unfinished, timeoutMs });
    try {
      const live = await lookUntil(() => recoverCreate(kind, unfinished, claim, context), {
        until: session.visibleBy(kind),
        timing: session.timing,
        wait: pauseOf(session),
      });
      return live && adoption(kind, address, unfinished, live, concealment);
    } catch (error) {
      throw session.asReadError(error, address);
    }
  });
  return entries.filter((entry) => entry !== undefined);
}

/**
 * Reads what is recorded.
 *
 * @param changedAt when the state was written last, on the clock of `Date.now`
 */
export async function readAll(
  session: Session,
  fold: StateFold,
  counts: Counts,
  changedAt: number | undefined,
): Promise<ReadonlyMap<string, Live | undefined>> {
  const addresses = [...fold.resources.keys()].filter(counts);
  const reads = new Reads(session, fold, changedAt);
  await mapConcurrently(addresses, READS_AT_ONCE, (address) => reads.read(address));
  return reads.live;
}

/** Reads recorded objects for one comparison. */
class Reads {
  readonly live = new Map<string, Live | undefined>();
  private readonly shared = sharedReads();
  /** What the reads share may be as old as this. */
  private readonly startedAt: number;
  /** When the state was written last, on the clock of the timing. */
  private readonly changedAt: number;
  private readonly concealment: Concealment;

  constructor(
    private readonly session: Session,
    private readonly fold: StateFold,
    changedAt: number | undefined,
  ) {
    const { clock } = session.timing;
    this.startedAt = clock.now();
    this.changedAt = onClock(clock, changedAt);
    this.concealment = session.concealment(fold.salt);
  }

  async read(address: string): Promise<void> {
    const { session, fold } = this;
    const resource = fold.resources.get(address) as RecordedResource;
    const kind = session.kind(resource.kind, address);
    try {
      const seen = await kind.read(this.reader(address, resource, kind, this.shared), resource as never);
      const unfinished = fold.unfinished.get(address);
      const until = unfinished ? session.visibleBy(kind) : this.changedAt + (kind.consistencyMs ?? 0);
      this.live.set(
        address,
        this.startedAt >= until ? seen : await this.waitFor(address, resource, kind, seen, until),
      );
    } catch (error) {
      throw session.asReadError(error, address);
    }
  }

  /**
   * What is seen once a read no longer lags behind what was done: at the first look that shows what is recorded or intended, at
   * the latest when the time is over.
   *
   * @param seen at the first look
   * @param until from when on a read shows what was done
   */
  private async waitFor(
    address: string,
    resource: RecordedResource,
    kind: Kind,
    seen: Live | undefined,
    until: number,
  ): Promise<Live | undefined> {
    const { session, fold, concealment } = this;
    const { timing } = session;
    const unfinished = fold.unfinished.get(address);
    let last = seen;
    const shows = (): boolean =>
      unfinished
        ? hasSettled(kind, resource, unfinished, last, concealment)
        : last !== undefined && showsRecorded(kind, resource, last, concealment);
    if (shows()) return last;
    const again = async (): Promise<true | undefined> => {
      // Who looks again wants to see what has changed meanwhile: no answer of the first look counts.
      last = await kind.read(this.reader(address, resource, kind), resource as never);
      return shows() || undefined;
    };
    await lookAgain(again, this.startedAt, { until, timing, wait: pauseOf(session) });
    return last;
  }

  private reader(
    address: string,
    resource: RecordedResource,
    { timeoutMs }: Kind,
    shared?: ReadContext["shared"],
  ): Reader {
    const { lineage } = this.fold;
    return new Reader(this.session, { lineage, address, recorded: resource, timeoutMs }, shared);
  }
}

function pauseOf({ timing }: Session): (milliseconds: number) => Promise<void> {
  return (milliseconds) => pause(milliseconds, timing.clock);
}

/** Whether an object looks as if what an interrupted operation was about had been done. */
function hasSettled(
  kind: Kind,
  recorded: RecordedResource,
  unfinished: UnfinishedOperation,
  live: Live | undefined,
  concealment: Concealment,
): boolean {
  const isThere = live !== undefined && live.phase !== "deleting";
  if (!isThere || unfinished.operation === "delete") return !isThere === (unfinished.operation === "delete");
  const present = presentProperties(kind, unfinished.properties, live, concealment);
  return [...doubtfulProperties(recorded, unfinished)].every(
    (name) => !(name in live.properties) || sameValue(present[name], unfinished.properties[name]),
  );
}

/** Whether an object looks as it is recorded: one that does not may be seen as it was before the last write. */
function showsRecorded(
  kind: Kind,
  { properties, attributes }: RecordedResource,
  live: Live,
  concealment: Concealment,
): boolean {
  const present = presentProperties(kind, properties, live, concealment);
  return (
    Object.keys(live.properties).every((name) => sameValue(present[name], properties[name])) &&
    Object.entries(attributes).every(
      ([name, value]) => !(name in live.attributes) || sameValue(live.attributes[name], value),
    )
  );
}
