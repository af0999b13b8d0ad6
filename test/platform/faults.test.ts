import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { PlatformError, UnknownOutcomeError } from "../../lib/platform/errors";
import { startLocalServer } from "../../lib/platform/local";
import type { Fault, LocalPlatform } from "../../lib/platform/local";
import { openTencentCloud } from "../../lib/platform/tencentcloud";
import type { Platform } from "../../lib/platform";
import { cleanUp, Clock, databasePath, functionRequest, open, region } from "./support";

afterEach(cleanUp);

const credentials = { secretId: "local", secretKey: "local" };

/** The same file in this process and behind a server: what a fault does has to be the same. */
async function withServer(
  work: (server: Platform, platform: LocalPlatform) => Promise<void>,
  delayMs = 0,
): Promise<void> {
  const path = databasePath();
  const platform = open({ path, delayMs });
  const server = await startLocalServer({ path, credentials, delayMs });
  const client = openTencentCloud({ region, credentials, endpoint: server.url });
  try {
    await work(client, platform);
  } finally {
    await client.close();
    await server.close();
  }
}

const names = async (platform: Platform): Promise<string[]> =>
  ((await platform.call("scf", "ListNamespaces", {})).Namespaces ?? [])
    .map(({ Name = "" }) => Name)
    .filter((name) => name !== "default");
