import type { Clock } from "./timing";

/** The shortest time over which a pace is measured, in milliseconds, once there is as much: platforms count by the second. */
const MEASURED = 1_000;
/** Pause after a refusal, in milliseconds; it doubles while one attempt after the other is refused. */
const FIRST_HOLD = 20;
const LONGEST_HOLD = 150;
/** So many refusals in a row mean that the platform counts by more than the second: attempts become rare. */
const PATIENCE = 20;
const RARE_HOLD = 1_000;
/** What is sent of what was measured: the rest is what measuring gets wrong. */
const CAUTION = 0.98;
/** Growth per second close to the limit. It becomes faster the longer there is no refusal: the limit may have moved. */
const GROWTH = 0.03;
/** Doubling time in milliseconds far below the rate that was refused last. */
const DOUBLING = 150;
/** Calls that are made together when the platform accepts again for the first time. */
const FIRST_MANY = 5;
/** How late a timer may be, in milliseconds, without slowing the pace down. */
const LATENESS = 5;

/** A call that waits for its turn. */
interface Waiting {
  readonly grant: (at: number) => void;
}

/**
 * How fast one action may be called: a token bucket whose size and rate are learnt from what the platform accepts.
 *
 * There is no limit until the first refusal. A refusal means that the platform's own bucket is empty, so whatever is
 * accepted between two refusals is exactly what it allows in that time: that is the rate from then on, and never less than
 * half of what it was where that cannot be told. After a refusal nothing is sent for a moment, then one call alone; once
 * that is accepted the others follow at the rate, which grows steadily.
 */
export class Rate {
  private perSecond = Infinity;
  /** Calls that may be made at once when none was made for a while. */
  private burst = Infinity;
  private tokens = Infinity;
  private filledAt = 0;
  private heldUntil = -Infinity;
  private lastRefusal = -Infinity;
  private refusedInARow = 0;
  /** Whether one call alone finds out if the platform accepts again, and whether it is under way. */
  private probe: "none" | "due" | "sent" = "none";
  /** What the platform refused last, or allows as far as that is certain. */
  private ceiling = Infinity;
  private acceptedInAll = 0;
  /** Moments at which the platform's bucket was empty, with the calls that had been accepted by then. */
  private marks: { at: number; readonly accepted: number }[] = [];
  private waiting: Waiting[] = [];
  private forgetTimer: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  /** Calls accepted so far: as long as it grows, standing in line leads somewhere. */
  get accepted(): number {
    return this.acceptedInAll;
  }

  /**
   * Takes a turn to make a call, if there is one right now.
   *
   * @param first whether it comes before all that stand in line: it had its turn before, and was refused
   */
  tryTurn(first = false): boolean {
    if (!first && this.waiting.length > 0) return false;
    if (this.delay(this.clock.now()) > 0) return false;
    this.spend();
    return true;
  }

