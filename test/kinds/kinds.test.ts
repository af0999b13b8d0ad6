import { CodePackage, packageText } from "../../lib/assets";
import { kinds } from "../../lib/kinds";
import type { Kind, OperationContext } from "../../lib/kinds/kind";
import type { KindName } from "../../lib/model/resources";
import type { Properties } from "../../lib/model/value";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";

const code = packageText("index.js", "exports.main_handler = async () => 1;\n");
const otherCode = packageText("index.js", "exports.main_handler = async () => 2;\n");

function webPackage(text: string): CodePackage {
  const script = "#!/bin/bash\n/var/lang/node16/bin/node app.js\n";
  return new CodePackage([
    { path: "app.js", content: Buffer.from(text), bytes: text.length, executable: false },
    { path: "scf_bootstrap", content: Buffer.from(script), bytes: script.length, executable: true },
  ]);
}
const webCode = webPackage("1");
const otherWebCode = webPackage("2");

/** A kind with its types taken off, as the reconciler sees it. */
type AnyKind = Kind;

interface World {
  readonly platform: LocalPlatform;
  readonly context: OperationContext;
  readonly recordedIds: Properties[];
}

function world(): World {
  const platform = openLocalPlatform({ path: ":memory:", region: "ap-guangzhou" });
  const recordedIds: Properties[] = [];
  const context: OperationContext = {
    region: "ap-guangzhou",
    uin: "",
    owner: "0123abcdfeedg1",
    signal: new AbortController().signal,
    call: (service, action, request) => platform.call(service, action, request),
    async waitFor(what, poll) {
      for (let attempt = 0; attempt < 100; attempt++) {
        const value = await poll();
        if (value !== undefined) return value;
      }
      throw new Error(`gave up waiting for ${what}`);
    },
    async record(attributes) {
      recordedIds.push(attributes);
    },
    async asset(hash) {
      return (
        [code, otherCode, webCode, otherWebCode].find((candidate) => candidate.hash === hash)?.zip() ??
        Buffer.alloc(0)
      );
    },
  };
  return { platform, context, recordedIds };
}

const functionProperties = {
  namespace: "default",
  functionName: "orders",
  type: "Event",
  description: "Takes orders.",
  runtime: "Nodejs16.13",
  handler: "index.main_handler",
  code: { asset: code.hash },
  memory: 256,
  timeout: 10,
  initTimeout: 60,
  environment: { TABLE: "orders" },
  timeZone: "Asia/Shanghai",
  asyncExecution: false,
  tags: { team: "shop" },
};
const vpc = { vpcId: "vpc-1", subnetId: "subnet-1" };
const fileSystem = {
  fileSystemId: "cfs-1",
  mountTargetId: "cfs-1-a",
  localDirectory: "/mnt/orders",
  remoteDirectory: "/",
  userId: 10_000,
  groupId: 10_000,
};
const webProperties = {
  namespace: "default",
  functionName: "site",
  type: "HTTP",
  runtime: "Nodejs16.13",
  code: { asset: webCode.hash },
  memory: 256,
  timeout: 900,
  initTimeout: 60,
  asyncExecution: false,
  webSocket: true,
  webSocketIdleTimeout: 60,
};
const image = { image: "registry.example.com/team/resize:1", registry: "personal" };
const imageProperties = {
  namespace: "default",
  functionName: "resize",
  type: "Event",
  runtime: "CustomImage",
  code: image,
  memory: 128,
  timeout: 3,
  initTimeout: 90,
  asyncExecution: true,
  statusTracking: true,
};
const onFunction = { namespace: "default", functionName: "orders" };

interface Case {
  readonly kind: KindName;
  /** Tells cases of one kind apart. */
  readonly of?: string;
  /** What has to be there before, in order. */
  readonly needs: readonly Made[];
  readonly wanted: (world: World) => Promise<Properties>;
  /** One changed property each, for kinds that can be updated. */
  readonly changes: Properties;
  /** Whether the platform gives it an id that has to be recorded at once. */
  readonly mintsId: boolean;
  /** Error code with which it refuses to be deleted, where the platform does not take it back. */
  readonly stays?: string;
  /** Whether the platform has no call that takes it away. */
  readonly staysWhenDeleted?: boolean;
}
interface Made {
  readonly kind: KindName;
  readonly properties: Properties;
}

