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
  looking: Looking,
): Promise<T | undefined> {
  return (await look()) ?? lookAgain(look, looking);
}

/** Looks again when nothing was seen, as `lookUntil` does. */
export async function lookAgain<T>(
  look: () => Promise<T | undefined>,
  { until, timing, wait }: Looking,
): Promise<T | undefined> {
  const { clock, lookAgain: pauses, pollFirst } = timing;
  for (let again = 1; ; again++) {
    const left = until - clock.now();
    if (left <= 0) return undefined;
    await wait(Math.min(left, pauses[Math.min(again, pauses.length - 1)] || pollFirst));
    const seen = await look();
    if (seen !== undefined) return seen;
  }
}
