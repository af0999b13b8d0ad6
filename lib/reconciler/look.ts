import type { Timing } from "./timing";

/** How something is looked for that a read may not show yet. */
export interface Looking {
  /** When what is not seen is not there, on the clock of the timing. */
  readonly until: number;
  readonly timing: Pick<Timing, "clock" | "lookAgain" | "pollFirst">;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Looks at once, and again until something is seen or the time is over in which reads lag behind writes. */
export async function lookUntil<T>(
  look: () => Promise<T | undefined>,
  { until, timing, wait }: Looking,
): Promise<T | undefined> {
  const { clock, lookAgain, pollFirst } = timing;
  for (let again = 1; ; again++) {
    const seen = await look();
    if (seen !== undefined) return seen;
    const left = until - clock.now();
    if (left <= 0) return undefined;
    const next = lookAgain[Math.min(again, lookAgain.length - 1)] || pollFirst;
    await wait(Math.min(left, next));
  }
}