const aFunction: Made = { kind: "scf_function", properties: functionProperties };
const aVersion: Made = { kind: "scf_version", properties: { ...onFunction, content: "a".repeat(64) } };
const secondVersion: Made = { kind: "scf_version", properties: { ...onFunction, content: "b".repeat(64) } };
const anAlias: Made = { kind: "scf_alias", properties: { ...onFunction, name: "live", version: "1" } };
const aRole: Made = {
  kind: "cam_role",
  properties: { roleName: "run", trustedServices: ["scf.qcloud.com"] },
};
const statement = [{ effect: "allow", action: ["scf:InvokeFunction"], resource: ["*"] }];
const aPolicy: Made = { kind: "cam_policy", properties: { policyName: "ops", version: "2.0", statement } };

async function user({ platform }: World): Promise<Properties> {
  const { Name } = await platform.call("cam", "AddUser", { Name: "alice" });
  return { userName: Name ?? "", policyName: "ops" };
}
async function group({ platform }: World): Promise<Properties> {
  const { GroupId } = await platform.call("cam", "CreateGroup", { GroupName: "operators" });
  return { groupId: GroupId ?? 0, policyName: "ops" };
}
const onErrors = {
  metric: "error",
  comparison: ">",
  threshold: 5,
  periodMinutes: 1,
  occurrences: 1,
  repeatSeconds: 3600,
};

async function loadBalancer({ platform }: World): Promise<string> {
  const known = await platform.call("clb", "DescribeLoadBalancers", {});
  const id = known.LoadBalancerSet?.[0]?.LoadBalancerId;
  if (id) return id;
  const made = await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" });
  return made.LoadBalancerIds?.[0] ?? "";
}
async function listener(made: World): Promise<Properties> {
  return { loadBalancerId: await loadBalancer(made), name: "http", protocol: "HTTP", port: 80 };
}
async function rule(made: World): Promise<Properties> {
  const wanted = await listener(made);
  const { listenerId } = await kind("clb_listener").create(made.context, wanted as never);
  return {
    loadBalancerId: wanted["loadBalancerId"] ?? "",
    listenerId: String(listenerId),
    domain: "www.example.com",
    path: "/orders",
  };
}
async function layer4Listener(made: World): Promise<Properties> {
  const loadBalancerId = await loadBalancer(made);
  return { loadBalancerId, name: "game", protocol: "TCP", port: 7000, healthCheck: { intervalSeconds: 7 } };
}
/** More than one call takes, by instance and by address. */
const backends = [
  { address: "10.0.0.7", port: 80, weight: 10 },
  ...Array.from({ length: 24 }, (_, index) => ({ instanceId: `ins-${10 + index}`, port: 80, weight: 5 })),
];
async function backendBinding(made: World): Promise<Properties> {
  const wanted = await rule(made);
  const { locationId } = await kind("clb_rule").create(made.context, wanted as never);
  const { loadBalancerId, listenerId } = wanted;
  return {
    loadBalancerId: loadBalancerId ?? "",
    listenerId: listenerId ?? "",
    locationId: String(locationId),
    backends,
  };
}
async function binding(made: World): Promise<Properties> {
  const wanted = await rule(made);
  const { locationId } = await kind("clb_rule").create(made.context, wanted as never);
  const { loadBalancerId, listenerId } = wanted;
  return {
    loadBalancerId: loadBalancerId ?? "",
    listenerId: listenerId ?? "",
    locationId: String(locationId),
    ...onFunction,
    qualifier: "live",
    qualifierType: "alias",
    weight: 20,
  };
}

/** An API of a basic gateway. */
const anApi = {
  ...onFunction,
  qualifier: "$LATEST",
  path: "/orders",
  method: "POST",
  environment: "prepub",
  protocol: "HTTP",
  backendTimeout: 15,
  integratedResponse: true,
  authentication: false,
};

