import type { Kind, OperationContext } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Properties } from "../model/value";
import type { Caller } from "./calls";
import { runGate } from "./gate";
import { lookUntil } from "./look";
import { ownerMark, type Claim } from "./owner";
import type { Session } from "./session";
import type { Slots } from "./slots";
import { pause } from "./timing";

/** What an attempt needs from its run. */
interface AttemptOptions {
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
  /** What it works in: its slot, one of the polls', or none while it waits. */
  private holds: "slot" | "poll" | "nothing" = "slot";

  constructor(private readonly options: AttemptOptions) {
    const { session, address, generation, claim, resumes, signal } = options;
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
      waitFor: (what, poll, apartMs) => this.waitFor(what, poll, apartMs),
      now: () => session.timing.clock.now(),
      rest: (milliseconds) => this.leisurely((signal) => pause(milliseconds, session.timing.clock, signal)),
      gate: (gate) => this.leisurely((signal) => runGate(gate, signal, session)),
      progress: (progress) => session.events.emit({ type: "operation-progress", address, ...progress }),
      record: options.record,
      asset: options.asset,
      packageOf: (zipSha256) => session.packages.find(address, zipSha256),
    };
  }

  get claim(): Claim {
    return this.options.claim;
  }

  /** Sets its clock: what it waited for before its first call does not count. */
  start(): number {
    this.deadline = this.options.session.timing.clock.now() + this.options.kind.timeoutMs;
    return this.deadline;
  }

  /** Looks until something is seen or a write that was made just now, or before this process, would be visible. */
  look<T>(look: () => Promise<T | undefined>, since: Since): Promise<T | undefined> {
    const { session, kind } = this.options;
    const until =
      since === "long ago"
        ? -Infinity
        : since === "restart"
          ? session.visibleBy(kind)
          : session.timing.clock.now() + (kind.consistencyMs ?? 0);
    return lookUntil(look, { until, timing: session.timing, wait: this.wait });
  }

  /** Arrow functions: the caller's side of a call takes them without `this`. */
  readonly aside: Caller["aside"] = <T>(wait: (signal: AbortSignal) => Promise<T>, inLine = false) => {
    const { session, slots } = this.options;
    const bounded = (): Promise<T> => session.stopping.bound(this.signal, this.mayHaveTakenEffect, wait);
    return session.calls.counted(() => {
      if (this.holds === "nothing") return bounded();
      if (this.holds === "poll") return slots.polls.without(bounded);
      return inLine ? slots.inLine(bounded) : slots.without(bounded);
    });
  };

  readonly wait = (milliseconds: number): Promise<void> =>
    this.aside((signal) => pause(milliseconds, this.options.session.timing.clock, signal));

  readonly retried = (detail: string): void =>
    this.options.session.events.emit({ type: "operation-retried", address: this.options.address, detail });

  readonly waiting = (detail: string): void => {
    if (this.told.has(detail)) return;
    this.told.add(detail);
    this.options.session.events.emit({ type: "operation-waiting", address: this.options.address, detail });
  };

  /** Something that takes long on purpose: it ends at once when the run is to end, and does not count as time. */
  private async leisurely<T>(wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { session, slots } = this.options;
    const { clock } = session.timing;
    const startedAt = clock.now();
    try {
      return await slots.without(() => session.stopping.bound(this.signal, false, wait));
    } finally {
      this.deadline += clock.now() - startedAt;
    }
  }

  /** The first time it asks in the operation's own slot; from then on it has none, and asks in one of the polls'. */
  private async waitFor<T>(what: string, poll: () => Promise<T | undefined>, apartMs?: number): Promise<T> {
    const first = await poll();
    if (first !== undefined) return first;
    const { slots, session, kind } = this.options;
    if (apartMs === undefined) return slots.without(() => this.pollFor(what, poll, kind.timeoutMs));
    const { clock } = session.timing;
    const [deadline, startedAt] = [this.deadline, clock.now()];
    this.deadline = startedAt + apartMs;
    try {
      return await slots.without(() => this.pollFor(what, poll, apartMs));
    } finally {
      this.deadline = deadline + clock.now() - startedAt;
    }
  }

  private async pollFor<T>(what: string, poll: () => Promise<T | undefined>, timeoutMs: number): Promise<T> {
    const { slots, session } = this.options;
    const { clock, pollFirst, pollMost } = session.timing;
    try {
      for (let delay = pollFirst; ; delay = Math.min(pollMost, delay * 1.5)) {
        if (clock.now() + delay > this.deadline) {
          const seconds = Math.round(timeoutMs / 1_000);
          throw new ScfError("TIMEOUT", `Waited ${seconds} seconds for this: ${what}.`, {
            fix: "Look at the object in the platform's console; run the command again to go on waiting.",
          });
        }
        this.waiting(what);
        this.holds = "nothing";
        await this.wait(delay);
        const value = await slots.polls.within(() => {
          this.holds = "poll";
          return poll();
        });
        if (value !== undefined) return value;
      }
    } finally {
      this.holds = "slot";
    }
  }
}
