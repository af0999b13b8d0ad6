// Of the module: a test may have put other timers in the place of the global ones.
import { setImmediate } from "node:timers";
import type { Clock } from "../reconciler/timing";

/** Turns of the event loop in which nobody may have anything to do before time passes: work is handed on from one to the next. */
const QUIET_TURNS = 3;

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock whose time passes only when nobody has anything to do: from one alarm to the next, in no real time. */
export class VirtualTime implements Clock {
  private time = 0;
  private alarms: Alarm[] = [];
  private busy = 0;

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const alarm = { at: this.time + Math.max(0, milliseconds), callback };
    this.alarms.push(alarm);
    return () => {
      this.alarms = this.alarms.filter((other) => other !== alarm);
    };
  }

  /** No time passes while this is being worked at. */
  async working<T>(work: () => Promise<T>): Promise<T> {
    this.busy++;
    try {
      return await work();
    } finally {
      this.busy--;
    }
  }

  /** Lets time pass in the middle of what is being worked at; ends early with the signal. */
  async pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    this.busy--;
    await new Promise<void>((resolve) => {
      const forget = this.after(milliseconds, resolve);
      signal?.addEventListener(
        "abort",
        () => {
          forget();
          resolve();
        },
        { once: true },
      );
    });
    this.busy++;
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const done = (): void => void (over = true);
    work.then(done, done);
    for (let quiet = 0; !over; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.busy > 0) quiet = 0;
      else if (quiet >= QUIET_TURNS && this.passOn()) quiet = 0;
    }
    return work;
  }

  /** Lets so much time pass, and all that is due in it happen. */
  advance(milliseconds: number): void {
    const until = this.time + milliseconds;
    while (this.alarms.some(({ at }) => at <= until)) this.passOn();
    this.time = until;
  }

  /** @returns whether there was anything to wait for */
  private passOn(): boolean {
    const [first, ...others] = this.alarms;
    if (!first) return false;
    const next = others.reduce((earliest, alarm) => (alarm.at < earliest.at ? alarm : earliest), first);
    this.alarms = this.alarms.filter((alarm) => alarm !== next);
    this.time = Math.max(this.time, next.at);
    next.callback();
    return true;
  }
}
