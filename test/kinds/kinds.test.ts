import { kinds } from "../../lib/kinds";
import type { OperationContext } from "../../lib/kinds/kind";
import type { KindName } from "../../lib/model/resources";
import type { Properties } from "../../lib/model/value";
import {
  code,
  otherCode,
  world,
  functionProperties,
  vpc,
  fileSystem,
  image,
  imageProperties,
  onFunction,
  aFunction,
  aVersion,
  anAlias,
  aPolicy,
  onErrors,
  loadBalancer,
  layer4Listener,
  backendBinding,
  anApi,
  cases,
  kind,
  prepared,
  readable,
  type World,
} from "./cases";

const titled = cases.map(
  (example) => [example.kind + (example.of === undefined ? "" : `, ${example.of}`), example] as const,
);

describe.each(titled)("%s", (_, example) => {
  test("is not there before, is read back as it was wanted after, and is gone when deleted", async () => {
    const { context, wanted, kind: subject, recordedIds } = await prepared(example);
    expect(await subject.find(context, wanted)).toBeUndefined();
    const attributes = await subject.create(context, wanted);
    if (example.mintsId) expect(recordedIds).not.toEqual([]);
    const live = await subject.read(context, { properties: wanted, attributes });
    expect(live?.properties).toMatchObject(readable(example, wanted));
    expect(live?.attributes).toMatchObject(attributes);
    if (example.stays !== undefined) {
      const deletion = subject.delete(context, { properties: wanted, attributes });
      await expect(deletion).rejects.toMatchObject({ code: example.stays });
      return;
    }
    await subject.delete(context, { properties: wanted, attributes });
    const left = await subject.read(context, { properties: wanted, attributes });
    if (example.staysWhenDeleted) expect(left).toEqual(live);
    else expect(left).toBeUndefined();
    await subject.delete(context, { properties: wanted, attributes });
  });

  test("is found again without its ids, as after a run that was cut off", async () => {
    const { context, wanted, kind: subject } = await prepared(example);
    const attributes = await subject.create(context, wanted);
    const found = await subject.find(context, wanted);
    expect(found?.owner ?? context.owner).toBe(context.owner);
    for (const [name, value] of Object.entries(attributes)) {
      if (name !== "codeSha256") expect(found?.attributes[name]).toBe(value);
    }
  });

  const names = Object.keys(example.changes);
  if (names.length > 0) {
    test.each(names)("takes a change of `%s`, and of nothing else", async (name) => {
      const { context, wanted, kind: subject } = await prepared(example);
      const attributes = await subject.create(context, wanted);
      const before = await subject.read(context, { properties: wanted, attributes });
      const changed = { ...(wanted as Properties), [name]: example.changes[name] } as never;
      const after = {
        ...attributes,
        ...(await subject.update?.(context, changed, { properties: wanted, attributes }, new Set([name]))),
      };
      const live = await subject.read(context, { properties: changed, attributes: after });
      expect(live?.properties[name]).toEqual(example.changes[name]);
      const rest = (properties: Properties | undefined) => ({ ...properties, [name]: undefined });
      expect(rest(live?.properties)).toEqual(rest(before?.properties));
    });
  } else {
    test("has no property that can change in place", () => {
      const { schema, update } = kind(example.kind);
      expect(update).toBeUndefined();
      expect(
        Object.values(schema.metadata).every((property) => property.immutable || property.checkOnly),
      ).toBe(true);
    });
  }
});

test("every kind there is has a case here", () => {
  // Nothing makes a CMQ trigger any more: it has a test of its own.
  const tried = new Set<string>([...cases.map((example) => example.kind), "scf_cmq_trigger"]);
  expect([...tried].sort()).toEqual(Object.keys(kinds).sort());
});

test("every property of a kind that can be updated is immutable, or has a change here", () => {
  for (const name of Object.keys(kinds) as KindName[]) {
    if (name === "scf_cmq_trigger") continue;
    const { metadata } = kind(name).schema;
    const open = Object.keys(metadata).filter(
      (property) =>
        !metadata[property]?.immutable && !metadata[property]?.checkOnly && !metadata[property]?.unreadable,
    );
    const changes = cases
      .filter((example) => example.kind === name)
      .flatMap(({ changes }) => Object.keys(changes));
    const tried = new Set([...changes, "handler", "layers", "certificateId", "version"]);
    expect(open.filter((property) => !tried.has(property))).toEqual([]);
  }
});

