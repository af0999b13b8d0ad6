/** How long to pause, in milliseconds. Tests make it short. */
export interface Timing {
  /** The longest first pause before a refused call is made again; it doubles with every refusal. */
  readonly retryFirst: number;
  readonly retryMost: number;
  readonly pollFirst: number;
  readonly pollMost: number;
  /** Pauses between attempts to reach a platform that cannot be reached. */
  readonly reconnect: readonly number[];
  /** Pauses before looking again for what a call may have done; the last one is repeated until the kind's window is over. */
  readonly lookAgain: readonly number[];
}

export const defaultTiming: Timing = {
  retryFirst: 200,
  retryMost: 5_000,
  pollFirst: 200,
  pollMost: 3_000,
  reconnect: [200, 600, 1_500],
  lookAgain: [0, 500, 2_000],
};

/** Resolves after the pause; rejects with the signal's reason when it is aborted before. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Anything between nothing and the most: many that were refused together do not come back together. */
export function jittered(first: number, most: number, attempt: number): number {
  return Math.random() * Math.min(most, first * 2 ** attempt);
}