const cases: readonly Case[] = [
  {
    kind: "scf_function",
    of: "an event function",
    needs: [aRole],
    wanted: async () => ({ ...functionProperties, vpc }),
    changes: {
      description: "Takes all orders.",
      code: { asset: otherCode.hash },
      memory: 512,
      timeout: 20,
      initTimeout: 90,
      environment: { TABLE: "all-orders", EXTRA: "1" },
      timeZone: "UTC",
      role: "run",
      tags: { owner: "orders" },
      gpuNode: "GPU.1",
      dnsCache: true,
      publicAccess: false,
      fixedEgressIp: true,
      vpc: { vpcId: "vpc-2", subnetId: "subnet-2" },
      fileSystems: [
        fileSystem,
        { ...fileSystem, localDirectory: "/mnt/stock", remoteDirectory: "/stock", userId: 0, groupId: 7 },
      ],
      logTopic: { logsetId: "set-1", topicId: "topic-1" },
      deadLetterQueue: { type: "topic", name: "dead", filterType: "1" },
    },
    mintsId: false,
  },
  {
    kind: "scf_function",
    of: "a web function",
    needs: [],
    wanted: async () => webProperties,
    changes: {
      code: { asset: otherWebCode.hash },
      timeout: 60,
      webSocketIdleTimeout: 900,
      instanceConcurrency: 10,
      gpuNode: "GPU.1",
    },
    mintsId: false,
  },
  {
    kind: "scf_function",
    of: "a web function with instances that answer several requests",
    needs: [],
    wanted: async () => ({ ...webProperties, instanceConcurrency: 10, gpuNode: "GPU.1" }),
    changes: { instanceConcurrency: "dynamic", gpuNode: "GPU.2" },
    mintsId: false,
  },
  {
    kind: "scf_function",
    of: "a function from an image",
    needs: [],
    wanted: async () => imageProperties,
    changes: {
      code: {
        image: "registry.example.com/team/resize:2",
        registry: "enterprise",
        registryId: "tcr-1",
        entryPoint: "python",
        command: "-u app.py",
        acceleration: true,
      },
      memory: 512,
      deadLetterQueue: { type: "queue", name: "dead" },
    },
    mintsId: false,
  },
  {
    kind: "scf_function",
    of: "a web function from an image",
    needs: [],
    wanted: async () => ({
      ...imageProperties,
      type: "HTTP",
      code: { ...image, port: 9000 },
      asyncExecution: false,
      statusTracking: false,
    }),
    changes: { code: { ...image, port: 8080, acceleration: false } },
    mintsId: false,
  },
  {
    kind: "scf_async_invocation",
    needs: [aFunction],
    wanted: async () => ({ ...onFunction, retryAttempts: 1, maximumEventAge: 3600 }),
    changes: { retryAttempts: 0, maximumEventAge: 60 },
    mintsId: false,
  },
  {
    kind: "scf_test_event",
    needs: [aFunction, { kind: "scf_function", properties: imageProperties }],
    wanted: async () => ({ ...onFunction, name: "order", event: '{"item":"lamp"}' }),
    changes: { event: "[1]" },
    mintsId: false,
  },
  {
    kind: "scf_namespace",
    needs: [],
    wanted: async () => ({ name: "shop", description: "Shop." }),
    changes: { description: "The shop." },
    mintsId: false,
  },
  {
    kind: "scf_layer",
    needs: [],
    wanted: async () => ({
      layerName: "deps",
      compatibleRuntimes: ["Nodejs16.13"],
      code: { asset: code.hash },
      description: "Shared files.",
    }),
    changes: {},
    mintsId: true,
  },
  {
    kind: "scf_version",
    needs: [aFunction],
    wanted: async () => ({ ...onFunction, content: "c".repeat(64), description: "First." }),
    changes: {},
    mintsId: true,
  },
  {
    kind: "scf_alias",
    needs: [aFunction, aVersion, secondVersion],
    wanted: async () => ({ ...onFunction, name: "live", version: "1", description: "What callers use." }),
    changes: {
      version: "2",
      description: "",
      routing: { type: "weighted", version: "$LATEST", percent: 7 },
    },
    mintsId: false,
  },
  {
    kind: "scf_timer_trigger",
    needs: [aFunction],
    wanted: async () => ({
      ...onFunction,
      qualifier: "$LATEST",
      triggerName: "nightly",
      cron: "0 0 2 * * * *",
      enabled: true,
      message: "go",
    }),
    changes: { cron: "0 30 2 * * * *", enabled: false, message: "stop", description: "Every night." },
    mintsId: false,
  },
  {
    kind: "scf_cos_trigger",
    needs: [aFunction],
    wanted: async () => ({
      ...onFunction,
      qualifier: "$LATEST",
      bucket: "uploads-1250000000",
      bucketRegion: "ap-guangzhou",
      event: "cos:ObjectCreated:*",
      prefix: "images/",
      suffix: ".jpg",
      enabled: true,
    }),
    changes: { enabled: false },
    mintsId: false,
  },
  {
    kind: "scf_ckafka_trigger",
    needs: [aFunction, aVersion],
    wanted: async () => ({
      ...onFunction,
      qualifier: "1",
      instanceId: "ckafka-a1b2c3d4",
      topic: "orders",
      offset: "1700000000000",
      consumerGroup: "shop",
      maxMessages: 100,
      retries: 5,
      maxWait: 10,
      enabled: true,
    }),
    changes: { maxMessages: 200, retries: 0, maxWait: 60, enabled: false, description: "Orders." },
    mintsId: false,
  },
  {
    kind: "scf_cls_trigger",
    needs: [aFunction, aVersion, anAlias],
    wanted: async () => ({
      ...onFunction,
      qualifier: "live",
      topicId: "0f1e2d3c-0000-4000-8000-000000000001",
      maxWait: 30,
      maxMessages: 500,
    }),
    changes: {},
    mintsId: false,
  },
  {
    kind: "scf_mps_trigger",
    needs: [aFunction],
    wanted: async () => ({ ...onFunction, qualifier: "$DEFAULT", eventType: "EditMediaTask" }),
    changes: {},
    mintsId: false,
  },
  {
    kind: "scf_api_gateway_trigger",
    needs: [aFunction],
    wanted: async () => ({
      ...anApi,
      serviceId: "service-a1b2c3d4",
      backendTimeout: 30,
      authentication: true,
    }),
    changes: {},
    mintsId: true,
  },
  {
    kind: "scf_reserved_concurrency",
    needs: [aFunction],
    wanted: async () => ({ ...onFunction, reservedMb: 19_200 }),
    changes: { reservedMb: 0 },
    mintsId: false,
  },
  {
    kind: "scf_provisioned_concurrency",
    needs: [aFunction, aVersion],
    wanted: async () => ({
      ...onFunction,
      qualifier: "1",
      provisioning: { type: "static", instances: 10 },
    }),
    changes: {
      provisioning: {
        type: "static",
        instances: 0,
        actions: [
          { name: "open", cron: "0 0 8 * * * *", instances: 100 },
          { name: "close", cron: "0 0 20 * * * *", instances: 0 },
        ],
      },
    },
    mintsId: false,
  },
  {
    kind: "scf_namespace_concurrency",
    needs: [{ kind: "scf_namespace", properties: { name: "sale" } }],
    wanted: async () => ({ namespace: "sale", totalMb: 64_000 }),
    changes: { totalMb: 32_000 },
    mintsId: false,
    staysWhenDeleted: true,
  },
  {
    kind: "clb_listener",
    needs: [],
    wanted: layer4Listener,
    changes: {
      name: "web",
      scheduler: "LEAST_CONN",
      sessionExpireSeconds: 60,
      healthCheck: {
        enabled: false,
        protocol: "HTTP",
        timeoutSeconds: 4,
        intervalSeconds: 9,
        healthyThreshold: 2,
        unhealthyThreshold: 4,
        port: 9000,
        path: "/health",
        domain: "www.example.com",
        method: "GET",
        httpVersion: "HTTP/1.1",
        healthyStatuses: ["3xx", "2xx"],
      },
    },
    mintsId: true,
  },
  {
    kind: "clb_rule",
    needs: [],
    wanted: rule,
    changes: { scheduler: "IP_HASH", sessionExpireSeconds: 86_400, healthCheck: { path: "/health" } },
    mintsId: true,
  },
  {
    kind: "clb_backend_binding",
    needs: [],
    wanted: backendBinding,
    changes: {
      backends: [
        { address: "10.0.0.8", port: 80, weight: 10 },
        { instanceId: "ins-10", port: 80, weight: 0 },
        { instanceId: "ins-11", port: 81, weight: 5 },
      ],
    },
    mintsId: false,
  },
  {
    kind: "clb_cross_region",
    needs: [],
    wanted: async (made) => ({
      loadBalancerId: await loadBalancer(made),
      version: "1.0",
      region: "ap-shanghai",
      vpcId: "vpc-1",
    }),
    changes: { region: "ap-beijing", vpcId: "vpc-2" },
    mintsId: false,
    stays: "CROSS_REGION_STAYS",
  },
  {
    kind: "clb_snat_address",
    needs: [],
    wanted: async (made) => ({
      loadBalancerId: await loadBalancer(made),
      subnetId: "subnet-1",
      address: "10.0.0.10",
    }),
    changes: {},
    mintsId: false,
  },
  {
    kind: "clb_function_binding",
    needs: [aFunction, aVersion, anAlias],
    wanted: binding,
    changes: { weight: 0 },
    mintsId: false,
  },
  {
    kind: "cam_policy",
    needs: [],
    wanted: async () => ({ policyName: "operators", version: "2.0", statement, description: "Operators." }),
    changes: {
      description: "All operators.",
      statement: [{ effect: "deny", action: ["scf:DeleteFunction", "scf:InvokeFunction"], resource: ["*"] }],
    },
    mintsId: true,
  },
  {
    kind: "cam_role",
    needs: [],
    wanted: async () => ({ roleName: "runner", trustedServices: ["scf.qcloud.com"], description: "Runs." }),
    changes: {
      trustedServices: ["apigateway.qcloud.com", "scf.qcloud.com"],
      trustedAccounts: ["100000000002", "100000000003"],
      description: "Runs functions.",
    },
    mintsId: false,
  },
  {
    kind: "cam_policy_attachment",
    needs: [aRole, aPolicy],
    wanted: async () => ({ roleName: "run", policyName: "ops" }),
    changes: {},
    mintsId: false,
  },
  { kind: "cam_user_policy_attachment", needs: [aPolicy], wanted: user, changes: {}, mintsId: false },
  { kind: "cam_group_policy_attachment", needs: [aPolicy], wanted: group, changes: {}, mintsId: false },
  {
    kind: "monitor_alarm_policy",
    needs: [
      aFunction,
      aVersion,
      anAlias,
      { ...anAlias, properties: { ...anAlias.properties, name: "next" } },
    ],
    wanted: async () => ({
      policyName: "orders-errors",
      targetType: "alias",
      target: { ...onFunction, qualifier: "live" },
      conditions: [{ ...onErrors, metric: "duration", threshold: 2500.5 }, onErrors],
      match: "any",
      noticeIds: ["notice-1"],
      enabled: true,
      description: "orders",
    }),
    changes: {
      policyName: "orders-alarms",
      target: { ...onFunction, qualifier: "next" },
      conditions: [{ ...onErrors, comparison: ">=", threshold: 10, periodMinutes: 5, occurrences: 3 }],
      match: "all",
      noticeIds: ["notice-2", "notice-3"],
      enabled: false,
      description: "all_orders",
    },
    mintsId: true,
  },
];

function kind(name: KindName): AnyKind {
  return kinds[name];
}

async function prepared(example: Case): Promise<World & { wanted: never; kind: AnyKind }> {
  const made = world();
  for (const need of example.needs) await kind(need.kind).create(made.context, need.properties as never);
  return { ...made, wanted: (await example.wanted(made)) as never, kind: kind(example.kind) };
}

/** Properties that the platform reports, as they were wanted; what it cannot report is left out. */
function readable(example: Case, wanted: Properties): Properties {
  const { metadata } = kind(example.kind).schema;
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !metadata[name]?.unreadable));
}

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

describe("a function", () => {
  test("whose code was changed elsewhere shows the foreign hash", async () => {
    const { context, platform } = world();
    const attributes = await kind("scf_function").create(context, functionProperties as never);
    await platform.call("scf", "UpdateFunctionCode", {
      FunctionName: "orders",
      Handler: "index.main_handler",
      ZipFile: Buffer.from(otherCode.zip()).toString("base64"),
    });
    const live = await kind("scf_function").read(context, {
      properties: functionProperties as never,
      attributes,
    });
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
