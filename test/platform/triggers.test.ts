import type { LocalPlatform } from "../../lib/platform/local";
import { cleanUp, createFunction, expectRefusal, open, region, web } from "./support";

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

test("a version that is published has none of the triggers of $LATEST", async () => {
  const platform = await openWithFunction();
  await platform.call("scf", "CreateTrigger", timer);
  await platform.call("scf", "PublishVersion", orders);
  const list = await platform.call("scf", "ListTriggers", orders);
  expect(list.Triggers?.map((trigger) => trigger.Qualifier)).toEqual(["$LATEST"]);
});

test("a trigger is made switched off, and switched on later", async () => {
  const platform = await openWithFunction();
  for (const trigger of [timer, cos("a/")]) {
    const made = await platform.call("scf", "CreateTrigger", { ...trigger, Enable: "CLOSE" });
    expect(made.TriggerInfo?.Enable).toBe(0);
    await platform.call("scf", "UpdateTriggerStatus", { ...trigger, Enable: "OPEN" });
  }
  const list = await platform.call("scf", "ListTriggers", orders);
  expect(list.Triggers?.map((trigger) => trigger.Enable)).toEqual([1, 1]);
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
    [
      "a type that is none",
      { Type: "clock" },
      "InvalidParameterValue.Type",
      "timer, cos, ckafka, http, apigw",
    ],
    ["a CMQ trigger", { Type: "cmq" }, "UnsupportedOperation.Trigger", "discontinued since June 2022"],
    ["a CLB trigger", { Type: "clb" }, "InvalidParameterValue.Type", "RegisterFunctionTargets"],
    [
      "a COS trigger without an event",
      { Type: "cos", TriggerName: bucket, TriggerDesc: "{}" },
      "InvalidParameterValue.TriggerDesc",
      "cos:Object",
    ],
    [
      "a COS trigger that is not JSON",
      { Type: "cos", TriggerName: bucket },
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

const gateway = (changes: {
  readonly serviceId?: string | undefined;
  readonly api?: object;
  readonly environment?: string;
}) => {
  const { serviceId = "service-a1b2c3d4" } = changes;
  const isBasic = "serviceId" in changes && changes.serviceId === undefined;
  return {
    ...orders,
    Type: "apigw",
    TriggerName: isBasic ? "SCF_API_SERVICE" : serviceId,
    TriggerDesc: JSON.stringify({
      api: { requestConfig: { method: "GET", path: "/orders" }, ...changes.api },
      service: isBasic ? { serviceName: "SCF_API_SERVICE" } : { serviceId },
      release: { environmentName: changes.environment ?? "release" },
    }),
  };
};
const basicGateway = { serviceId: undefined };

describe("COS triggers", () => {
  test.each([
    [
      "a bucket of another region",
      bucket.replace("guangzhou", "shanghai"),
      "InvalidParameterValue.Cos",
      "is in ap-shanghai",
    ],
    ["no address of a bucket", "shop-1250000000", "InvalidParameterValue.TriggerName", "<appid>"],
  ])("fail on %s", async (_name, TriggerName, code, text) => {
    const platform = await openWithFunction();
    await expectRefusal(platform, "scf", "CreateTrigger", { ...cos("a/"), TriggerName }, code, text);
  });

  test("fail on a suffix without its period", async () => {
    const platform = await openWithFunction();
    const TriggerDesc = JSON.stringify({ event: "cos:ObjectCreated:*", filter: { Suffix: "jpg" } });
    const request = { ...cos("a/"), TriggerDesc };
    await expectRefusal(
      platform,
      "scf",
      "CreateTrigger",
      request,
      "InvalidParameterValue.TriggerDesc",
      "period",
    );
  });

  test("are there once in a region, and once in another", async () => {
    const platform = await openWithFunction();
    await platform.call("scf", "CreateTrigger", cos("a/"));
    await platform.call("scf", "PublishVersion", orders);
    const onVersion = { ...cos("a/"), Qualifier: "1" };
    await expectRefusal(
      platform,
      "scf",
      "CreateTrigger",
      onVersion,
      "ResourceInUse.Cos",
      "default/orders already",
    );
  });
});

describe("CKafka triggers", () => {
  const ckafka = (description: object) => ({
    ...orders,
    Type: "ckafka",
    TriggerName: "ckafka-a1b2c3d4-orders",
    TriggerDesc: JSON.stringify({
      maxMsgNum: 10,
      offset: "latest",
      retry: 3,
      timeOut: 5,
      consumerGroupName: "",
      ...description,
    }),
  });

  test("change their amounts, and stay where they read", async () => {
    const platform = await openWithFunction();
    await platform.call("scf", "CreateTrigger", ckafka({}));
    await platform.call("scf", "UpdateTrigger", ckafka({ maxMsgNum: 20 }));
    const [trigger] = (await platform.call("scf", "ListTriggers", orders)).Triggers ?? [];
    expect(JSON.parse(trigger?.TriggerDesc ?? "")).toMatchObject({
      maxMsgNum: 20,
      offset: "latest",
      timeOut: 5,
    });
    const request = ckafka({ offset: "earliest" });
    await expectRefusal(
      platform,
      "scf",
      "UpdateTrigger",
      request,
      "InvalidParameterValue.TriggerDesc",
      "offset stays",
    );
  });

  test.each([
    [{ timeOut: 0 }, "1 to 60"],
    [{ timeOut: 61 }, "1 to 60"],
    [{ maxMsgNum: 0 }, "from 1 on"],
    [{ retry: -1 }, "from 0 on"],
    [{ offset: "newest" }, "latest, earliest"],
    [{ consumerGroupName: 7 }, "is a text"],
  ])("fail on %j", async (description, text) => {
    const platform = await openWithFunction();
    const request = ckafka(description);
    await expectRefusal(platform, "scf", "CreateTrigger", request, "InvalidParameterValue.TriggerDesc", text);
  });
});

describe("CLS triggers", () => {
  const topic = "0f1e2d3c-0000-4000-8000-000000000001";
  const delivery = {
    ...orders,
    TopicId: topic,
    Namespace: "default",
    Qualifier: "$LATEST",
    Timeout: 30,
    MaxMsgNum: 50,
  };

  test("are made by the log service, and listed and deleted as any trigger of the function", async () => {
    const platform = await openWithFunction();
    await platform.call("cls", "CreateDeliverCloudFunction", delivery);
    const { Triggers } = await platform.call("scf", "ListTriggers", {
      ...orders,
      Filters: [{ Name: "Type", Values: ["cls"] }],
    });
    expect(Triggers).toMatchObject([{ Type: "cls", TriggerName: topic, Qualifier: "$LATEST", Enable: 1 }]);
    expect(JSON.parse(Triggers?.[0]?.TriggerDesc ?? "")).toEqual({
      effective: true,
      function_name: "orders",
      max_size: 50,
      max_wait: 30,
      name_space: "default",
      qualifier: "$LATEST",
      topic_id: topic,
    });
    await platform.call("scf", "DeleteTrigger", { ...orders, Type: "cls", TriggerName: topic });
    expect((await platform.call("scf", "ListTriggers", orders)).TotalCount).toBe(0);
  });

  test.each([
    ["no function", { FunctionName: "cart" }, "ResourceNotFound.Function", "default/cart"],
    ["no version", { Qualifier: "7" }, "ResourceNotFound.Qualifier", "version or alias 7"],
    ["no topic", { TopicId: "" }, "ResourceNotFound.TopicNotExist", "no log topic"],
    ["no time", { Timeout: 0 }, "InvalidParameter", "Timeout is a whole number"],
    ["too many logs", { MaxMsgNum: 10_001 }, "InvalidParameter", "1 to 10000"],
  ])("fail on %s", async (_name, changes, code, text) => {
    const platform = await openWithFunction();
    await expectRefusal(
      platform,
      "cls",
      "CreateDeliverCloudFunction",
      { ...delivery, ...changes },
      code,
      text,
    );
  });

  test("fail on a web function, on the same topic again, and past ten", async () => {
    const platform = open();
    await createFunction(platform, { ...web, FunctionName: "pages" });
    await createFunction(platform);
    const action = "CreateDeliverCloudFunction";
    await expectRefusal(
      platform,
      "cls",
      action,
      { ...delivery, FunctionName: "pages" },
      "InvalidParameter",
      "web function",
    );
    for (let index = 0; index < 10; index++) {
      await platform.call("cls", action, { ...delivery, TopicId: topic.replace(/.$/, String(index)) });
    }
    await expectRefusal(platform, "cls", action, delivery, "ResourceInUse.Trigger", "cls trigger");
    const eleventh = { ...delivery, TopicId: topic.replace(/.$/, "a") };
    await expectRefusal(platform, "cls", action, eleventh, "LimitExceeded.Trigger", "10 cls triggers");
  });

  test("fail to be made, changed or switched by the function service", async () => {
    const platform = await openWithFunction();
    const request = { ...orders, Type: "cls", TriggerName: topic };
    const type = "InvalidParameterValue.Type";
    await expectRefusal(platform, "scf", "CreateTrigger", request, type, "CreateDeliverCloudFunction");
    await expectRefusal(platform, "scf", "UpdateTrigger", request, type, "make it anew");
    await expectRefusal(
      platform,
      "scf",
      "UpdateTriggerStatus",
      { ...request, Enable: "CLOSE" },
      type,
      "not switched",
    );
  });
});

describe("MPS triggers", () => {
  const binding = {
    ...orders,
    ScfRegion: region,
    EventType: "WorkflowTask",
    Qualifier: "$LATEST",
    Namespace: "default",
  };

  test("are bound and unbound by Media Processing Service", async () => {
    const platform = await openWithFunction();
    await platform.call("mps", "BindTrigger", binding);
    expect((await platform.call("scf", "ListTriggers", orders)).Triggers).toMatchObject([
      {
        Type: "mps",
        TriggerName: "WorkflowTaskEvent",
        TriggerDesc: '{"eventType":"WorkflowTask"}',
        Enable: 1,
      },
    ]);
    await expectRefusal(platform, "mps", "BindTrigger", binding, "ResourceInUse.Trigger", "mps trigger");
    await platform.call("mps", "UnbindTrigger", binding);
    expect((await platform.call("scf", "ListTriggers", orders)).TotalCount).toBe(0);
    await expectRefusal(
      platform,
      "mps",
      "UnbindTrigger",
      binding,
      "ResourceNotFound.Trigger",
      "no mps trigger",
    );
  });

  test.each([
    ["another event", { EventType: "Upload" }, "InvalidParameterValue", "WorkflowTask, EditMediaTask"],
    [
      "another region",
      { ScfRegion: "ap-shanghai" },
      "InvalidParameterValue",
      "the call goes to ap-guangzhou",
    ],
    ["no function", { FunctionName: "cart" }, "ResourceNotFound.Function", "default/cart"],
    ["no version", { Qualifier: "7" }, "ResourceNotFound.Qualifier", "version or alias 7"],
  ])("fail on %s", async (_name, changes, code, text) => {
    const platform = await openWithFunction();
    await expectRefusal(platform, "mps", "BindTrigger", { ...binding, ...changes }, code, text);
  });

  test("fail on a web function", async () => {
    const platform = open();
    await createFunction(platform, web);
    await expectRefusal(
      platform,
      "mps",
      "BindTrigger",
      binding,
      "UnsupportedOperation.Trigger",
      "web function",
    );
  });
});

describe("API gateway triggers", () => {
  test("come back with the ids that the gateway made", async () => {
    const platform = await openWithFunction();
    await platform.call("scf", "CreateTrigger", gateway({ environment: "test" }));
    const [trigger] = (await platform.call("scf", "ListTriggers", orders)).Triggers ?? [];
    expect(trigger).toMatchObject({ Type: "apigw", TriggerName: "service-a1b2c3d4", Enable: 1 });
    expect(JSON.parse(trigger?.TriggerDesc ?? "")).toEqual({
      api: {
        apiId: expect.stringMatching(/^api-/),
        authRequired: "FALSE",
        requestConfig: { method: "GET", path: "/orders" },
        serviceTimeout: 15,
        protocol: "HTTPS",
        isIntegratedResponse: "FALSE",
        IsBase64Encoded: "FALSE",
      },
      service: { serviceId: "service-a1b2c3d4" },
      release: { environmentName: "test" },
    });
    await platform.call("scf", "DeleteTrigger", gateway({}));
    expect((await platform.call("scf", "ListTriggers", orders)).TotalCount).toBe(0);
  });

  test("of a basic gateway get a service of their own", async () => {
    const platform = await openWithFunction();
    await createFunction(platform, { FunctionName: "second" });
    const first = await platform.call("scf", "CreateTrigger", gateway(basicGateway));
    const second = await platform.call("scf", "CreateTrigger", {
      ...gateway(basicGateway),
      FunctionName: "second",
    });
    const names = [first, second].map((answer) => answer.TriggerInfo?.TriggerName);
    expect(names).toEqual([expect.stringMatching(/^service-/), expect.stringMatching(/^service-/)]);
    expect(names[0]).not.toBe(names[1]);
    const again = gateway(basicGateway);
    await expectRefusal(
      platform,
      "scf",
      "CreateTrigger",
      again,
      "ResourceInUse.Trigger",
      "basic gateway for GET /orders",
    );
  });

  test("fail on the same path and method, in another environment as well", async () => {
    const platform = await openWithFunction();
    await createFunction(platform, { FunctionName: "second" });
    await platform.call("scf", "CreateTrigger", gateway({}));
    for (const environment of ["release", "test"]) {
      const request = { ...gateway({ environment }), FunctionName: "second" };
      await expectRefusal(
        platform,
        "scf",
        "CreateTrigger",
        request,
        "FailedOperation.ApiGateway",
        "default/orders already",
      );
    }
    const other = gateway({ api: { requestConfig: { method: "ANY", path: "/orders" } } });
    await platform.call("scf", "CreateTrigger", { ...other, FunctionName: "second" });
  });

  const description = "InvalidParameterValue.TriggerDesc";
  const api = "InvalidParameterValue.ApiGateway";
  test.each([
    [
      "a method that is none",
      gateway({ api: { requestConfig: { method: "PATCH" } } }),
      description,
      "ANY, GET",
    ],
    [
      "a path without its slash",
      gateway({ api: { requestConfig: { path: "orders" } } }),
      description,
      "begins with /",
    ],
    [
      "an environment that is none",
      gateway({ environment: "production" }),
      description,
      "test, prepub, release",
    ],
    ["a protocol that is none", gateway({ api: { protocol: "FTP" } }), description, "HTTP, HTTPS, WS, WSS"],
    ["no service", { ...gateway({}), TriggerDesc: "{}" }, description, "serviceId"],
    ["half a second", gateway({ api: { serviceTimeout: 0.5 } }), description, "whole number"],
    [
      "another service's name",
      { ...gateway({}), TriggerName: "service-x" },
      "InvalidParameterValue.TriggerName",
      "named",
    ],
    ["16 s on a basic gateway", gateway({ ...basicGateway, api: { serviceTimeout: 16 } }), api, "not 16 s"],
    [
      "authentication on a basic gateway",
      gateway({ ...basicGateway, api: { authRequired: "TRUE" } }),
      api,
      "nobody",
    ],
    ["WebSocket on an event function", gateway({ api: { protocol: "WSS" } }), api, "HTTP or HTTPS"],
  ])("fail on %s", async (_name, request, code, text) => {
    const platform = await openWithFunction();
    await expectRefusal(platform, "scf", "CreateTrigger", request, code, text);
  });

  test("of a web function are in one service", async () => {
    const platform = open();
    await createFunction(platform, web);
    await platform.call("scf", "CreateTrigger", gateway({}));
    const path = { requestConfig: { method: "GET", path: "/returns" } };
    await platform.call("scf", "CreateTrigger", gateway({ api: path }));
    for (const other of [{ serviceId: "service-e5f6" }, basicGateway]) {
      await expectRefusal(platform, "scf", "CreateTrigger", gateway(other), api, "in one service");
    }
  });

  test("of a function with WebSocket take WS or WSS, and GET", async () => {
    const platform = open();
    await createFunction(platform, {
      ...web,
      Timeout: 60,
      ProtocolType: "WS",
      ProtocolParams: { WSParams: { IdleTimeOut: 15 } },
    });
    await expectRefusal(platform, "scf", "CreateTrigger", gateway({}), api, "WS or WSS");
    const post = gateway({ api: { protocol: "WSS", requestConfig: { method: "POST", path: "/" } } });
    await expectRefusal(platform, "scf", "CreateTrigger", post, api, "is GET");
    await platform.call("scf", "CreateTrigger", gateway({ api: { protocol: "WSS" } }));
  });

  test("fail to be changed or switched", async () => {
    const platform = await openWithFunction();
    await platform.call("scf", "CreateTrigger", gateway({}));
    const type = "InvalidParameterValue.Type";
    await expectRefusal(platform, "scf", "UpdateTrigger", gateway({}), type, "make it anew");
    const off = { ...gateway({}), Enable: "CLOSE" };
    await expectRefusal(platform, "scf", "UpdateTriggerStatus", off, type, "not switched");
  });
});