  /** Stands in line for a turn. Resolves with the moment at which it was given. */
  turn(signal: AbortSignal, first = false): Promise<number> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const waiting: Waiting = {
        grant: (at) => {
          signal.removeEventListener("abort", stop);
          resolve(at);
        },
      };
      const stop = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", stop, { once: true });
      if (first) this.waiting.unshift(waiting);
      else this.waiting.push(waiting);
      this.serve();
    });
  }

  /** Whether a turn still holds that was given at this moment: not when the platform has refused since. */
  holds(grantedAt: number): boolean {
    return grantedAt > this.lastRefusal;
  }

  /** The platform took the call, whatever came of it then. */
  admitted(startedAt: number): void {
    this.acceptedInAll++;
    if (this.lastRefusal === -Infinity || startedAt <= this.lastRefusal) return;
    this.refusedInARow = 0;
    if (this.probe !== "sent") return;
    const now = this.clock.now();
    this.probe = "none";
    this.fill(now);
    // Nothing is known yet but how many it took at first: a few at once show whether it takes more now.
    if (this.perSecond === Infinity) this.tokens = Math.min(FIRST_MANY, this.burst);
    this.serve();
  }

  /** @param startedAt when the refused call started: those under way at the last refusal are no further sign */
  refused(startedAt: number): void {
    if (startedAt <= this.lastRefusal) return;
    const now = this.clock.now();
    this.learn(now);
    this.refusedInARow++;
    this.lastRefusal = now;
    this.tokens = 0;
    this.filledAt = now;
    this.probe = "due";
    this.heldUntil = now + this.hold();
    this.serve();
  }

  /** A turn was not used, or nobody knows whether the platform counted the call. */
  unanswered(): void {
    if (this.probe !== "sent") return;
    this.probe = "due";
    this.serve();
  }

  private learn(now: number): void {
    const { marks, acceptedInAll } = this;
    const last = marks.at(-1);
    if (last?.accepted === acceptedInAll) {
      last.at = now;
      return;
    }
    marks.push({ at: now, accepted: acceptedInAll });
    if (!last) {
      if (this.lastRefusal === -Infinity) this.burst = Math.max(1, acceptedInAll);
      else this.perSecond /= 2;
      return;
    }
    while (marks.length > 2 && (marks[1]?.at as number) <= now - MEASURED) marks.shift();
    const since = marks[0] as { at: number; accepted: number };
    const measured = ((acceptedInAll - since.accepted) * 1_000) / Math.max(1, now - since.at);
    const isSure = now - since.at >= MEASURED;
    const least = isSure || this.perSecond === Infinity ? 0 : this.perSecond / 2;
    this.ceiling = isSure ? measured : this.perSecond;
    this.perSecond = Math.max(1, least, CAUTION * measured);
    this.burst = Math.max(1, this.burst / 2);
  }

  private hold(): number {
    if (this.refusedInARow > PATIENCE) return RARE_HOLD;
    return Math.min(LONGEST_HOLD, FIRST_HOLD * 2 ** (this.refusedInARow - 1));
  }

  /** Milliseconds until the next call may be made. */
  private delay(now: number): number {
    if (this.lastRefusal === -Infinity) return 0;
    if (now < this.heldUntil) return this.heldUntil - now;
    if (this.probe === "sent") return Infinity;
    if (this.probe === "due") return 0;
    this.fill(now);
    return this.tokens >= 1 ? 0 : Math.max(1, ((1 - this.tokens) * 1_000) / this.perSecond);
  }

  private fill(now: number): void {
    if (this.lastRefusal === -Infinity) return;
    const elapsed = now - this.filledAt;
    this.filledAt = now;
    if (this.perSecond === Infinity) {
      if (this.tokens >= 1) return;
      // It has taken at least so many since its bucket was empty.
      const since = this.marks[0]?.at ?? this.lastRefusal;
      this.perSecond = Math.max(1, (Math.min(FIRST_MANY, this.burst) * 1_000) / Math.max(1, now - since));
    }
    if (this.waiting.length > 0 && this.probe === "none") this.grow(now, elapsed);
    // Timers are late: what was due meanwhile is not lost.
    const size = Math.max(this.burst, 1 + (LATENESS * this.perSecond) / 1_000);
    const full = this.tokens >= size;
    this.tokens = Math.min(size, this.tokens + (elapsed * this.perSecond) / 1_000);
    // Nobody wants more than there is: what is accepted until the next refusal says nothing about the rate.
    if (full && this.waiting.length === 0) this.marks = [];
  }

  private grow(now: number, elapsed: number): void {
    const quiet = (now - this.lastRefusal) / 1_000;
    this.perSecond *=
      this.perSecond < 0.95 * this.ceiling
        ? 2 ** (elapsed / DOUBLING)
        : 1 + GROWTH * (1 + quiet * quiet) * (elapsed / 1_000);
  }

  private spend(): void {
    if (this.lastRefusal === -Infinity) return;
    if (this.probe === "due") this.probe = "sent";
    else this.tokens--;
  }

  /** Gives turns to those in line, as many as there are now, and comes back for the next. */
  private serve(): void {
    this.forgetTimer?.();
    this.forgetTimer = undefined;
    while (this.waiting.length > 0) {
      const now = this.clock.now();
      const delay = this.delay(now);
      if (delay > 0) {
        if (delay < Infinity) this.forgetTimer = this.clock.after(delay, () => this.serve());
        return;
      }
      this.spend();
      this.waiting.shift()?.grant(now);
    }
  }
}