test("a layer takes the version that is recorded away last: as long as it is there, the rest is not forgotten", async () => {
  const { context, platform } = world();
  const wanted = (description: string) => ({
    layerName: "deps",
    compatibleRuntimes: ["Nodejs16.13"],
    code: functionProperties["code"],
    description,
  });
  const layer = kind("scf_layer");
  let attributes: Properties = {};
  for (const text of ["one", "two", "three"])
    attributes = (await layer.create(context, wanted(text) as never)) as Properties;
  await layer.delete(context, { properties: wanted("three") as never, attributes: attributes as never });
  const deleted = platform.calls().filter(({ action }) => action === "DeleteLayerVersion");
  expect(deleted.map(({ resource }) => resource).sort()).toEqual(["deps/1", "deps/2", "deps/3"]);
  expect(deleted.at(-1)?.resource).toBe("deps/3");
});

describe("a function", () => {
  test("whose code was changed elsewhere shows the foreign hash", async () => {
    const { context, platform } = world();
    const attributes = await kind("scf_function").create(context, functionProperties as never);
    await platform.call("scf", "UpdateFunctionCode", {
      FunctionName: "orders",
      Handler: "index.main_handler",
      ZipFile: Buffer.from(otherCode.zip()).toString("base64"),
    });
    const live = await kind("scf_function").read(
      { ...context, packageOf: async () => undefined },
      { properties: functionProperties as never, attributes },
    );
    expect(live?.properties["code"]).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test("loses its last variable and its last layer", async () => {
    const { context } = world();
    const layer = { layerName: "deps", compatibleRuntimes: ["Nodejs16.13"], code: { asset: code.hash } };
    const { version } = await kind("scf_layer").create(context, layer as never);
    const { timeZone: _, ...plain } = functionProperties;
    const wanted = { ...plain, layers: [{ name: "deps", version }] } as never;
    const attributes = await kind("scf_function").create(context, wanted);
    const changed = { ...plain, environment: {}, layers: [] } as never;
    await kind("scf_function").update?.(
      context,
      changed,
      { properties: wanted, attributes },
      new Set(["environment", "layers"]),
    );
    const live = await kind("scf_function").read(context, { properties: changed, attributes });
    expect(live?.properties).toMatchObject({ environment: {}, layers: [] });
  });

  const everything = {
    ...functionProperties,
    vpc,
    fileSystems: [fileSystem],
    logTopic: { logsetId: "set-1", topicId: "topic-1" },
    deadLetterQueue: { type: "queue", name: "dead" },
    gpuNode: "GPU.1",
    dnsCache: true,
    fixedEgressIp: true,
  };
  const unset = [
    ...[
      "vpc",
      "fileSystems",
      "logTopic",
      "deadLetterQueue",
      "gpuNode",
      "dnsCache",
      "publicAccess",
      "fixedEgressIp",
    ],
    ...["instanceConcurrency", "statusTracking", "webSocket", "webSocketIdleTimeout"],
  ];

  test("shows no setting that nobody has made", async () => {
    const { context } = world();
    const attributes = await kind("scf_function").create(context, functionProperties as never);
    const live = await kind("scf_function").read(context, {
      properties: functionProperties as never,
      attributes,
    });
    for (const name of unset) expect(live?.properties[name] ?? []).toHaveLength(0);
  });

  test("loses whatever the program takes away, each with the API's own word for it", async () => {
    const { context } = world();
    const wanted = everything as never;
    const attributes = await kind("scf_function").create(context, wanted);
    const before = await kind("scf_function").read(context, { properties: wanted, attributes });
    expect(before?.properties).toMatchObject(everything);
    const changed = functionProperties as never;
    await kind("scf_function").update?.(context, changed, { properties: wanted, attributes }, new Set(unset));
    const live = await kind("scf_function").read(context, { properties: changed, attributes });
    for (const name of unset) expect(live?.properties[name] ?? []).toHaveLength(0);
  });

  test("shows a setting that somebody has made elsewhere, and one that somebody has taken away", async () => {
    const { context, platform } = world();
    const wanted = { ...functionProperties, dnsCache: true } as never;
    const attributes = await kind("scf_function").create(context, wanted);
    await platform.call("scf", "UpdateFunctionConfiguration", {
      FunctionName: "orders",
      DnsCache: "FALSE",
      PublicNetConfig: { PublicNetStatus: "DISABLE" },
    });
    const live = await kind("scf_function").read(context, { properties: wanted, attributes });
    expect(live?.properties).toMatchObject({ dnsCache: null, publicAccess: false });
  });

  test.each([
    ["of code", functionProperties],
    ["of an image", imageProperties],
  ])("%s is read though its code is not known, as after a run that was cut off", async (_, wanted) => {
    const { context } = world();
    await kind("scf_function").create(context, wanted as never);
    const { code: _code, ...known } = wanted;
    const live = await kind("scf_function").read(context, { properties: known as never, attributes: {} });
    expect(live?.properties).toMatchObject({ functionName: wanted.functionName });
  });

  test("keeps what the program says of the platform's own values", async () => {
    const { context } = world();
    const plain = { dnsCache: false, publicAccess: true, fixedEgressIp: false, statusTracking: false };
    const wanted = { ...functionProperties, ...plain } as never;
    const attributes = await kind("scf_function").create(context, wanted);
    const live = await kind("scf_function").read(context, { properties: wanted, attributes });
    expect(live?.properties).toMatchObject(plain);
  });

  test("of an image has a new content hash with a new image", () => {
    const derive = (code: object) =>
      kind("scf_function").derive?.({ ...imageProperties, code } as never, { uin: "", region: "" })[
        "contentHash"
      ];
    expect(derive({ ...image, command: "-u app.py" })).not.toBe(derive(image));
  });

  test("gets a new content hash from frozen properties only", () => {
    const derive = (changed: object) =>
      kind("scf_function").derive?.({ ...functionProperties, ...changed } as never, { uin: "", region: "" })[
        "contentHash"
      ];
    const before = derive({});
    expect(before).toBe("0236afd22534a8cf356b665fa23517058671c5ba94471bcd94b7536eecc1bca6");
    for (const changed of [
      { memory: 512 },
      { code: { asset: otherCode.hash } },
      { environment: { TABLE: "x" } },
      { role: "run" },
      { dnsCache: true },
      { vpc },
      { deadLetterQueue: { type: "queue", name: "dead" } },
    ]) {
      expect(derive(changed)).not.toBe(before);
    }
    for (const changed of [
      { tags: {} },
      { description: "x" },
      { layers: [] },
      { role: "" },
      { statusTracking: true },
    ]) {
      expect(derive(changed)).toBe(before);
    }
  });
});

describe("asynchronous invocation", () => {
  const wanted = { ...onFunction, retryAttempts: 2, maximumEventAge: 21_600 } as never;

  test("that is wanted as the platform has it by itself is there once it is made", async () => {
    const { context } = world();
    await kind("scf_function").create(context, functionProperties as never);
    await kind("scf_async_invocation").create(context, wanted);
    const live = await kind("scf_async_invocation").read(context, { properties: wanted, attributes: {} });
    expect(live?.properties).toMatchObject({ retryAttempts: 2, maximumEventAge: 21_600 });
  });

  test("of asynchronous execution goes back to no further attempts", async () => {
    const { context, platform } = world();
    await kind("scf_function").create(context, imageProperties as never);
    const settings = {
      namespace: "default",
      functionName: "resize",
      retryAttempts: 0,
      maximumEventAge: 60,
    } as never;
    await kind("scf_async_invocation").create(context, settings);
    await kind("scf_async_invocation").delete(context, { properties: settings, attributes: {} });
    const found = await platform.call("scf", "GetFunctionEventInvokeConfig", { FunctionName: "resize" });
    expect(found.AsyncTriggerConfig).toEqual({ RetryConfig: [{ RetryNum: 0 }], MsgTTL: 21_600 });
  });

  test("goes with its function", async () => {
    const { context } = world();
    const settings = { ...onFunction, retryAttempts: 1, maximumEventAge: 60 } as never;
    await kind("scf_async_invocation").delete(context, { properties: settings, attributes: {} });
    expect(
      await kind("scf_async_invocation").read(context, { properties: settings, attributes: {} }),
    ).toBeUndefined();
  });
});

test("a test event is changed through another function as well", async () => {
  const { context, platform } = world();
  await kind("scf_function").create(context, functionProperties as never);
  const wanted = { ...onFunction, name: "order", event: "1" } as never;
  await kind("scf_test_event").create(context, wanted);
  await kind("scf_function").create(context, { ...functionProperties, functionName: "stock" } as never);
  const changed = { ...onFunction, functionName: "stock", name: "order", event: "1" } as never;
  const recorded = { properties: wanted, attributes: {} };
  await kind("scf_test_event").update?.(context, changed, recorded, new Set(["functionName"]));
  await platform.call("scf", "DeleteFunction", { FunctionName: "orders" });
  expect(await kind("scf_test_event").read(context, { properties: changed, attributes: {} })).toBeDefined();
});

test("a layer takes the versions that it has replaced along when it goes", async () => {
  const { context, platform } = world();
  const wanted = (asset: string) =>
    ({ layerName: "deps", compatibleRuntimes: ["Nodejs16.13"], code: { asset } }) as never;
  await kind("scf_layer").create(context, wanted(code.hash));
  const next = { ...context, owner: context.owner.replace("g1", "g2") };
  const attributes = await kind("scf_layer").create(next, wanted(otherCode.hash));
  await kind("scf_layer").delete(next, { properties: wanted(otherCode.hash), attributes });
  expect((await platform.call("scf", "ListLayers", {})).Layers).toEqual([]);
});

describe("a policy attachment of a user", () => {
  test("finds the user by account id as well as by name", async () => {
    const made = world();
    await kind("cam_policy").create(made.context, aPolicy.properties as never);
    const { Uin } = await made.platform.call("cam", "AddUser", { Name: "alice" });
    const wanted = { uin: String(Uin), policyName: "ops" } as never;
    const attributes = await kind("cam_user_policy_attachment").create(made.context, wanted);
    const live = await kind("cam_user_policy_attachment").read(made.context, {
      properties: wanted,
      attributes,
    });
    expect(live?.properties).toEqual({ uin: String(Uin), policyName: "ops" });
    const byName = { userName: "alice", policyName: "ops" } as never;
    expect(await kind("cam_user_policy_attachment").find(made.context, byName)).toBeDefined();
  });

  test("fails for a user who does not exist, and has nothing to delete once the user is gone", async () => {
    const made = world();
    const properties = { userName: "nobody", policyName: "QcloudSCFReadOnlyAccess" } as never;
    const subject = kind("cam_user_policy_attachment");
    await expect(subject.create(made.context, properties)).rejects.toMatchObject({
      code: "USER_MISSING",
      message: expect.stringContaining("nobody"),
    });
    await subject.delete(made.context, { properties, attributes: {} });
  });
});

describe("an alarm policy", () => {
  const wanted = {
    policyName: "orders-errors",
    targetType: "alias",
    target: { ...onFunction, qualifier: "live" },
    conditions: [onErrors],
    match: "any",
    enabled: true,
  } as never;
  const prepare = async () => {
    const made = world();
    for (const need of [aFunction, aVersion, anAlias]) {
      await kind(need.kind).create(made.context, need.properties as never);
    }
    return made;
  };

  test("that was cut off before it watched anything is found without a target, and given one", async () => {
    const { context, platform } = await prepare();
    const attributes = await kind("monitor_alarm_policy").create(context, wanted);
    const list = { Module: "monitor", GroupId: 0, PolicyId: String(attributes["policyId"]) };
    const bound = await platform.call("monitor", "DescribeBindingPolicyObjectList", list);
    const UniqueId = (bound.List ?? []).map((object) => object.UniqueId ?? "");
    await platform.call("monitor", "UnBindingPolicyObject", { ...list, UniqueId });
    const subject = kind("monitor_alarm_policy");
    expect((await subject.find(context, wanted))?.properties["target"]).toEqual({});
    await subject.update?.(context, wanted, { properties: wanted, attributes }, new Set(["target"]));
    expect((await subject.find(context, wanted))?.properties["target"]).toEqual({
      ...onFunction,
      qualifier: "live",
    });
  });

  test("of another owner with the same name does not hide this resource's own", async () => {
    const { context } = await prepare();
    const subject = kind("monitor_alarm_policy");
    await subject.create({ ...context, owner: "somebodyelseg1" }, wanted);
    const own = await subject.create(context, wanted);
    expect((await subject.find(context, wanted))?.attributes).toEqual(own);
  });
});

describe("triggers", () => {
  const cosTrigger = (prefix: string) =>
    ({
      ...onFunction,
      qualifier: "$LATEST",
      bucket: "uploads-1250000000",
      bucketRegion: "ap-guangzhou",
      event: "cos:ObjectCreated:Put",
      prefix,
      enabled: true,
    }) as never;

  async function withFunction(): Promise<World> {
    const made = world();
    await kind("scf_function").create(made.context, functionProperties as never);
    return made;
  }

  test("of one bucket are told apart by their filters", async () => {
    const { context } = await withFunction();
    const subject = kind("scf_cos_trigger");
    for (const prefix of ["a/", "b/"]) await subject.create(context, cosTrigger(prefix));
    await subject.delete(context, { properties: cosTrigger("a/"), attributes: {} });
    expect(await subject.find(context, cosTrigger("a/"))).toBeUndefined();
    expect((await subject.find(context, cosTrigger("b/")))?.properties).toMatchObject({ prefix: "b/" });
  });

  test("of a basic gateway have a service that the platform made", async () => {
    const { context, recordedIds } = await withFunction();
    const subject = kind("scf_api_gateway_trigger");
    const attributes = await subject.create(context, anApi as never);
    expect(attributes).toEqual({
      gatewayServiceId: expect.stringMatching(/^service-/),
      apiId: expect.stringMatching(/^api-/),
    });
    expect(recordedIds).toEqual([attributes]);
    const live = await subject.find(context, anApi as never);
    expect(live).toMatchObject({ properties: anApi, attributes });
    expect(live?.properties).not.toHaveProperty("serviceId");
    await subject.delete(context, { properties: anApi as never, attributes });
    expect(await subject.find(context, anApi as never)).toBeUndefined();
  });

  test("of CKafka do not show the consumer group that nobody asked for", async () => {
    const { context, platform } = await withFunction();
    await platform.call("scf", "CreateTrigger", {
      FunctionName: "orders",
      Type: "ckafka",
      TriggerName: "ckafka-a1-orders",
      TriggerDesc: JSON.stringify({ offset: "latest", consumerGroupName: "made-by-the-platform" }),
    });
    const known = { ...onFunction, qualifier: "$LATEST", instanceId: "ckafka-a1", topic: "orders" };
    const live = await kind("scf_ckafka_trigger").find(context, known as never);
    expect(live?.properties).not.toHaveProperty("consumerGroup");
  });

  test("of CMQ fail to be made, without asking the platform", async () => {
    const { context, platform } = await withFunction();
    const wanted = { ...onFunction, qualifier: "$LATEST", topic: "orders" } as never;
    const subject = kind("scf_cmq_trigger");
    expect(await subject.find(context, wanted)).toBeUndefined();
    platform.resetCalls();
    await expect(subject.create(context, wanted)).rejects.toMatchObject({
      code: "CMQ_DISCONTINUED",
      message: expect.stringContaining("discontinued since June 2022"),
      fix: expect.stringContaining("CKafka"),
    });
    expect(platform.calls()).toEqual([]);
  });

  test("fail to go from a standard gateway to a basic one, and go the other way", () => {
    const forbids = kind("scf_api_gateway_trigger").forbids as unknown as (a: object, b: object) => unknown;
    const standard = { ...anApi, serviceId: "service-a1b2c3d4" };
    expect(forbids(anApi, standard)).toMatchObject({
      code: "GATEWAY_KIND",
      message: expect.stringContaining("service-a1b2c3d4"),
    });
    expect(forbids(standard, anApi)).toBeUndefined();
    expect(forbids(standard, { ...standard, path: "/" })).toBeUndefined();
  });
});

describe("provisioned concurrency", () => {
  const settings = (provisioning: Properties) => ({ ...onFunction, qualifier: "1", provisioning }) as never;
  const subject = kind("scf_provisioned_concurrency");

  async function withVersion(): Promise<World> {
    const made = world();
    for (const need of [aFunction, aVersion]) {
      await kind(need.kind).create(made.context, need.properties as never);
    }
    return made;
  }

  test("that is dynamic is sent whole, and nothing of it is read back", async () => {
    const { context, platform } = await withVersion();
    const put = jest.spyOn(platform, "call");
    const wanted = settings({ type: "dynamic", minimum: 2, maximum: 50, utilization: 0.8 });
    await subject.create(context, wanted);
    expect(put).toHaveBeenCalledWith("scf", "PutProvisionedConcurrencyConfig", {
      FunctionName: "orders",
      Namespace: "default",
      Qualifier: "1",
      ProvisionedType: "ConcurrencyUtilizationTracking",
      VersionProvisionedConcurrencyNum: 0,
      MinCapacity: 2,
      MaxCapacity: 50,
      TrackingTarget: 0.8,
    });
    const live = await subject.read(context, { properties: wanted, attributes: {} });
    expect(live?.properties).toEqual({ ...onFunction, qualifier: "1" });
  });

  test("becomes dynamic, and static again, in place", async () => {
    const { context } = await withVersion();
    const first = settings({ type: "static", instances: 10 });
    const second = settings({ type: "dynamic", minimum: 2, maximum: 50, utilization: 0.8 });
    const changed = new Set(["provisioning"]);
    await subject.create(context, first);
    await subject.update?.(context, second, { properties: first, attributes: {} }, changed);
    await subject.update?.(context, first, { properties: second, attributes: {} }, changed);
    const live = await subject.read(context, { properties: first, attributes: {} });
    expect(live?.properties["provisioning"]).toEqual({ type: "static", instances: 10 });
  });

  test("counts the number that a scheduled action has set as no change, and any other as one", async () => {
    const { context } = await withVersion();
    const actions = [
      { name: "open", cron: "0 0 8 * * * *", instances: 100 },
      { name: "close", cron: "0 0 20 * * * *", instances: 0 },
    ];
    const wanted = settings({ type: "static", instances: 5, actions });
    const elsewhere = (instances: number) =>
      subject.update?.(
        context,
        settings({ type: "static", instances, actions }),
        { properties: wanted, attributes: {} },
        new Set(["provisioning"]),
      );
    const live = async () =>
      (await subject.read(context, { properties: wanted, attributes: {} }))?.properties["provisioning"];
    await subject.create(context, wanted);
    await elsewhere(100);
    expect(await live()).toMatchObject({ instances: 5 });
    await elsewhere(70);
    expect(await live()).toMatchObject({ instances: 70 });
  });

  test("that an interrupted create has left is there, whatever it was set to", async () => {
    const { context } = await withVersion();
    await subject.create(context, settings({ type: "dynamic", minimum: 1, maximum: 5, utilization: 0.5 }));
    const left = { ...onFunction, qualifier: "1" };
    const live = await subject.read(context, { properties: left as never, attributes: {} });
    expect(live?.properties).toEqual(left);
  });

  test("fails with the platform's reason when instances do not start, and shows how many have", async () => {
    const { context } = await withVersion();
    const state = {
      Qualifier: "1",
      Status: "Failed",
      StatusReason: "no room",
      AllocatedProvisionedConcurrencyNum: 10,
      AvailableProvisionedConcurrencyNum: 4,
    };
    const failing: OperationContext = {
      ...context,
      call: (async (service: string, action: string, request: never) =>
        action === "GetProvisionedConcurrencyConfig"
          ? { Allocated: [state] }
          : context.call(service as "scf", action as "GetAccount", request)) as OperationContext["call"],
    };
    await expect(subject.create(failing, settings({ type: "static", instances: 10 }))).rejects.toMatchObject({
      code: "PROVISIONING_FAILED",
      message: expect.stringContaining("default/orders:1 could not all be started: no room"),
    });
    const wanted = settings({ type: "static", instances: 10 });
    const live = await subject.read(failing, { properties: wanted, attributes: {} });
    expect(live?.properties["provisioning"]).toEqual({ type: "static", instances: 4 });
  });
});

test("a namespace is created in the cluster that hosts it", async () => {
  const { context, platform } = world();
  const create = jest.spyOn(platform, "call");
  await kind("scf_namespace").create(context, {
    name: "sale",
    hosting: {
      clusterId: "cls-1",
      subnetId: "subnet-1",
      clusterNamespace: "functions",
      port: 30_000,
      dataPath: "/data/scf",
      nodeSelector: { pool: "functions" },
      tolerations: [
        { key: "pool", operator: "Equal", value: "functions", effect: "NoSchedule" },
        { operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 },
      ],
    },
  } as never);
  expect(create).toHaveBeenCalledWith("scf", "CreateNamespace", {
    Namespace: "sale",
    Description: `cdktfscf ${context.owner}`,
    ResourceEnv: {
      TKE: {
        ClusterID: "cls-1",
        SubnetID: "subnet-1",
        Namespace: "functions",
        Port: 30_000,
        DataPath: "/data/scf",
        NodeSelector: [{ Key: "pool", Value: "functions" }],
        Tolerations: [
          { Key: "pool", Operator: "Equal", Value: "functions", Effect: "NoSchedule" },
          { Operator: "Exists", Effect: "NoExecute", TolerationSeconds: 60 },
        ],
      },
    },
  });
});

describe("a cross-region binding", () => {
  test("of version 2.0 is turned off again", async () => {
    const made = world();
    const subject = kind("clb_cross_region");
    const wanted = { loadBalancerId: await loadBalancer(made), version: "2.0" } as never;
    await subject.create(made.context, wanted);
    expect(await subject.read(made.context, { properties: wanted, attributes: {} })).toMatchObject({
      properties: { version: "2.0" },
    });
    await subject.delete(made.context, { properties: wanted, attributes: {} });
    expect(await subject.find(made.context, wanted)).toBeUndefined();
    await subject.delete(made.context, { properties: wanted, attributes: {} });
  });

  test("of version 1.0 fails to go back home, and says how to leave it", async () => {
    const made = world();
    const subject = kind("clb_cross_region");
    const away = {
      loadBalancerId: await loadBalancer(made),
      version: "1.0",
      region: "ap-shanghai",
      vpcId: "vpc-1",
    };
    await subject.create(made.context, away as never);
    const home = { ...away, region: "ap-guangzhou" };
    await expect(
      subject.update?.(
        made.context,
        home as never,
        { properties: away as never, attributes: {} },
        new Set(["region"]),
      ),
    ).rejects.toMatchObject({
      code: "CROSS_REGION_STAYS",
      fix: expect.stringContaining("another load balancer"),
    });
  });

  test("of version 1.0 is gone with its load balancer", async () => {
    const made = world();
    const subject = kind("clb_cross_region");
    const loadBalancerId = await loadBalancer(made);
    const wanted = { loadBalancerId, version: "1.0", region: "ap-shanghai", vpcId: "vpc-1" } as never;
    await subject.create(made.context, wanted);
    await made.platform.call("clb", "DeleteLoadBalancer", { LoadBalancerIds: [loadBalancerId] });
    expect(await subject.read(made.context, { properties: wanted, attributes: {} })).toBeUndefined();
    await subject.delete(made.context, { properties: wanted, attributes: {} });
  });
});

describe("back-ends", () => {
  async function bound() {
    const made = world();
    const wanted = await backendBinding(made);
    const subject = kind("clb_backend_binding");
    await subject.create(made.context, wanted as never);
    const { loadBalancerId, listenerId, locationId } = wanted as Record<string, string>;
    const place = {
      LoadBalancerId: loadBalancerId ?? "",
      ListenerId: listenerId ?? "",
      LocationId: locationId ?? "",
    };
    const read = () => subject.read(made.context, { properties: wanted as never, attributes: {} });
    return { ...made, wanted, subject, place, read };
  }

  test("that somebody has added or weighed by hand are seen, and put right by an update", async () => {
    const { platform, context, place, read, subject, wanted } = await bound();
    const stranger = { InstanceId: "ins-stranger", Port: 80 };
    await platform.call("clb", "RegisterTargets", { ...place, Targets: [stranger] });
    const weighed = { InstanceId: "ins-10", Port: 80, Weight: 99 };
    await platform.call("clb", "ModifyTargetWeight", { ...place, Targets: [weighed] });
    expect((await read())?.properties["backends"]).toEqual(
      expect.arrayContaining([
        { instanceId: "ins-stranger", port: 80, weight: 10 },
        { instanceId: "ins-10", port: 80, weight: 99 },
      ]),
    );
    const recorded = { properties: wanted as never, attributes: {} };
    await subject.update?.(context, wanted as never, recorded, new Set(["backends"]));
    expect((await read())?.properties["backends"]).toEqual(wanted["backends"]);
  });

  test("are called by what they were bound with, though the platform tells instance and addresses of each", async () => {
    const { context, subject, wanted } = await bound();
    const port = { Port: 80, Weight: 5 };
    const answered = [
      { Type: "CVM", InstanceId: "ins-10", PrivateIpAddresses: ["10.0.0.7"], ...port },
      {
        Type: "ENI",
        InstanceId: "ins-11",
        EniId: "eni-1",
        PrivateIpAddresses: ["10.0.0.7"],
        Port: 81,
        Weight: 5,
      },
      { Type: "CCN", PrivateIpAddresses: ["10.0.0.8"], ...port },
    ];
    const answers = {
      Listeners: [
        {
          ListenerId: wanted["listenerId"],
          Rules: [{ LocationId: wanted["locationId"], Targets: answered }],
        },
      ],
    };
    const read = async (backends: object[]) => {
      const stubbed = { ...context, call: async () => answers } as unknown as OperationContext;
      const properties = { ...wanted, backends } as never;
      return (await subject.read(stubbed, { properties, attributes: {} }))?.properties["backends"];
    };
    expect(
      await read([
        { instanceId: "ins-10", port: 80 },
        { address: "10.0.0.7", port: 81 },
      ]),
    ).toEqual([
      { address: "10.0.0.7", port: 81, weight: 5 },
      { address: "10.0.0.8", port: 80, weight: 5 },
      { instanceId: "ins-10", port: 80, weight: 5 },
    ]);
    expect(await read([{ address: "10.0.0.7", port: 80 }])).toContainEqual({
      address: "10.0.0.7",
      port: 80,
      weight: 5,
    });
  });

  test("whose create was cut off half way are found, and completed", async () => {
    const { platform, context, place, read, subject, wanted } = await bound();
    const some = [{ InstanceId: "ins-20", Port: 80 }];
    await platform.call("clb", "DeregisterTargets", { ...place, Targets: some });
    expect((await subject.find(context, wanted as never))?.properties["backends"]).toHaveLength(24);
    await subject.create(context, wanted as never);
    expect((await read())?.properties["backends"]).toEqual(wanted["backends"]);
  });

  test("of others stay when the binding goes", async () => {
    const { platform, context, place, read, subject, wanted } = await bound();
    const stranger = { InstanceId: "ins-stranger", Port: 80 };
    await platform.call("clb", "RegisterTargets", { ...place, Targets: [stranger] });
    await subject.delete(context, { properties: wanted as never, attributes: {} });
    expect((await read())?.properties["backends"]).toEqual([
      { instanceId: "ins-stranger", port: 80, weight: 10 },
    ]);
  });

  test("go with their listener", async () => {
    const { platform, context, place, subject, wanted } = await bound();
    const { LocationId: _, ...listener } = place;
    await platform.call("clb", "DeleteListener", listener);
    await subject.delete(context, { properties: wanted as never, attributes: {} });
  });
});

test("an HTTPS listener with SNI takes a certificate for each domain, and another one later", async () => {
  const made = world();
  const https = {
    loadBalancerId: await loadBalancer(made),
    name: "https",
    protocol: "HTTPS",
    port: 443,
    serverNameIndication: true,
  };
  const { listenerId } = await kind("clb_listener").create(made.context, https as never);
  const wanted = {
    loadBalancerId: https.loadBalancerId,
    listenerId: String(listenerId),
    domain: "www.example.com",
    path: "/",
    certificateId: "cert-1",
  };
  const subject = kind("clb_rule");
  const attributes = await subject.create(made.context, wanted as never);
  const changed = { ...wanted, certificateId: "cert-2" };
  await subject.update?.(
    made.context,
    changed as never,
    { properties: wanted as never, attributes },
    new Set(["certificateId"]),
  );
  const live = await subject.read(made.context, { properties: changed as never, attributes });
  expect(live?.properties).toEqual(changed);
});

test("a setting that is no longer asked for goes back to what the platform does by itself", async () => {
  const made = world();
  const plain = await layer4Listener(made);
  const { healthCheck: _, ...bare } = plain;
  const asked = { ...plain, scheduler: "LEAST_CONN", sessionExpireSeconds: 60 };
  const subject = kind("clb_listener");
  const attributes = await subject.create(made.context, asked as never);
  const changed = new Set(["scheduler", "sessionExpireSeconds", "healthCheck"]);
  await subject.update?.(made.context, bare as never, { properties: asked as never, attributes }, changed);
  const live = await subject.read(made.context, { properties: asked as never, attributes });
  expect(live?.properties).toMatchObject({
    scheduler: "WRR",
    sessionExpireSeconds: 0,
    healthCheck: { intervalSeconds: 5 },
  });
  const again = await subject.read(made.context, { properties: bare as never, attributes });
  expect(again?.properties).not.toHaveProperty("scheduler");
  expect(again?.properties).not.toHaveProperty("healthCheck");
});
