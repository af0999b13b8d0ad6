import type { LocalPlatform } from "../../lib/platform/local";
import { cleanUp, Clock, createFunction, open } from "./support";

afterEach(cleanUp);

const orders = { FunctionName: "orders" };
const text = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));

async function withVersions(count: number): Promise<LocalPlatform> {
  const platform = open();
  await createFunction(platform);
  for (let index = 0; index < count; index++) await platform.call("scf", "PublishVersion", orders);
  return platform;
}

async function refuses(call: Promise<unknown>, code: string, text: string): Promise<void> {
  await expect(call).rejects.toMatchObject({
    name: "PlatformError",
    code,
    message: expect.stringContaining(text),
  });
}

/** The version that an invocation would run. */
async function versionOf(platform: LocalPlatform, request: object = {}): Promise<string> {
  const { Result } = await platform.call("scf", "InvokeFunction", { ...orders, ...request });
  return (JSON.parse(Result?.RetMsg ?? "{}") as { version: string }).version;
}

describe("ALS-INVOKE: which version runs", () => {
  test("without a qualifier it is what $DEFAULT points to", async () => {
    const platform = await withVersions(2);
    expect(await versionOf(platform)).toBe("$LATEST");
    await platform.call("scf", "UpdateAlias", { ...orders, Name: "$DEFAULT", FunctionVersion: "2" });
    expect(await versionOf(platform)).toBe("2");
    expect(await versionOf(platform, { Qualifier: "1" })).toBe("1");
  });

  test.each([
    ['{"User":"Bob"}', "2"],
    ['{"User":"bob"}', "1"],
    ['{"user":"Bob"}', "1"],
    [undefined, "1"],
  ])("an exact match: %s goes to version %s", async (RoutingKey, version) => {
    const platform = await withVersions(2);
    await platform.call("scf", "CreateAlias", {
      ...orders,
      Name: "live",
      FunctionVersion: "1",
      RoutingConfig: {
        AddtionVersionMatchs: [
          { Version: "2", Key: "invoke.headers.User", Method: "exact", Expression: "Bob" },
        ],
      },
    });
    expect(await versionOf(platform, { Qualifier: "live", ...(RoutingKey ? { RoutingKey } : {}) })).toBe(
      version,
    );
  });

  test.each([
    ["[1,50]", '{"userHash":30}', "2"],
    ["[1,50]", '{"userHash":"50"}', "2"],
    ["[1,50]", '{"userHash":51}', "1"],
    ["(1,50)", '{"userHash":50}', "1"],
    ["(1,50)", '{"userHash":2}', "2"],
    ["[1,50]", '{"userHash":"many"}', "1"],
  ])("a range %s: %s goes to version %s", async (Expression, RoutingKey, version) => {
    const platform = await withVersions(2);
    await platform.call("scf", "CreateAlias", {
      ...orders,
      Name: "live",
      FunctionVersion: "1",
      RoutingConfig: {
        AddtionVersionMatchs: [{ Version: "2", Key: "invoke.headers.userHash", Method: "range", Expression }],
      },
    });
    expect(await versionOf(platform, { Qualifier: "live", RoutingKey })).toBe(version);
  });

  test.each([
    [0, ["1"]],
    [1, ["2"]],
    [0.5, ["1", "2"]],
  ])("a weight of %s reaches the versions %j", async (Weight, expected) => {
    const platform = await withVersions(2);
    await platform.call("scf", "CreateAlias", {
      ...orders,
      Name: "live",
      FunctionVersion: "1",
      RoutingConfig: { AdditionalVersionWeights: [{ Version: "2", Weight }] },
    });
    const seen = new Set<string>();
    for (let index = 0; index < 100; index++) seen.add(await versionOf(platform, { Qualifier: "live" }));
    expect([...seen].sort()).toEqual(expected);
  });

  test("refuses a qualifier that stands for nothing", async () => {
    const platform = await withVersions(1);
    await refuses(
      versionOf(platform, { Qualifier: "2" }),
      "ResourceNotFound.Qualifier",
      "orders has no version",
    );
  });

  test.each(["no JSON", "[1]", '"x"'])("refuses the routing key %s", async (RoutingKey) => {
    const platform = await withVersions(1);
    await refuses(versionOf(platform, { RoutingKey }), "InvalidParameterValue.Param", "RoutingKey");
  });
});

