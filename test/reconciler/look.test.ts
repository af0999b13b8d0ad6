import { lookUntil } from "../../lib/reconciler/look";
import { pause } from "../../lib/reconciler/timing";
import { quick } from "./support";
import { VirtualClock } from "./virtual-clock";

/** Looks for something that reads show from a moment on, with answers that take their time. */
async function looking(visibleFrom: number, until: number, latency: number): Promise<[string, number]> {
  const clock = new VirtualClock();
  const start = clock.now();
  let looks = 0;
  const look = async (): Promise<string | undefined> => {
    looks++;
    const seen = clock.now() - start >= visibleFrom ? "seen" : undefined;
    await pause(latency, clock);
    return seen;
  };
  const wait = (milliseconds: number): Promise<void> => pause(milliseconds, clock);
  const timing = { ...quick, clock, lookAgain: [0, 40] };
  const seen = await clock.run(lookUntil(look, { until: start + until, timing, wait }));
  return [seen ?? "nothing", looks];
}

test.each([
  ["what is there is seen at once", 0, 100, 1, "seen", 1],
  ["what shows soon is seen when it does", 30, 100, 1, "seen", 2],
  ["what shows at the last moment is seen", 100, 100, 1, "seen", 4],
  ["what shows later is not there", 101, 100, 1, "nothing", 4],
  ["nothing lags: one look is enough", 1, 0, 1, "nothing", 1],
  ["an answer that comes late tells of the time at which it was asked for", 100, 100, 150, "seen", 2],
  ["the first answer asked for in time is the last", Infinity, 100, 150, "nothing", 2],
])("%s", async (_name, visibleFrom, until, latency, seen, looks) => {
  expect(await looking(visibleFrom, until, latency)).toEqual([seen, looks]);
});
