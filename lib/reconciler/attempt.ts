import type { Kind, OperationContext, ReadContext } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Properties } from "../model/value";
import type { Caller } from "./calls";
import { lookUntil } from "./look";
import { ownerMark, type Claim } from "./owner";
import type { Session } from "./session";
import type { Slots } from "./slots";
import { pause } from "./timing";

/** What an attempt needs from its run. */
export interface AttemptOptions {
  readonly session: Session;
  readonly slots: Slots;
  readonly kind: Kind;
  readonly address: string;
  readonly generation: number;
  /** Whose the object is, as its mark of ownership tells. */
  readonly claim: Claim;
  /** An earlier attempt may have changed something, whatever becomes of this one. */
  readonly resumes: boolean;
  /** Aborted when the run must not make any more calls. */
  readonly signal: AbortSignal;
  readonly record: (attributes: Properties) => Promise<void>;
  readonly asset: (hash: string) => Promise<Uint8Array>;
}

/** When a write was made that a read may not show yet: just now, or at the latest when this process started. */
export type Since = "now" | "restart" | "long ago";

/** One operation on one object, from its beginning to its end: its deadline, its calls, what they may have changed. */
export class Attempt implements Caller {
  deadline: number;
  mayHaveTakenEffect: boolean;
  readonly signal: AbortSignal;
  readonly context: OperationContext;
  private told = new Set<string>();

  constructor(private readonly options: AttemptOptions) {
    const { session, generation, claim, resumes, signal } = options;
    this.mayHaveTakenEffect = resumes;
    this.deadline = this.start();
    this.signal = signal;
    const { region, account } = session.providerInUse;
    this.context = {
      region,
      uin: account.uin ?? "",
      owner: ownerMark(claim.lineage, claim.address, generation),
      signal,
      call: session.calls.callFor(this),
      waitFor: (what, poll) => this.waitFor(what, poll),
      record: options.record,
      asset: options.asset,
      packageOf: (zipSha256) => session.packages.find(options.address, zipSha256),
    };
  }

  get reader(): ReadContext {
    return this.context;
  }

  get claim(): Claim {
    return this.options.claim;
  }

  /** Sets its clock: what it waited for before its first call does not count. */
  start(): number {
    this.deadline = performance.now() + this.options.kind.timeoutMs;
    return this.deadline;
  }

  /** Looks until something is seen or a write that was made just now, or before this process, would be visible. */
  look<T>(look: () => Promise<T | undefined>, since: Since): Promise<T | undefined> {
    const { session, kind } = this.options;
    const until =
      since === "long ago"
        ? 0
        : since === "restart"
          ? session.visibleBy(kind)
          : performance.now() + (kind.consistencyMs ?? 0);
    return lookUntil(look, { until, timing: session.timing, wait: this.wait });
  }

  /** Arrow functions: the caller's side of a call takes them without `this`. */
  readonly wait = (milliseconds: number): Promise<void> =>
    this.options.slots.without(() => pause(milliseconds, this.signal));

  readonly retried = (detail: string): void =>
    this.options.session.events.emit({ type: "operation-retried", address: this.options.address, detail });

  readonly waiting = (detail: string): void => {
    if (this.told.has(detail)) return;
    this.told.add(detail);
    this.options.session.events.emit({ type: "operation-waiting", address: this.options.address, detail });
  };

  private async waitFor<T>(what: string, poll: () => Promise<T | undefined>): Promise<T> {
    const { pollFirst, pollMost } = this.options.session.timing;
    for (let delay = pollFirst; ; delay = Math.min(pollMost, delay * 1.5)) {
      const value = await poll();
      if (value !== undefined) return value;
      if (performance.now() + delay > this.deadline) {
        const seconds = Math.round(this.options.kind.timeoutMs / 1_000);
        throw new ScfError("TIMEOUT", `Waited ${seconds} seconds for this: ${what}.`, {
          fix: "Look at the object in the platform's console; run the command again to go on waiting.",
        });
      }
      this.waiting(what);
      await this.wait(delay);
    }
  }
}
