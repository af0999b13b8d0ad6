import type { Timing } from "./timing";

/** How something is looked for that a read may not show yet. */
export interface Looking {
  /**
   * From when on a read shows what is there, on the clock of the timing. What was asked before says nothing, however long
   * the answer took.
   */
  readonly until: number;
  readonly timing: Pick<Timing, "clock" | "lookAgain" | "pollFirst">;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Looks at once, and again until something is seen or the time is over in which reads lag behind writes. */
export async function lookUntil<T>(
  look: () => Promise<T | undefined>,
  looking: Looking,
): Promise<T | undefined> {
  const askedAt = looking.timing.clock.now();
  return (await look()) ?? lookAgain(look, askedAt, looking);
}

/**
 * Looks again when nothing was seen, as `lookUntil` does.
 *
 * @param askedAt when the look began that showed nothing
 */
export async function lookAgain<T>(
  look: () => Promise<T | undefined>,
  askedAt: number,
  { until, timing, wait }: Looking,
): Promise<T | undefined> {
  const { clock, lookAgain: pauses, pollFirst } = timing;
  for (let again = 1; askedAt < until; again++) {
    const left = Math.max(0, until - clock.now());
    await wait(Math.min(left, pauses[Math.min(again, pauses.length - 1)] || pollFirst));
    askedAt = clock.now();
    const seen = await look();
    if (seen !== undefined) return seen;
  }
  return undefined;
}
