import { setMaxListeners } from "events";
import { PlatformError, type Platform } from "../../lib/kinds/kind";
import { Calls, type Caller } from "../../lib/reconciler/calls";
import { SlotPool } from "../../lib/reconciler/slots";
import { defaultTiming, pause } from "../../lib/reconciler/timing";
import { VirtualClock } from "./virtual-clock";

const N = 200;

/** Whether a platform takes a call at this moment. */
type Admission = (now: number) => boolean;

/** Counts by the second, from whole seconds on, or from the first call of each second. */
function fixedWindow(perSecond: number, phase: number | "first call"): Admission {
  let start = -Infinity;
  let taken = 0;
  return (now) => {
    const begins = phase === "first call" ? now : Math.floor((now + phase) / 1_000) * 1_000 - phase;
    if (now - start >= 1_000) {
      start = begins;
      taken = 0;
    }
    return taken++ < perSecond;
  };
}

function tokenBucket(perSecond: number, size: number): Admission {
  let tokens = size;
  let filled = 0;
  return (now) => {
    tokens = Math.min(size, tokens + ((now - filled) / 1_000) * perSecond);
    filled = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}

interface Outcome {
  readonly milliseconds: number;
  readonly calls: Calls;
  readonly failures: readonly unknown[];
}

/** Operations of one call each, as many at once as there are slots, on a platform that takes some time to answer. */
async function runOperations(
  admits: Admission,
  options: { readonly latency: number; readonly count?: number; readonly timeout?: number },
): Promise<Outcome> {
  const { latency, count = N, timeout = 120_000 } = options;
  const clock = new VirtualClock();
  const platform = {
    region: "ap-guangzhou",
    call: async (service: string, action: string) => {
      await pause(latency / 2, clock);
      const admitted = admits(clock.now());
      await pause(latency / 2, clock);
      const code = "RequestLimitExceeded";
      if (!admitted) throw new PlatformError({ code, message: "slower", service, action, requestId: "" });
      return {};
    },
    close: () => Promise.resolve(),
  } as unknown as Platform;
  const calls = new Calls(
    () => Promise.resolve(platform),
    { ...defaultTiming, clock },
    () => undefined,
    (text) => text,
  );
  const slots = new SlotPool(20);
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const failures: unknown[] = [];
  const operation = async (): Promise<void> => {
    const caller: Caller = {
      deadline: clock.now() + timeout,
      mayHaveTakenEffect: false,
      signal,
      aside: (wait) => calls.counted(() => slots.without(() => wait(signal))),
      retried: () => undefined,
      waiting: () => undefined,
    };
    await slots.within(async () => {
      caller.deadline = clock.now() + timeout;
      await calls.callFor(caller)("scf", "CreateFunction", {} as never);
    });
  };
  const startedAt = clock.now();
  const all = Array.from({ length: count }, () =>
    operation().catch((error: unknown) => failures.push(error)),
  );
  await clock.run(Promise.all(all));
  return { milliseconds: clock.now() - startedAt, calls, failures };
}

const platforms: readonly (readonly [string, number, () => Admission])[] = [5, 20, 50, 100].flatMap(
  (rate) => [
    [`${rate} calls in each whole second`, rate, () => fixedWindow(rate, 0)] as const,
    [`${rate} calls in each second, which began before the run`, rate, () => fixedWindow(rate, 700)] as const,
    [`${rate} calls in the second after a first one`, rate, () => fixedWindow(rate, "first call")] as const,
    [`a token bucket of ${rate} a second and as many at once`, rate, () => tokenBucket(rate, rate)] as const,
    [`a token bucket of ${rate} a second and 5 at once`, rate, () => tokenBucket(rate, 5)] as const,
    [`a token bucket of ${rate} a second and 20 at once`, rate, () => tokenBucket(rate, 20)] as const,
  ],
);

describe.each([2, 20, 60])("calls that are answered after %d ms", (latency) => {
  test.each(platforms)("keep to %s", async (_name, perSecond, admits) => {
    const { milliseconds, calls, failures } = await runOperations(admits(), { latency });
    expect(failures).toEqual([]);
    expect(calls).toMatchObject({ write: N, retried: calls.refused });
    expect(milliseconds).toBeLessThanOrEqual(1.2 * (N / perSecond) * 1_000);
    expect(calls.refused).toBeLessThan(0.7 * N);
  });
});

test("a platform without a limit is called without a pause", async () => {
  const { milliseconds, calls } = await runOperations(() => true, { latency: 20 });
  expect(milliseconds).toBe((N / 20) * 20);
  expect(calls).toMatchObject({ refused: 0, retried: 0, waits: 0, waitedMilliseconds: 0 });
});

test("a limit that is raised is found", async () => {
  let perSecond = 20;
  const slow = tokenBucket(20, 20);
  const fast = tokenBucket(100, 20);
  const admits: Admission = (now) => {
    if (now > 5_000) perSecond = 100;
    return perSecond === 20 ? slow(now) : fast(now);
  };
  const { milliseconds, failures } = await runOperations(admits, { latency: 20, count: 1_000 });
  expect(failures).toEqual([]);
  // 900 calls remain after five seconds: nine seconds at the new rate, 45 at the old one.
  expect(milliseconds).toBeLessThan(25_000);
});

test("standing in line that moves does not use up an operation's time, however long the line", async () => {
  const { milliseconds, failures } = await runOperations(tokenBucket(5, 5), { latency: 20, timeout: 2_000 });
  expect(milliseconds).toBeGreaterThan(30_000);
  expect(failures).toEqual([]);
});

test("fails when the platform takes no call at all, in the time of one operation, and asks ever more seldom", async () => {
  const { milliseconds, calls, failures } = await runOperations(() => false, {
    latency: 20,
    timeout: 60_000,
  });
  expect(failures).toHaveLength(N);
  expect(failures[0]).toMatchObject({
    code: "TIMEOUT",
    message: expect.stringContaining("until the time for this operation was over") as string,
    fix: "Run the command again: it goes on where this run stopped.",
  });
  expect(calls.read + calls.write).toBe(0);
  expect(milliseconds).toBeLessThan(65_000);
  expect(calls.refused).toBeLessThan(120);
});
