import {
  Clock,
  cleanUp,
  createFunction,
  databasePath,
  expectRefusal,
  functionRequest,
  open,
  region,
} from "./support";
import { UnknownOutcomeError } from "../../lib/platform";
import type { Action, Platform, Service } from "../../lib/platform";

afterEach(cleanUp);

/** A call as a program without types would make it. */
function callAnything(
  platform: Platform,
  service: string,
  action: string,
  request: unknown,
): Promise<unknown> {
  return platform.call(service as "scf", action as "GetFunction", request as object);
}

function expectAnyRefusal(
  platform: Platform,
  action: string,
  request: unknown,
  code: string,
  message: string,
) {
  return expect(callAnything(platform, "scf", action, request)).rejects.toMatchObject({ code, message });
}

describe("parameters", () => {
  test.each([
    ["GetAlias", {}, "MissingParameter", "The parameter `FunctionName` is missing"],
    [
      "GetAlias",
      { FunctionName: null, Name: "a" },
      "MissingParameter",
      "The parameter `FunctionName` is missing",
    ],
    ["GetFunction", { Colour: 1 }, "UnknownParameter", "The parameter `Colour` is not known"],
    ["GetFunction", { functionName: "a" }, "UnknownParameter", "The parameter `functionName` is not known"],
    [
      "GetFunction",
      { FunctionName: 7 },
      "InvalidParameter",
      "The parameter `FunctionName` must be a string, not a number",
    ],
    ["GetFunction", [], "InvalidParameter", "The request must be an object, not a list"],
    [
      "ListFunctions",
      { Limit: "9" },
      "InvalidParameter",
      "The parameter `Limit` must be a number, not a string",
    ],
    [
      "ListFunctions",
      { Limit: NaN },
      "InvalidParameter",
      "The parameter `Limit` must be a number, not an infinite or undefined number",
    ],
    ["ListFunctions", { Limit: -1 }, "InvalidParameterValue.Limit", "Limit is a whole number from 0, not -1"],
    [
      "CreateFunction",
      functionRequest({ Code: "zip" as never }),
      "InvalidParameter",
      "`Code` must be an object, not a string",
    ],
    [
      "CreateFunction",
      functionRequest({ Layers: {} as never }),
      "InvalidParameter",
      "The parameter `Layers` must be a list, not an object",
    ],
    [
      "CreateFunction",
      functionRequest({ Layers: [{ LayerName: "deps" }] as never }),
      "MissingParameter",
      "The parameter `Layers.0.LayerVersion` is missing",
    ],
    [
      "CreateFunction",
      functionRequest({ Environment: { Variables: [{ Key: "A", Value: { secret: 1 } }] } as never }),
      "InvalidParameter",
      "The parameter `Environment.Variables.0.Value` must be a string, not an object",
    ],
    [
      "CreateFunction",
      functionRequest({ Environment: { Variables: [{ Name: "A" }] } as never }),
      "UnknownParameter",
      "The parameter `Environment.Variables.0.Name` is not known",
    ],
  ])("fails: %s with %j", async (action, request, code, message) => {
    await expect(callAnything(open(), "scf", action, request)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  test("absent, null and undefined are the same", async () => {
    const platform = open();
    await createFunction(platform, {
      Description: undefined,
      Role: null as never,
      Tags: [{ Key: "a", Value: "b" }],
    });
    expect(await platform.call("scf", "GetFunction", { FunctionName: "orders" })).toMatchObject({ Role: "" });
  });

  test("fails on an action and on a service that are unknown", async () => {
    const platform = open();
    await expectAnyRefusal(
      platform,
      "Explode",
      {},
      "InvalidAction",
      "The local platform has no action Explode of the service scf",
    );
    await expectAnyRefusal(
      platform,
      "toString",
      {},
      "InvalidAction",
      "The local platform has no action toString of the service scf",
    );
    await expect(callAnything(platform, "moon", "Land", {})).rejects.toMatchObject({ code: "InvalidAction" });
  });
});

describe("the log of calls", () => {
  test("names every call, in order, with what it is about and how it was refused", async () => {
    const clock = new Clock();
    const platform = open({ now: clock.now });
    await createFunction(platform);
    clock.advance(5);
    const timer = { FunctionName: "orders", Type: "timer", TriggerName: "t", TriggerDesc: "0 0 2 * * * *" };
    await platform.call("scf", "CreateTrigger", { ...timer, Qualifier: "$DEFAULT" });
    await expectRefusal(
      platform,
      "scf",
      "GetAlias",
      { FunctionName: "orders", Name: "live" },
      "ResourceNotFound.Alias",
      "live",
    );
    await expectRefusal(
      platform,
      "clb",
      "DeleteListener",
      { LoadBalancerId: "lb-1", ListenerId: "lbl-1" },
      "InvalidParameter.LBIdNotFound",
      "lb-1",
    );
    const start = Date.UTC(2024, 0, 1);
    expect(platform.calls()).toEqual([
      {
        sequence: 1,
        time: start,
        service: "scf",
        action: "CreateFunction",
        write: true,
        resource: "default/orders",
        accepted: true,
      },
      {
        sequence: 2,
        time: start + 5,
        service: "scf",
        action: "CreateTrigger",
        write: true,
        resource: "default/orders/$DEFAULT/timer/t",
        accepted: true,
      },
      {
        sequence: 3,
        time: start + 5,
        service: "scf",
        action: "GetAlias",
        write: false,
        resource: "default/orders/live",
        accepted: false,
        code: "ResourceNotFound.Alias",
      },
      {
        sequence: 4,
        time: start + 5,
        service: "clb",
        action: "DeleteListener",
        write: true,
        resource: "lb-1/lbl-1",
        accepted: false,
        code: "InvalidParameter.LBIdNotFound",
      },
    ]);
    platform.resetCalls();
    expect(platform.calls()).toEqual([]);
  });

  test("is kept per region", async () => {
    const path = databasePath();
    const south = open({ path });
    const north = open({ path, region: "ap-beijing" });
    await createFunction(south);
    await createFunction(north);
    south.resetCalls();
    expect([south.calls().length, north.calls().length]).toEqual([0, 1]);
  });
});

describe("throttling", () => {
  test("fails past the calls of a second, for each action on its own", async () => {
    const clock = new Clock();
    const platform = open({ rateLimit: 2, now: clock.now });
    const list = () => platform.call("scf", "ListFunctions", {});
    await list();
    await list();
    await expect(list()).rejects.toMatchObject({
      code: "RequestLimitExceeded",
      message: "ListFunctions was called more than 2 times in a second",
    });
    await platform.call("scf", "ListNamespaces", {});
    clock.advance(999);
    await expect(list()).rejects.toMatchObject({ code: "RequestLimitExceeded" });
    clock.advance(1);
    await list();
    expect(platform.calls().filter((call) => call.code === "RequestLimitExceeded")).toHaveLength(2);
  });

  test("counts the calls of everyone who shares the file, and goes on after the clock was set back", async () => {
    const path = databasePath();
    const clock = new Clock();
    const one = open({ path, rateLimit: 1, now: clock.now });
    const other = open({ path, rateLimit: 1, now: clock.now });
    await one.call("scf", "ListFunctions", {});
    await expect(other.call("scf", "ListFunctions", {})).rejects.toMatchObject({
      code: "RequestLimitExceeded",
    });
    clock.advance(-3_600_000);
    await other.call("scf", "ListFunctions", {});
  });
});

test("fails with an unknown outcome, and sends nothing, when it was given up before", async () => {
  const platform = open();
  const signal = AbortSignal.abort();
  const call = platform.call("scf", "CreateFunction", functionRequest(), { signal });
  await expect(call).rejects.toMatchObject({
    name: "UnknownOutcomeError",
    sent: false,
    action: "CreateFunction",
  });
  await call.catch((error: unknown) => expect(UnknownOutcomeError.is(error)).toBe(true));
  expect(platform.calls()).toEqual([]);
});

test("calls of one moment are carried out in their order, each refused or given up for itself", async () => {
  const platform = open();
  const givenUp = new AbortController();
  const names = { FunctionName: "twice", Namespace: "default" };
  const outcomes = Promise.allSettled([
    platform.call("scf", "CreateFunction", functionRequest({ FunctionName: "twice" })),
    platform.call("scf", "CreateFunction", functionRequest({ FunctionName: "twice" })),
    platform.call("scf", "DeleteFunction", names, { signal: givenUp.signal }),
    platform.call("scf", "GetFunction", names),
  ]);
  givenUp.abort();
  expect(await outcomes).toMatchObject([
    { status: "fulfilled" },
    { status: "rejected", reason: { code: "ResourceInUse.Function" } },
    { status: "rejected", reason: { sent: false } },
    { status: "fulfilled", value: { FunctionName: "twice" } },
  ]);
  expect(platform.calls().map(({ action, accepted }) => [action, accepted])).toEqual([
    ["CreateFunction", true],
    ["CreateFunction", false],
    ["GetFunction", true],
  ]);
});

test("what was asked before the platform is closed is carried out", async () => {
  const path = databasePath();
  const platform = open({ path });
  const created = createFunction(platform, { FunctionName: "last" });
  await Promise.all([platform.close(), created]);
  expect(open({ path }).calls()).toMatchObject([{ action: "CreateFunction", accepted: true }]);
});

test("fails, and the other calls of the moment with it, on a platform that is closed", async () => {
  const platform = open();
  await platform.close();
  const outcomes = await Promise.allSettled([
    platform.call("scf", "CreateFunction", functionRequest()),
    platform.call("scf", "GetFunction", { FunctionName: "orders", Namespace: "default" }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("a reset leaves a new account", async () => {
  const platform = open();
  await createFunction(platform);
  await platform.call("cam", "CreatePolicy", {
    PolicyName: "ops",
    PolicyDocument: JSON.stringify({
      version: "2.0",
      statement: [{ effect: "allow", action: "*", resource: "*" }],
    }),
  });
  platform.reset();
  expect(platform.calls()).toEqual([]);
  expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
  expect((await platform.call("cam", "ListPolicies", { Scope: "Local" })).TotalNum).toBe(0);
  expect((await platform.call("cam", "GetRole", { RoleName: "SCF_QcsRole" })).RoleInfo?.RoleName).toBe(
    "SCF_QcsRole",
  );
  expect(platform.region).toBe(region);
});

test("every action of the API answers, if only with a refusal of its own", async () => {
  const { services } = jest.requireActual<typeof import("../../lib/platform/api")>("../../lib/platform/api");
  const platform = open();
  for (const service of Object.keys(services) as Service[]) {
    for (const action of Object.keys(services[service].actions) as Action[]) {
      const outcome = await callAnything(platform, service, action, {}).catch(
        (error: { code: string }) => error.code,
      );
      expect(outcome).not.toBe("InvalidAction");
      expect(outcome).not.toBe("InternalError");
    }
  }
});
