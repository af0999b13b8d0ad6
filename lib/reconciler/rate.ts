import { pause } from "./timing";

/** Refusals that arrive together are one sign, not many. */
const SAME_SIGN = 50;
const SLOWEST = 0.5;

/**
 * How fast one action may be called. There is no limit until the platform refuses for the first time; each refusal
 * halves the rate, each accepted call raises it a little, so that it stays close to what the platform allows.
 */
export class Rate {
  private perSecond = Infinity;
  private next = 0;
  private lastRefusal = -Infinity;
  private accepted: number[] = [];

  /** Waits until a call may start. */
  async turn(signal: AbortSignal): Promise<void> {
    if (this.perSecond === Infinity) return;
    const now = performance.now();
    const at = Math.max(this.next, now);
    this.next = at + 1_000 / this.perSecond;
    if (at > now) await pause(at - now, signal);
  }

  succeeded(): void {
    if (this.perSecond === Infinity) {
      const now = performance.now();
      this.accepted.push(now);
      if (this.accepted.length > 4_096) this.accepted = this.accepted.slice(-1_024);
      return;
    }
    this.perSecond *= 1.05;
  }

  refused(): void {
    const now = performance.now();
    if (now - this.lastRefusal < SAME_SIGN) return;
    this.lastRefusal = now;
    if (this.perSecond === Infinity) {
      const lastSecond = this.accepted.filter((at) => at > now - 1_000).length;
      this.perSecond = Math.max(lastSecond, 2);
      this.accepted = [];
    }
    this.perSecond = Math.max(this.perSecond / 2, SLOWEST);
    this.next = now + 1_000 / this.perSecond;
  }
}
