import type { LocalPlatform } from "../../lib/platform/local";
import { cleanUp, createFunction, expectRefusal, open, web } from "./support";

afterEach(cleanUp);

const orders = { FunctionName: "orders" };
const timer = { ...orders, Type: "timer", TriggerName: "nightly", TriggerDesc: "0 0 2 * * * *" };
const bucket = "shop-1250000000.cos.ap-guangzhou.myqcloud.com";
const cos = (prefix: string) => ({
  ...orders,
  Type: "cos",
  TriggerName: bucket,
  TriggerDesc: JSON.stringify({ event: "cos:ObjectCreated:*", filter: { Prefix: prefix, Suffix: ".jpg" } }),
});

async function openWithFunction(): Promise<LocalPlatform> {
  const platform = open();
  await createFunction(platform);
  return platform;
}

test("a timer is attached to $LATEST and on, and its cron expression is answered as an object", async () => {
  const platform = await openWithFunction();
  const answer = await platform.call("scf", "CreateTrigger", timer);
  const expected = {
    Type: "timer",
    TriggerName: "nightly",
    TriggerDesc: '{"cron":"0 0 2 * * * *"}',
    Qualifier: "$LATEST",
    Enable: 1,
  };
  expect(answer.TriggerInfo).toMatchObject(expected);
  expect((await platform.call("scf", "ListTriggers", orders)).Triggers).toMatchObject([expected]);
  expect((await platform.call("scf", "GetFunction", orders)).Triggers).toMatchObject([expected]);
});

test("the same timer can be attached to a version and to an alias as well", async () => {
  const platform = await openWithFunction();
  await platform.call("scf", "PublishVersion", orders);
  await platform.call("scf", "CreateAlias", { ...orders, Name: "live", FunctionVersion: "1" });
  const qualifiers = ["$LATEST", "1", "live", "$DEFAULT"];
  for (const Qualifier of qualifiers) await platform.call("scf", "CreateTrigger", { ...timer, Qualifier });
  const list = await platform.call("scf", "ListTriggers", orders);
  expect(list.Triggers?.map((trigger) => trigger.Qualifier)).toEqual(qualifiers);
  const filtered = await platform.call("scf", "ListTriggers", {
    ...orders,
    Filters: [{ Name: "Qualifier", Values: ["live"] }],
  });
  expect(filtered).toMatchObject({ TotalCount: 1, Triggers: [{ Qualifier: "live" }] });
});

test("a timer is changed, switched off and deleted", async () => {
  const platform = await openWithFunction();
  await platform.call("scf", "CreateTrigger", { ...timer, Description: "one", CustomArgument: "a" });
  await platform.call("scf", "UpdateTrigger", {
    ...timer,
    TriggerDesc: "0 30 3 * * * *",
    CustomArgument: "b",
  });
  await platform.call("scf", "UpdateTriggerStatus", { ...timer, Enable: "CLOSE" });
  expect((await platform.call("scf", "ListTriggers", orders)).Triggers).toMatchObject([
    { TriggerDesc: '{"cron":"0 30 3 * * * *"}', Description: "one", CustomArgument: "b", Enable: 0 },
  ]);
  await platform.call("scf", "UpdateTrigger", { ...timer, TriggerDesc: undefined, Enable: "OPEN" });
  expect((await platform.call("scf", "ListTriggers", orders)).Triggers).toMatchObject([{ Enable: 1 }]);
  await platform.call("scf", "DeleteTrigger", timer);
  expect((await platform.call("scf", "ListTriggers", orders)).TotalCount).toBe(0);
});

test("COS triggers of one bucket are told apart by their description", async () => {
  const platform = await openWithFunction();
  await platform.call("scf", "CreateTrigger", cos("a/"));
  await platform.call("scf", "CreateTrigger", cos("b/"));
  await platform.call("scf", "UpdateTriggerStatus", { ...cos("a/"), Enable: "CLOSE" });
  await platform.call("scf", "DeleteTrigger", cos("b/"));
  const list = await platform.call("scf", "ListTriggers", orders);
  expect(list.Triggers?.map((trigger) => [JSON.parse(trigger.TriggerDesc ?? ""), trigger.Enable])).toEqual([
    [{ bucketUrl: bucket, event: "cos:ObjectCreated:*", filter: { Prefix: "a/", Suffix: ".jpg" } }, 0],
  ]);
});

test("fails when another function has the same event, prefix and suffix of a bucket", async () => {
  const platform = await openWithFunction();
  await createFunction(platform, { FunctionName: "second" });
  await platform.call("scf", "CreateTrigger", cos("a/"));
  const request = { ...cos("a/"), FunctionName: "second" };
  await expectRefusal(
    platform,
    "scf",
    "CreateTrigger",
    request,
    "ResourceInUse.Cos",
    "default/orders already",
  );
});

describe("cron expressions", () => {
  test.each([
    "0 */5 * * * * *",
    "0 0 2 1 * * *",
    "0 0 9 * * MON-FRI *",
    "30 15 10 1 1,7 * 2026-2030",
    " 0 0 2 * * * * ",
  ])("takes %j", async (TriggerDesc) => {
    const platform = await openWithFunction();
    await platform.call("scf", "CreateTrigger", { ...timer, TriggerDesc });
  });

  test.each([
    ["* * * * *", "not of 5"],
    ["0 0 2 * * *", "not of 6"],
    ["0 0 2 * * * * *", "not of 8"],
    ["", "not of 0"],
    ["60 0 2 * * * *", "is not a cron expression"],
    ["0 0 24 * * * *", "is not a cron expression"],
    ["0 0 2 * 13 * *", "is not a cron expression"],
    ["a b c d e f g", "is not a cron expression"],
  ])("fails on %j", async (TriggerDesc, text) => {
    const platform = await openWithFunction();
    const request = { ...timer, TriggerDesc };
    await expectRefusal(platform, "scf", "CreateTrigger", request, "InvalidParameterValue.TriggerDesc", text);
  });
});