describe("FN-PAY: what an event may weigh", () => {
  test.each([
    ["RequestResponse", 6 * 1024 ** 2],
    ["Event", 128 * 1024],
  ])("%s takes %i bytes, and refuses one more", async (InvocationType, largest) => {
    const platform = open();
    await createFunction(platform);
    const call = (bytes: number) =>
      platform.call("scf", "Invoke", { ...orders, InvocationType, ClientContext: text(bytes) });
    await expect(call(largest)).resolves.toMatchObject({ Result: { InvokeResult: 0 } });
    await refuses(call(largest + 1), "InvalidParameter.RequestTooLarge", `${largest} at most`);
  });

  test("refuses an event that is not JSON", async () => {
    const platform = open();
    await createFunction(platform);
    await refuses(
      platform.call("scf", "InvokeFunction", { ...orders, Event: "{" }),
      "InvalidParameterValue.ClientContext",
      "not JSON",
    );
  });
});

test("WEB-INVOKE: refuses to call a web function", async () => {
  const platform = open();
  await createFunction(platform, {
    Type: "HTTP",
    Handler: "",
    Code: { CosBucketName: "code", CosObjectName: "/web.zip", CosBucketRegion: "ap-guangzhou" },
  });
  await refuses(versionOf(platform), "InvalidParameterValue.FunctionType", "an API gateway calls it");
});

describe("asynchronous execution", () => {
  async function tracked(clock: Clock): Promise<LocalPlatform> {
    const platform = open({ now: clock.now, delayMs: 60_000 });
    await createFunction(platform, { AsyncRunEnable: "TRUE", TraceEnable: "TRUE" });
    clock.advance(60_000);
    return platform;
  }
  const run = async (platform: LocalPlatform) => {
    const { Result } = await platform.call("scf", "InvokeFunction", orders);
    return Result?.FunctionRequestId ?? "";
  };
  const statusOf = async (platform: LocalPlatform, InvokeRequestId: string) =>
    (await platform.call("scf", "GetAsyncEventStatus", { InvokeRequestId })).Result?.Status;

  test("EXE-TRACK: what becomes of a run is kept for three days", async () => {
    const clock = new Clock();
    const platform = await tracked(clock);
    const id = await run(platform);
    expect(await statusOf(platform, id)).toBe("RUNNING");
    clock.advance(60_000);
    expect(await statusOf(platform, id)).toBe("FINISHED");
    expect(await platform.call("scf", "ListAsyncEvents", orders)).toMatchObject({
      TotalCount: 1,
      EventList: [{ InvokeRequestId: id, Status: "FINISHED", Qualifier: "$LATEST" }],
    });
    clock.advance(3 * 24 * 3600 * 1000);
    await refuses(statusOf(platform, id), "ResourceNotFound.AsyncEvent", id);
  });

  test("without status tracking nothing is kept", async () => {
    const platform = open();
    await createFunction(platform, { AsyncRunEnable: "TRUE" });
    const id = await run(platform);
    await refuses(statusOf(platform, id), "ResourceNotFound.AsyncEvent", id);
  });

  test("EXE-TERM: a running event is ended, once", async () => {
    const clock = new Clock();
    const platform = await tracked(clock);
    const InvokeRequestId = await run(platform);
    const end = () =>
      platform.call("scf", "TerminateAsyncEvent", { ...orders, InvokeRequestId, GraceShutdown: true });
    await end();
    expect(await platform.call("scf", "GetAsyncEventStatus", { InvokeRequestId })).toMatchObject({
      Result: { Status: "ABORTED", StatusCode: 439 },
    });
    await refuses(end(), "FailedOperation.AsyncEventStatus", "is ABORTED");
  });

  test("CON-ASYNCQPS: takes 1,000 calls in a second, and refuses one more", async () => {
    const clock = new Clock();
    const platform = open({ now: clock.now });
    await createFunction(platform, { AsyncRunEnable: "TRUE" });
    for (let index = 0; index < 1000; index++) await run(platform);
    await refuses(run(platform), "LimitExceeded.Quota", "1000");
    clock.advance(1000);
    await expect(run(platform)).resolves.not.toBe("");
  });
});

test("CON-ZERO: a function with a quota of 0 refuses every version, and answers again without one", async () => {
  const platform = await withVersions(1);
  const outcome = async (Qualifier: string) => {
    const { Result } = await platform.call("scf", "InvokeFunction", { ...orders, Qualifier });
    return [Result?.InvokeResult, Result?.ErrMsg];
  };
  await platform.call("scf", "PutReservedConcurrencyConfig", { ...orders, ReservedConcurrencyMem: 0 });
  for (const qualifier of ["$LATEST", "1", "$DEFAULT"]) {
    expect(await outcome(qualifier)).toEqual([432, "ResourceLimitReached"]);
  }
  await platform.call("scf", "DeleteReservedConcurrencyConfig", orders);
  expect(await outcome("1")).toEqual([0, ""]);
});
