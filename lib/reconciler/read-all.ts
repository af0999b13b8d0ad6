import type { Kind, Live, ReadContext } from "../kinds/kind";
import { sameValue } from "../model/value";
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
import { pause, type Clock } from "./timing";

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

  constructor(
    private readonly session: Session,
    private readonly fold: StateFold,
    private readonly changedAt: number | undefined,
  ) {}

  async read(address: string): Promise<void> {
    const { session, fold } = this;
    const resource = fold.resources.get(address) as RecordedResource;
    const kind = session.kind(resource.kind, address);
    try {
      let seen = await kind.read(this.reader(address, resource, kind, this.shared), resource as never);
      if (seen === undefined || fold.unfinished.has(address)) {
        seen = await this.waitFor(address, resource, kind, seen);
      }
      this.live.set(address, seen);
    } catch (error) {
      throw session.asReadError(error, address);
    }
  }

  /**
   * What is seen once the time is over in which a read may lag behind what was done.
   *
   * @param seen at the first look
   */
  private async waitFor(
    address: string,
    resource: RecordedResource,
    kind: Kind,
    seen: Live | undefined,
  ): Promise<Live | undefined> {
    const { session, fold } = this;
    const { timing } = session;
    const unfinished = fold.unfinished.get(address);
    let last = seen;
    const shows = (): boolean =>
      unfinished ? hasSettled(session, fold, kind, resource, unfinished, last) : last !== undefined;
    if (shows()) return last;
    const until = unfinished ? session.visibleBy(kind) : visibleSince(this.changedAt, kind, timing.clock);
    const again = async (): Promise<true | undefined> => {
      // Who looks again wants to see what has changed meanwhile: no answer of the first look counts.
      last = await kind.read(this.reader(address, resource, kind), resource as never);
      return shows() || undefined;
    };
    await lookAgain(again, { until, timing, wait: pauseOf(session) });
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

/** Until when what a run that ended then has made may not be visible yet, on the given clock. */
function visibleSince(changedAt: number | undefined, { consistencyMs = 0 }: Kind, clock: Clock): number {
  if (changedAt === undefined || consistencyMs === 0) return -Infinity;
  // A clock that was set back must not make anybody wait for longer than the window.
  return clock.now() + Math.min(consistencyMs, changedAt + consistencyMs - Date.now());
}

/** Whether an object looks as if what an interrupted operation was about had been done. */
function hasSettled(
  session: Session,
  fold: StateFold,
  kind: Kind,
  recorded: RecordedResource,
  unfinished: UnfinishedOperation,
  live: Live | undefined,
): boolean {
  const isThere = live !== undefined && live.phase !== "deleting";
  if (!isThere || unfinished.operation === "delete") return !isThere === (unfinished.operation === "delete");
  const present = presentProperties(kind, unfinished.properties, live, session.concealment(fold.salt));
  return [...doubtfulProperties(recorded, unfinished)].every(
    (name) => !(name in live.properties) || sameValue(present[name], unfinished.properties[name]),
  );
}
