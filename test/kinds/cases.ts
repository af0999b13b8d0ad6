import { createHash } from "node:crypto";
import { CodePackage, packageText } from "../../lib/assets";
import { kinds } from "../../lib/kinds";
import type { Kind, OperationContext } from "../../lib/kinds/kind";
import type { KindName } from "../../lib/model/resources";
import type { Properties } from "../../lib/model/value";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";

export const code = packageText("index.js", "exports.main_handler = async () => 1;\n");
export const otherCode = packageText("index.js", "exports.main_handler = async () => 2;\n");

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
export type AnyKind = Kind;

export interface World {
  readonly platform: LocalPlatform;
  readonly context: OperationContext;
  readonly recordedIds: Properties[];
  /** Lets time pass on the platform. */
  readonly pass: (milliseconds: number) => void;
}

export interface WorldOptions {
  /** How long what the platform does in the background takes. */
  readonly delayMs?: number;
}

/** A platform of its own, and what kinds may do there. With a delay, time passes only while somebody waits. */
export function world({ delayMs = 0 }: WorldOptions = {}): World {
  let now = Date.now();
  const platform = openLocalPlatform({
    path: ":memory:",
    region: "ap-guangzhou",
    delayMs,
    now: () => now,
  });
  const recordedIds: Properties[] = [];
  const packages = [code, otherCode, webCode, otherWebCode];
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
        now += Math.max(1, delayMs / 2);
      }
      throw new Error(`gave up waiting for ${what}`);
    },
    now: () => now,
    async rest(milliseconds) {
      now += milliseconds;
    },
    gate: async () => ({ passed: true, outcome: "exit code 0", output: "" }),
    progress: () => undefined,
    async record(attributes) {
      recordedIds.push(attributes);
    },
    async asset(hash) {
      return packages.find((candidate) => candidate.hash === hash)?.zip() ?? Buffer.alloc(0);
    },
    async packageOf(zipSha256) {
      return packages.find(
        (candidate) => createHash("sha256").update(candidate.zip()).digest("hex") === zipSha256,
      )?.hash;
    },
  };
  return { platform, context, recordedIds, pass: (milliseconds) => (now += milliseconds) };
}

export const functionProperties = {
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
export const vpc = { vpcId: "vpc-1", subnetId: "subnet-1" };
export const fileSystem = {
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
export const image = { image: "registry.example.com/team/resize:1", registry: "personal" };
export const imageProperties = {
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
export const onFunction = { namespace: "default", functionName: "orders" };

export interface Case {
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
export interface Made {
  readonly kind: KindName;
  readonly properties: Properties;
}

export const aFunction: Made = { kind: "scf_function", properties: functionProperties };
export const aVersion: Made = { kind: "scf_version", properties: { ...onFunction, content: "a".repeat(64) } };
const secondVersion: Made = {
  kind: "scf_version",
  properties: { ...onFunction, content: "b".repeat(64) },
};
export const anAlias: Made = { kind: "scf_alias", properties: { ...onFunction, name: "live", version: "1" } };
const aRole: Made = {
  kind: "cam_role",
  properties: { roleName: "run", trustedServices: ["scf.qcloud.com"] },
};
const statement = [{ effect: "allow", action: ["scf:InvokeFunction"], resource: ["*"] }];
export const aPolicy: Made = {
  kind: "cam_policy",
  properties: { policyName: "ops", version: "2.0", statement },
};

async function user({ platform }: World): Promise<Properties> {
  const { Name } = await platform.call("cam", "AddUser", { Name: "alice" });
  return { userName: Name ?? "", policyName: "ops" };
}
async function group({ platform }: World): Promise<Properties> {
  const { GroupId } = await platform.call("cam", "CreateGroup", { GroupName: "operators" });
  return { groupId: GroupId ?? 0, policyName: "ops" };
}
export const onErrors = {
  metric: "error",
  comparison: ">",
  threshold: 5,
  periodMinutes: 1,
  occurrences: 1,
  repeatSeconds: 3600,
};

export async function loadBalancer({ platform }: World): Promise<string> {
  const known = await platform.call("clb", "DescribeLoadBalancers", {});
  const id = known.LoadBalancerSet?.[0]?.LoadBalancerId;
  if (id) return id;
  const made = await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" });
  return made.LoadBalancerIds?.[0] ?? "";
}
export async function listener(made: World): Promise<Properties> {
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
export async function layer4Listener(made: World): Promise<Properties> {
  const loadBalancerId = await loadBalancer(made);
  return { loadBalancerId, name: "game", protocol: "TCP", port: 7000, healthCheck: { intervalSeconds: 7 } };
}
/** More than one call takes, by instance and by address. */
const backends = [
  { address: "10.0.0.7", port: 80, weight: 10 },
  ...Array.from({ length: 24 }, (_, index) => ({ instanceId: `ins-${10 + index}`, port: 80, weight: 5 })),
];
/** Of a rule that is there. */
async function madeRule(made: World) {
  const wanted = await rule(made);
  const { locationId } = await kind("clb_rule").create(made.context, wanted as never);
  const { loadBalancerId = "", listenerId = "" } = wanted;
  return { loadBalancerId, listenerId, locationId: String(locationId) };
}
export async function backendBinding(made: World): Promise<Properties> {
  return { ...(await madeRule(made)), backends };
}
async function binding(made: World): Promise<Properties> {
  return {
    ...(await madeRule(made)),
    ...onFunction,
    qualifier: "live",
    qualifierType: "alias",
    weight: 20,
  };
}

/** An API of a basic gateway. */
export const anApi = {
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

export const cases: readonly Case[] = [
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
      provisioned: 3,
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
    wanted: async () => ({
      roleName: "runner",
      trustedServices: ["scf.qcloud.com"],
      description: "Runs.",
      tags: { team: "shop", stage: "test" },
    }),
    changes: {
      trustedServices: ["apigateway.qcloud.com", "scf.qcloud.com"],
      trustedAccounts: ["100000000002", "100000000003"],
      description: "Runs functions.",
      tags: { team: "orders", cost: "4711" },
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

export function kind(name: KindName): AnyKind {
  return kinds[name];
}

export async function prepared(example: Case): Promise<World & { wanted: never; kind: AnyKind }> {
  const made = world();
  for (const need of example.needs) await kind(need.kind).create(made.context, need.properties as never);
  return { ...made, wanted: (await example.wanted(made)) as never, kind: kind(example.kind) };
}

/** Properties that the platform reports, as they were wanted; what it cannot report is left out. */
export function readable(example: Case, wanted: Properties): Properties {
  const { metadata } = kind(example.kind).schema;
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !metadata[name]?.unreadable));
}
