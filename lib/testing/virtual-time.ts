import { AsyncLocalStorage } from "node:async_hooks";
// Of the module: a test may have put other timers in the place of the global ones.
import { setImmediate } from "node:timers";
import type { Clock } from "../reconciler/timing";

/** Turns of the event loop in which nobody may have anything to do before time passes: work is handed on from one to the next. */
const QUIET_TURNS = 3;

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
}

/** Somebody at work, and for how many things it waits meanwhile. */
interface Worker {
  waits: number;
}

/** A clock whose time passes only when nobody has anything to do: from one alarm to the next, in no real time. */
export class VirtualTime implements Clock {
  private time = 0;
  private alarms: Alarm[] = [];
  private busy = 0;
  /** How many wait for something here: each counts the turns that pass. */
  private runs = 0;
  private quietTurns = 0;
  private readonly worker = new AsyncLocalStorage<Worker>();

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
      return await this.worker.run({ waits: 0 }, work);
    } finally {
      this.busy--;
      this.quietTurns = 0;
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

  /** Lets time pass until the work is done. Whoever waits for it in the middle of other work is not at work meanwhile. */
  async run<T>(work: Promise<T>): Promise<T> {
    const worker = this.worker.getStore();
    if (worker && worker.waits++ === 0) this.busy--;
    try {
      return await this.until(work);
    } finally {
      if (worker && --worker.waits === 0) this.busy++;
    }
  }

  private async until<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const done = (): void => void (over = true);
    work.then(done, done);
    this.runs++;
    while (!over) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.busy > 0) this.quietTurns = 0;
      else if (this.quietTurns++ >= QUIET_TURNS * this.runs && this.passOn()) this.quietTurns = 0;
    }
    this.runs--;
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
