import type { Clock } from "../../lib/reconciler/timing";

/** Turns in which nobody may have anything to do before time passes: work is handed on from one turn to the next. */
const QUIET_TURNS = 4;

const IDLE_TURNS = 500;

/** A clock whose time passes only when nobody has anything to do, the disk included: from one alarm to the next. */
export class VirtualClock implements Clock {
  private time = 1;
  private alarms: { readonly at: number; readonly order: number; readonly callback: () => void }[] = [];
  private order = 0;

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const alarm = { at: this.time + Math.max(0, milliseconds), order: this.order++, callback };
    this.alarms.push(alarm);
    return () => {
      this.alarms = this.alarms.filter((other) => other !== alarm);
    };
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let over = false;
    let idle = 0;
    const done = (): void => void (over = true);
    work.then(done, done);
    for (;;) {
      await quiet();
      if (over) return work;
      const next = this.alarms.sort((left, right) => left.at - right.at || left.order - right.order).shift();
      if (!next) {
        // Work of another kind than the disk's may be under way: what stands still for long has come to nothing.
        if (++idle > IDLE_TURNS) throw new Error("nothing is going to happen any more");
        await new Promise((resolve) => setTimeout(resolve, 1));
        continue;
      }
      idle = 0;
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
  }
}

async function quiet(): Promise<void> {
  for (let turns = 0; turns < QUIET_TURNS; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (process.getActiveResourcesInfo().some((resource) => resource.startsWith("FSReq"))) turns = -1;
  }
}