describe("fails on", () => {
  test.each([
    [
      "a timer without an expression",
      { TriggerDesc: undefined },
      "InvalidParameterValue.TriggerDesc",
      "not of 0",
    ],
    ["a name with a space", { TriggerName: "a b" }, "InvalidParameterValue.TriggerName", "1 to 100"],
    [
      "a name of 101 characters",
      { TriggerName: "a".repeat(101) },
      "InvalidParameterValue.TriggerName",
      "1 to 100",
    ],
    [
      "a qualifier that is missing",
      { Qualifier: "live" },
      "ResourceNotFound.Qualifier",
      "no version or alias live",
    ],
    ["a version that is missing", { Qualifier: "3" }, "ResourceNotFound.Qualifier", "no version or alias 3"],
    ["a switch that is none", { Enable: "ON" }, "InvalidParameterValue.Enable", "OPEN, CLOSE"],
    ["a type that is none", { Type: "clock" }, "InvalidParameterValue.Type", "timer, cos, ckafka, http"],
    ["a CMQ trigger", { Type: "cmq" }, "UnsupportedOperation.Trigger", "discontinued since June 2022"],
    ["a CLB trigger", { Type: "clb" }, "InvalidParameterValue.Type", "RegisterFunctionTargets"],
    [
      "a COS trigger without an event",
      { Type: "cos", TriggerDesc: "{}" },
      "InvalidParameterValue.TriggerDesc",
      "cos:Object",
    ],
    [
      "a COS trigger that is not JSON",
      { Type: "cos" },
      "InvalidParameterValue.TriggerDesc",
      "an object in JSON",
    ],
    ["a function that is missing", { FunctionName: "cart" }, "ResourceNotFound.Function", "default/cart"],
  ])("fails on %s", async (_name, changes, code, text) => {
    const platform = await openWithFunction();
    await expectRefusal(platform, "scf", "CreateTrigger", { ...timer, ...changes }, code, text);
    expect((await platform.call("scf", "ListTriggers", orders)).TotalCount).toBe(0);
  });

  test("fails on a timer that is there already", async () => {
    const platform = await openWithFunction();
    await platform.call("scf", "CreateTrigger", timer);
    const text = "default/orders:$LATEST has a timer trigger nightly already";
    await expectRefusal(platform, "scf", "CreateTrigger", timer, "ResourceInUse.Trigger", text);
  });

  test("fails on a second function URL of a qualifier", async () => {
    const platform = await openWithFunction();
    const url = { ...orders, Type: "http", TriggerName: "one", TriggerDesc: '{"AuthType":"NONE"}' };
    await platform.call("scf", "CreateTrigger", url);
    const request = { ...url, TriggerName: "two" };
    await expectRefusal(platform, "scf", "CreateTrigger", request, "ResourceInUse.Trigger", "http trigger");
  });

  test("fails past ten triggers of a type, whatever they are attached to", async () => {
    const platform = await openWithFunction();
    await platform.call("scf", "PublishVersion", orders);
    for (let index = 0; index < 10; index++) {
      const Qualifier = index % 2 === 0 ? "$LATEST" : "1";
      await platform.call("scf", "CreateTrigger", { ...timer, TriggerName: `t${index}`, Qualifier });
    }
    const text = "default/orders has 10 timer triggers; the quota is 10";
    await expectRefusal(platform, "scf", "CreateTrigger", timer, "LimitExceeded.Trigger", text);
    await platform.call("scf", "CreateTrigger", cos("a/"));
  });

  test("fails on a timer for a web function", async () => {
    const platform = open();
    await createFunction(platform, web);
    await expectRefusal(
      platform,
      "scf",
      "CreateTrigger",
      timer,
      "UnsupportedOperation.Trigger",
      "web function",
    );
  });

  test("fails to change what is missing, and what cannot be changed", async () => {
    const platform = await openWithFunction();
    const missing = ["ResourceNotFound.Trigger", "has no timer trigger nightly"] as const;
    await expectRefusal(platform, "scf", "UpdateTrigger", timer, ...missing);
    await expectRefusal(platform, "scf", "UpdateTriggerStatus", { ...timer, Enable: "OPEN" }, ...missing);
    await expectRefusal(platform, "scf", "DeleteTrigger", timer, ...missing);
    const type = "InvalidParameterValue.Type";
    await expectRefusal(platform, "scf", "UpdateTrigger", cos("a/"), type, "delete it and make it anew");
    const url = { ...orders, Type: "http", TriggerName: "url", Enable: "OPEN" };
    await expectRefusal(platform, "scf", "UpdateTriggerStatus", url, type, "not switched on and off");
    const filter = { ...orders, Filters: [{ Name: "Colour", Values: ["red"] }] };
    await expectRefusal(
      platform,
      "scf",
      "ListTriggers",
      filter,
      "InvalidParameterValue.Filters",
      "A filter is one of",
    );
  });
});
