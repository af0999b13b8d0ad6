import { setMaxListeners } from "events";
import type { ReadContext } from "../kinds/kind";
import type { Caller } from "./calls";
import { claimOf, ownerMark } from "./owner";
import type { Session } from "./session";
import type { RecordedResource } from "./state";

/** Of which object, and until when, something is read. */
export interface Reading {
  readonly lineage: string;
  readonly address: string;
  /** What is recorded of it: tells which mark it carries. */
  readonly recorded: Pick<RecordedResource, "generation" | "markedAs">;
  readonly timeoutMs: number;
}

/** Reads are never cut off: all share one signal that is never given. */
const { signal } = new AbortController();
setMaxListeners(0, signal);

/** What a kind reads one object with: there is one for each resource of a comparison. */
export class Reader implements ReadContext, Caller {
  readonly region: string;
  readonly uin: string;
  readonly signal: AbortSignal = signal;
  readonly call: ReadContext["call"];
  readonly shared?: NonNullable<ReadContext["shared"]>;
  deadline: number;
  mayHaveTakenEffect = false;

  /** @param shared answers that it shares with other resources, where nothing is written between their reads */
  constructor(
    private readonly session: Session,
    private readonly reading: Reading,
    shared?: ReadContext["shared"],
  ) {
    const { region, account } = session.providerInUse;
    this.region = region;
    this.uin = account.uin ?? "";
    this.call = session.calls.callFor(this);
    this.deadline = session.timing.clock.now() + reading.timeoutMs;
    if (shared) this.shared = shared;
  }

  /** A hash: most reads have no use for it. */
  get owner(): string {
    const { lineage, address, recorded } = this.reading;
    return ownerMark(lineage, claimOf(lineage, address, recorded).address, recorded.generation);
  }

  packageOf(zipSha256: string): Promise<string | undefined> {
    return this.session.packages.find(this.reading.address, zipSha256);
  }

  aside<T>(wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.session.calls.counted(() => wait(signal));
  }

  retried(): void {}

  waiting(): void {}
}
