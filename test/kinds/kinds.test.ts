import { packageText } from "../../lib/assets";
import { kinds } from "../../lib/kinds";
import type { Kind, OperationContext } from "../../lib/kinds/kind";
import type { KindName } from "../../lib/model/resources";
import type { Properties } from "../../lib/model/value";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";

const code = packageText("index.js", "exports.main_handler = async () => 1;\n");
const otherCode = packageText("index.js", "exports.main_handler = async () => 2;\n");

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
      return [code, otherCode].find((candidate) => candidate.hash === hash)?.zip() ?? Buffer.alloc(0);
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
const onFunction = { namespace: "default", functionName: "orders" };

interface Case {
  readonly kind: KindName;
  /** What has to be there before, in order. */
  readonly needs: readonly Made[];
  readonly wanted: (world: World) => Promise<Properties>;
  /** One changed property each, for kinds that can be updated. */
  readonly changes: Properties;
  /** Whether the platform gives it an id that has to be recorded at once. */
  readonly mintsId: boolean;
  /** Error code with which it refuses to be deleted, where the platform does not take it back. */
  readonly stays?: string;
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

const cases: readonly Case[] = [
  {
    kind: "scf_function",
    needs: [aRole],
    wanted: async () => functionProperties,
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
    },
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
    changes: { trustedServices: ["apigateway.qcloud.com", "scf.qcloud.com"], description: "Runs functions." },
    mintsId: false,
  },
  {
    kind: "cam_policy_attachment",
    needs: [aRole, aPolicy],
    wanted: async () => ({ roleName: "run", policyName: "ops" }),
    changes: {},
    mintsId: false,
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

describe.each(cases.map((example) => [example.kind, example] as const))("%s", (_, example) => {
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
    expect(await subject.read(context, { properties: wanted, attributes })).toBeUndefined();
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
  expect(cases.map((example) => example.kind).sort()).toEqual(Object.keys(kinds).sort());
});

test("every property of a kind that can be updated is immutable, or has a change here", () => {
  for (const example of cases) {
    const { metadata } = kind(example.kind).schema;
    const open = Object.keys(metadata).filter(
      (name) => !metadata[name]?.immutable && !metadata[name]?.checkOnly,
    );
    const tried = new Set([...Object.keys(example.changes), "handler", "layers", "certificateId", "version"]);
    expect(open.filter((name) => !tried.has(name))).toEqual([]);
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
    ]) {
      expect(derive(changed)).not.toBe(before);
    }
    for (const changed of [{ tags: {} }, { description: "x" }, { layers: [] }, { role: "" }]) {
      expect(derive(changed)).toBe(before);
    }
  });
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
