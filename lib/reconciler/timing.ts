/** Where the time comes from. Tests have one of their own, in which no time passes while they work. */
export interface Clock {
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Calls back after so many milliseconds. The function that it returns takes that back. */
  after(milliseconds: number, callback: () => void): () => void;
}

const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** How long to pause, in milliseconds. Tests make it short. */
export interface Timing {
  readonly clock: Clock;
  /** The longest first pause before a refused call is made again; it doubles with every refusal. */
  readonly retryFirst: number;
  readonly retryMost: number;
  readonly pollFirst: number;
  readonly pollMost: number;
  /** Pauses between attempts to reach a platform that cannot be reached. */
  readonly reconnect: readonly number[];
  /** How long what was begun may still wait for an object after a run was asked to end. */
  readonly patience: number;
  /** Pauses before looking again for what a call may have done; the last one is repeated until the kind's window is over. */
  readonly lookAgain: readonly number[];
}

export const defaultTiming: Timing = {
  clock: systemClock,
  retryFirst: 200,
  retryMost: 5_000,
  pollFirst: 200,
  pollMost: 3_000,
  reconnect: [200, 600, 1_500],
  patience: 30_000,
  lookAgain: [0, 500, 2_000],
};

/**
 * A time of `Date.now`, on another clock; long ago when it is not known. What is still to come, because a clock was set back,
 * is now: nobody waits for longer because of it.
 */
export function onClock(clock: Clock, time: number | undefined): number {
  return time === undefined ? -Infinity : clock.now() - Math.max(0, Date.now() - time);
}

/** Resolves after the pause; rejects with the signal's reason when it is aborted before. */
export function pause(milliseconds: number, clock: Clock, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const stop = (): void => {
      forget();
      reject(signal?.reason as Error);
    };
    const forget = clock.after(milliseconds, () => {
      signal?.removeEventListener("abort", stop);
      resolve();
    });
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Anything between nothing and the most: many that were refused together do not come back together. */
export function jittered(first: number, most: number, attempt: number): number {
  return Math.random() * Math.min(most, first * 2 ** attempt);
}