const make = (platform: Platform, Namespace = "shop") =>
  platform.call("scf", "CreateNamespace", { Namespace });
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(["in this process", "over HTTP"])("a fault that strikes a call %s", (where) => {
  const on = (work: (caller: Platform, platform: LocalPlatform) => Promise<void>, delayMs = 0) =>
    withServer((client, platform) => work(where === "over HTTP" ? client : platform, platform), delayMs);

  test("drop-answer: it is carried out, and nobody knows", () =>
    on(async (caller, platform) => {
      platform.addFault({ do: "drop-answer", match: { action: "CreateNamespace" } });
      expect(await failureOf(make(caller))).toMatchObject({ name: "UnknownOutcomeError", sent: true });
      expect(await names(platform)).toEqual(["shop"]);
      expect(platform.calls()[0]).toMatchObject({ fault: "drop-answer", accepted: true });
    }));

  test("drop-request: it is not carried out, and nobody knows", () =>
    on(async (caller, platform) => {
      platform.addFault({ do: "drop-request", match: { action: "CreateNamespace" } });
      expect(await failureOf(make(caller))).toMatchObject({ name: "UnknownOutcomeError", sent: true });
      expect(await names(platform)).toEqual([]);
      expect(platform.calls()[0]).toMatchObject({ fault: "drop-request", accepted: false });
      expect(platform.calls()[0]).not.toHaveProperty("code");
    }));

  test("throttle and fail: it is refused with the code, and nothing is changed", () =>
    on(async (caller, platform) => {
      platform.addFault({ do: "throttle" });
      platform.addFault({ do: "fail", code: "LimitExceeded.Namespace", message: "no to {request}" });
      expect(await failureOf(make(caller))).toMatchObject({ code: "RequestLimitExceeded" });
      const refused = await failureOf(make(caller));
      expect(refused).toMatchObject({
        code: "LimitExceeded.Namespace",
        message: 'no to {"Namespace":"shop"}',
      });
      expect(PlatformError.is(refused)).toBe(true);
      expect(await names(platform)).toEqual([]);
    }));

  test("fail, accepted: it is carried out and answered with the code", () =>
    on(async (caller, platform) => {
      platform.addFault({ do: "fail", code: "InternalError", accepted: true });
      expect(await failureOf(make(caller))).toMatchObject({ code: "InternalError" });
      expect(await names(platform)).toEqual(["shop"]);
      expect(platform.calls()[0]).toMatchObject({ fault: "fail", accepted: true, code: "InternalError" });
    }));

  test("delay: it is carried out at once and answered later", () =>
    on(async (caller, platform) => {
      const match = { action: "CreateNamespace" };
      platform.addFault({ do: "delay", ms: 600_000, match });
      const giveUp = new AbortController();
      const answer = failureOf(caller.call("scf", "CreateNamespace", { Namespace: "shop" }, giveUp));
      while ((await names(platform)).length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      giveUp.abort();
      expect(UnknownOutcomeError.is(await answer)).toBe(true);

      platform.addFault({ do: "delay", ms: 1, match });
      await make(caller, "stock");
      expect(await names(platform)).toEqual(["shop", "stock"]);
    }));

  test("hang: it is carried out and not answered until whoever asked gives up", () =>
    on(async (caller, platform) => {
      platform.addFault({ do: "hang" });
      const signal = AbortSignal.timeout(100);
      const failure = await failureOf(
        caller.call("scf", "CreateNamespace", { Namespace: "shop" }, { signal }),
      );
      expect(UnknownOutcomeError.is(failure)).toBe(true);
      expect(await names(platform)).toEqual(["shop"]);
    }));

  test("fail-later: functions and versions are accepted and end as failed", () =>
    on(async (caller, platform) => {
      const status = async (Qualifier?: string) =>
        (await caller.call("scf", "GetFunction", { FunctionName: "orders", ...(Qualifier && { Qualifier }) }))
          .Status;
      const later = (action: string): number =>
        platform.addFault({ do: "fail-later", match: { service: "scf", action } });
      const rest = () => new Promise((resolve) => setTimeout(resolve, 450));

      later("CreateFunction");
      await caller.call("scf", "CreateFunction", functionRequest());
      expect(await status()).toBe("Creating");
      await rest();
      expect(await status()).toBe("CreateFailed");
      const change = { FunctionName: "orders", MemorySize: 512 };
      expect(await failureOf(caller.call("scf", "UpdateFunctionConfiguration", change))).toMatchObject({
        code: "FailedOperation.FunctionStatusError",
      });
      await caller.call("scf", "DeleteFunction", { FunctionName: "orders" });
      await rest();

      await caller.call("scf", "CreateFunction", functionRequest());
      await rest();
      later("UpdateFunctionConfiguration");
      await caller.call("scf", "UpdateFunctionConfiguration", change);
      await rest();
      const found = await caller.call("scf", "GetFunction", { FunctionName: "orders" });
      expect([found.Status, found.MemorySize]).toEqual(["UpdateFailed", 128]);
      await caller.call("scf", "UpdateFunctionConfiguration", change);
      await rest();
      expect(await status()).toBe("Active");

      later("PublishVersion");
      await caller.call("scf", "PublishVersion", { FunctionName: "orders" });
      await rest();
      expect(await status("1")).toBe("PublishFailed");
      // Long enough for a busy machine to ask while it lasts.
    }, 400));

  test("fail-later: the task of a load balancer fails and leaves nothing behind", () =>
    on(async (caller, platform) => {
      const made = await caller.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" });
      const LoadBalancerId = made.LoadBalancerIds?.[0] ?? "";
      platform.addFault({ do: "fail-later", match: { service: "clb", action: "CreateListener" } });
      const answer = await caller.call("clb", "CreateListener", {
        LoadBalancerId,
        Ports: [80],
        Protocol: "HTTP",
      });
      expect(answer.ListenerIds).toHaveLength(1);
      const task = await caller.call("clb", "DescribeTaskStatus", { TaskId: answer.RequestId });
      expect(task.Status).toBe(1);
      expect((await caller.call("clb", "DescribeListeners", { LoadBalancerId })).Listeners).toEqual([]);
    }));
});

test("lag: reads show the platform as before a write until the time is over, for every process", async () => {
  const clock = new Clock();
  const path = databasePath();
  const writer = open({ path, now: clock.now });
  const reader = open({ path, now: clock.now });
  writer.addFault({ do: "lag", ms: 500, match: { action: "CreateNamespace", times: 2 } });
  await make(writer, "first");
  clock.advance(300);
  await make(writer, "second");
  expect(await names(reader)).toEqual([]);
  clock.advance(300);
  expect(await names(reader)).toEqual(["first"]);
  expect(await failureOf(make(reader, "second"))).toMatchObject({ code: "ResourceInUse.Namespace" });
  clock.advance(300);
  expect(await names(reader)).toEqual(["first", "second"]);
});

test("lag: a platform in memory shows what there was before, counts and all, and leaves no file", async () => {
  const clock = new Clock();
  const platform = open({ now: clock.now });
  const files = (): string[] => readdirSync(tmpdir()).filter((name) => /^cdktf-scf-|:memory:/.test(name));
  const before = files();
  await make(platform, "first");
  await platform.call("cam", "AddUser", { Name: "alice" });
  platform.addFault({ do: "lag", ms: 500, match: { action: "CreateNamespace" } });
  await make(platform, "second");
  expect(await names(platform)).toEqual(["first"]);
  expect(await platform.call("cam", "GetUser", { Name: "alice" })).toMatchObject({ Name: "alice" });
  expect(files()).toEqual(before);
  expect(existsSync(":memory:")).toBe(false);
  clock.advance(600);
  expect(await names(platform)).toEqual(["first", "second"]);
});

test("delay: the time that an answer takes is whatever the platform was given for it", async () => {
  const pauses: number[] = [];
  const platform = open({ pause: async (milliseconds) => void pauses.push(milliseconds) });
  platform.addFault({ do: "delay", ms: 86_400_000 });
  await make(platform);
  expect(pauses).toEqual([86_400_000]);
});

test("faults strike the calls that all of their conditions fit, as often as they say", async () => {
  const platform = open();
  platform.addFault({
    do: "fail",
    code: "InternalError",
    match: { service: "scf", writes: true, resource: "shop", nth: 2, times: 2 },
  });
  const outcomes: string[] = [];
  for (const name of ["other", "shop-1", "shop-2", "shop-3", "shop-4"]) {
    await names(platform);
    outcomes.push(((await failureOf(make(platform, name))) as PlatformError | undefined)?.code ?? "made");
  }
  expect(outcomes).toEqual(["made", "made", "InternalError", "InternalError", "made"]);
  expect(platform.faults()).toMatchObject([{ fitted: 4, struck: 2 }]);
});

test("the oldest of several faults strikes, and the others wait for their turn", async () => {
  const platform = open();
  const first = platform.addFault({ do: "fail", code: "InternalError" });
  platform.addFault({ do: "throttle" });
  expect(await failureOf(make(platform))).toMatchObject({ code: "InternalError" });
  expect(await failureOf(make(platform))).toMatchObject({ code: "RequestLimitExceeded" });
  expect(await failureOf(make(platform))).toBeUndefined();
  expect([platform.clearFaults(first), platform.clearFaults()]).toEqual([1, 1]);
  expect(platform.faults()).toEqual([]);
});

test("faults stay in the file until they are cleared or the platform is reset", async () => {
  const path = databasePath();
  const before = open({ path });
  before.addFault({ do: "throttle", match: { times: "always" } });
  await before.close();
  const after = open({ path });
  expect(await failureOf(make(after))).toMatchObject({ code: "RequestLimitExceeded" });
  after.reset();
  expect(await failureOf(make(after))).toBeUndefined();
});

test.each<[string, unknown, string]>([
  ["an unknown effect", { do: "explode" }, "explode is not a fault"],
  ["no code", { do: "fail" }, "fail needs an error code of the platform, not none"],
  ["no time", { do: "delay" }, "delay needs how many milliseconds it takes"],
  ["a read that lags", { do: "lag", ms: 9, match: { action: "GetFunction" } }, "GetFunction only reads"],
  ["nothing that could fail later", { do: "fail-later" }, "an action that ends in the background"],
  ["an unknown action", { do: "throttle", match: { action: "Make" } }, "has no action Make"],
  ["an unknown service", { do: "throttle", match: { service: "cos" } }, "has no service cos"],
  ["a count of nothing", { do: "throttle", match: { times: 0 } }, "0 cannot be that"],
])("refuses a fault with %s", (_, fault, text) => {
  expect(() => open().addFault(fault as Fault)).toThrow(text);
});
