import { pause } from "./timing";

/** Calls per second that are never undercut: something must find out that the platform accepts calls again. */
const SLOWEST = 1;
/** What a first refusal is taken for when hardly a call was accepted before: less than any action of the platform allows. */
const FIRST_RATE = 10;
/** How far back accepted calls are counted, in milliseconds: platforms count by the second. */
const MEASURED = 1_000;
/** The shortest time a rate is taken from at the start, when a platform may accept a burst before it refuses. */
const FIRST_MEASURED = 100;
/** Growth with every accepted call: on the way back to where the last refusal was, and beyond it. */
const RECOVER = 1.25;
const PROBE = 1.03;

/**
 * How fast one action may be called. There is no limit until the platform refuses for the first time; a refusal halves
 * the rate, though not below what is being accepted, and accepted calls raise it again: it stays close to what the
 * platform allows.
 */
export class Rate {
  private perSecond = Infinity;
  private refusedAt = Infinity;
  private next = 0;
  private lastRefusal = -Infinity;
  private firstCall: number | undefined;
  private accepted: number[] = [];

  /** Waits until a call may start. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    this.firstCall ??= now;
    if (this.perSecond === Infinity) return;
    const at = Math.max(this.next, now);
    this.next = at + 1_000 / this.perSecond;
    if (at > now) await pause(at - now, signal);
  }

  succeeded(): void {
    this.accepted.push(performance.now());
    if (this.accepted.length > 10_000) this.accepted = this.accepted.slice(-5_000);
    if (this.perSecond < Infinity) this.perSecond *= this.perSecond < 0.9 * this.refusedAt ? RECOVER : PROBE;
  }

  /** @param startedAt when the refused call started: those under way at the last refusal are no further sign */
  refused(startedAt: number): void {
    if (startedAt < this.lastRefusal) return;
    const now = performance.now();
    this.lastRefusal = now;
    const delivered = this.delivered(now);
    if (this.perSecond === Infinity) {
      this.perSecond = Math.max(delivered, FIRST_RATE);
    } else {
      this.refusedAt = Math.max(this.perSecond, delivered);
      this.perSecond = Math.max(this.perSecond / 2, 0.9 * delivered);
    }
    this.perSecond = Math.max(this.perSecond, SLOWEST);
    this.next = Math.max(this.next, now + 1_000 / this.perSecond);
  }

  /** Accepted calls per second. */
  private delivered(now: number): number {
    this.accepted = this.accepted.filter((at) => at > now - MEASURED);
    const elapsed = Math.min(MEASURED, Math.max(FIRST_MEASURED, now - (this.firstCall ?? now)));
    return (this.accepted.length * 1_000) / elapsed;
  }
}
