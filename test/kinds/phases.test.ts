import type { OperationContext } from "../../lib/kinds/kind";
import type { Properties } from "../../lib/model/value";
import { sharedReads } from "../../lib/reconciler/shared-reads";
import {
  aFunction,
  anAlias,
  aVersion,
  backendBinding,
  code,
  functionProperties,
  imageProperties,
  kind,
  listener,
  onFunction,
  otherCode,
  world,
  type World,
} from "./cases";

const fn = kind("scf_function");
const wanted = functionProperties as never;
const recorded = (attributes: Properties = {}, properties: Properties = functionProperties) =>
  ({ properties: properties as never, attributes: attributes as never }) as const;

/** Calls that were accepted and change something. */
function writes({ platform }: World): string[] {
  return platform
    .calls()
    .filter((call) => call.write && call.code === undefined)
    .map(({ action }) => action);
}

/** A context in which the platform answers in its own way until `until` says that it does not any more. */
function answering(
  { context }: World,
  action: string,
  change: (answer: Properties) => Properties,
  until: () => boolean = () => false,
): OperationContext {
  const call = async (service: never, called: string, request: never) => {
    const answer = await context.call(service as "scf", called as never, request);
    return called === action && !until() ? change(answer as unknown as Properties) : answer;
  };
  return { ...context, call: call as unknown as OperationContext["call"] };
}

/** Makes a function by hand, without a mark unless tags are given. */
async function madeElsewhere(
  { platform }: World,
  Tags: { Key: string; Value: string }[] = [],
): Promise<void> {
  await platform.call("scf", "CreateFunction", {
    FunctionName: "orders",
    Runtime: "Nodejs16.13",
    Handler: "index.main_handler",
    Code: { ZipFile: Buffer.from(code.zip()).toString("base64") },
    Tags,
  });
}

describe("a function", () => {
  test("that is being made is pending until it can be used", async () => {
    const made = world({ delayMs: 1_000 });
    await madeElsewhere(made);
    expect(await fn.find(made.context, wanted)).toMatchObject({ phase: "pending" });
    const attributes = await fn.ready?.(made.context, recorded());
    expect(attributes).toMatchObject({ functionId: expect.stringMatching(/^lam-/) });
    const live = await fn.find(made.context, wanted);
    expect(live).not.toHaveProperty("phase");
    expect(live?.attributes).toMatchObject(attributes as Properties);
  });

  test("that is on its way out says so, and its name is waited for", async () => {
    const made = world({ delayMs: 1_000 });
    const before = (await fn.create(made.context, wanted)) as Properties;
    await made.platform.call("scf", "DeleteFunction", { FunctionName: "orders" });
    expect(await fn.read(made.context, recorded(before))).toMatchObject({ phase: "deleting" });
    const after = await fn.create(made.context, wanted);
    expect(after).toMatchObject({ functionId: expect.not.stringMatching(String(before["functionId"])) });
  });

  const owners = [
    ["this generation", "0123abcdfeedg1"],
    ["an earlier generation", "0123abcdfeedg0"],
  ] as const;
  test.each(owners)("of %s that failed to be made is taken away, and made anew", async (_, owner) => {
    const made = world();
    await madeElsewhere(made, [{ Key: "cdktf-scf", Value: owner }]);
    const failed = answering(
      made,
      "GetFunction",
      (answer) => ({ ...answer, Status: "CreateFailed" }),
      () => writes(made).includes("DeleteFunction"),
    );
    expect(await fn.find(failed, wanted)).toEqual({
      properties: onFunction,
      attributes: {},
      owner,
      phase: "failed",
    });
    await fn.create(failed, wanted);
    expect(writes(made)).toEqual(["CreateFunction", "DeleteFunction", "CreateFunction"]);
    made.platform.resetCalls();
    await fn.update?.(failed, wanted, recorded(), new Set(["memory"]));
    expect(writes(made)).toEqual(["DeleteFunction", "CreateFunction"]);
  });

  test("of somebody else that failed to be made stays", async () => {
    const made = world();
    await madeElsewhere(made, [{ Key: "cdktf-scf", Value: "somebodyelseg1" }]);
    const failed = answering(made, "GetFunction", (answer) => ({ ...answer, Status: "CreateFailed" }));
    await expect(fn.create(failed, wanted)).rejects.toMatchObject({ code: "ResourceInUse.Function" });
    expect(writes(made)).toEqual(["CreateFunction"]);
  });

  test("whose change failed is given all of it again, though it shows what is wanted", async () => {
    const made = world();
    const attributes = (await fn.create(made.context, wanted)) as Properties;
    made.platform.resetCalls();
    const failed = answering(
      made,
      "GetFunction",
      (answer) => ({ ...answer, Status: "UpdateFailed" }),
      () => writes(made).length > 0,
    );
    expect(await fn.read(failed, recorded(attributes))).toMatchObject({ phase: "failed" });
    await fn.update?.(failed, wanted, recorded(attributes), new Set(["code", "memory"]));
    expect(writes(made)).toEqual(["UpdateFunctionCode", "UpdateFunctionConfiguration"]);
  });

  test("that another one has taken the place of is gone, and the other one stays", async () => {
    const made = world();
    const attributes = (await fn.create(made.context, wanted)) as Properties;
    await made.platform.call("scf", "DeleteFunction", { FunctionName: "orders" });
    await madeElsewhere(made);
    expect(await fn.read(made.context, recorded(attributes))).toBeUndefined();
    await fn.delete(made.context, recorded(attributes));
    expect(await fn.find(made.context, wanted)).toBeDefined();
  });
});

describe("code that was sent by a run that was cut off", () => {
  const changed = { ...functionProperties, code: { asset: otherCode.hash }, memory: 512 };

  test("is known by the hash of its ZIP, however that is written", async () => {
    const made = world();
    await fn.create(made.context, wanted);
    const inBase64 = answering(made, "GetFunctionAddress", (answer) => ({
      ...answer,
      CodeSha256: Buffer.from(String(answer["CodeSha256"]), "hex").toString("base64"),
    }));
    for (const context of [made.context, inBase64]) {
      expect((await fn.find(context, wanted))?.properties["code"]).toEqual({ asset: code.hash });
    }
  });

  test("is known though the record is older", async () => {
    const made = world();
    const attributes = (await fn.create(made.context, wanted)) as Properties;
    await fn.update?.(made.context, changed as never, recorded(attributes), new Set(["code", "memory"]));
    const live = await fn.read(made.context, recorded(attributes));
    expect(live?.properties["code"]).toEqual({ asset: otherCode.hash });
  });

  test("is not sent again, nor is any other part of the change", async () => {
    const made = world({ delayMs: 1_000 });
    const attributes = (await fn.create(made.context, wanted)) as Properties;
    const names = new Set(["code", "memory"]);
    await fn.update?.(made.context, changed as never, recorded(attributes), new Set(["code"]));
    made.platform.resetCalls();
    await fn.update?.(made.context, changed as never, recorded(attributes), names);
    expect(writes(made)).toEqual(["UpdateFunctionConfiguration"]);
    made.platform.resetCalls();
    const after = await fn.update?.(made.context, changed as never, recorded(attributes), names);
    expect(writes(made)).toEqual([]);
    expect(after).toMatchObject({ codeSha256: expect.not.stringMatching(String(attributes["codeSha256"])) });
  });

  test("is waited for while the platform still works on it, and not sent again", async () => {
    const made = world({ delayMs: 1_000 });
    await madeElsewhere(made);
    await fn.update?.(made.context, wanted, recorded(), new Set(["code", "handler"]));
    expect(writes(made)).toEqual(["CreateFunction"]);
  });

  test("is an image that is there already", async () => {
    const made = world();
    const attributes = (await fn.create(made.context, imageProperties as never)) as Properties;
    const of = recorded(attributes, imageProperties as Properties);
    await fn.update?.(made.context, imageProperties as never, of, new Set(["code"]));
    expect(writes(made)).toEqual(["CreateFunction"]);
  });

  test("of a layer is known by the mark, and by the hash of its ZIP where there is none", async () => {
    const made = world();
    const layer = { layerName: "deps", compatibleRuntimes: ["Nodejs16.13"], code: { asset: code.hash } };
    const { version } = (await kind("scf_layer").create(made.context, layer as never)) as Properties;
    const of = recorded({ version: version ?? 0 }, layer as Properties);
    const unmarked = answering(made, "GetLayerVersion", (answer) => ({ ...answer, Description: "" }));
    for (const context of [made.context, unmarked]) {
      expect((await kind("scf_layer").read(context, of))?.properties["code"]).toEqual(layer.code);
    }
  });
});

describe("a version", () => {
  const version = kind("scf_version");
  const properties = aVersion.properties;

  test("that is being published is pending until it can be used", async () => {
    const made = world({ delayMs: 1_000 });
    await fn.create(made.context, wanted);
    const request = {
      FunctionName: "orders",
      Description: `cdktfscf ${"a".repeat(16)} ${made.context.owner}`,
    };
    await made.platform.call("scf", "PublishVersion", request);
    const found = await version.find(made.context, properties as never);
    expect(found).toMatchObject({ phase: "pending", attributes: { version: "1" } });
    await version.ready?.(made.context, recorded({ version: "1" }, properties));
    expect(await version.find(made.context, properties as never)).not.toHaveProperty("phase");
  });

  test("that could not be published says so, and one that could comes before it", async () => {
    const made = world();
    await fn.create(made.context, wanted);
    for (let count = 0; count < 2; count++) await version.create(made.context, properties as never);
    const failing = answering(made, "ListVersionByFunction", (answer) => ({
      ...answer,
      Versions: (answer["Versions"] as Properties[]).map((found) =>
        found["Version"] === "1" ? { ...found, Status: "PublishFailed" } : found,
      ),
    }));
    expect(await version.find(failing, properties as never)).toMatchObject({ attributes: { version: "2" } });
    const failed = answering(made, "GetFunction", (answer) => ({ ...answer, Status: "PublishFailed" }));
    const live = await version.read(failed, recorded({ version: "1" }, properties));
    expect(live).toMatchObject({ phase: "failed" });
  });
});

describe("a layer", () => {
  const layer = kind("scf_layer");
  const properties = { layerName: "deps", compatibleRuntimes: ["Nodejs16.13"], code: { asset: code.hash } };

  test("is pending, then usable, then on its way out, then gone", async () => {
    const made = world({ delayMs: 1_000 });
    const read = () => layer.read(made.context, recorded({ version: 1 }, properties));
    await made.platform.call("scf", "PublishLayerVersion", {
      LayerName: "deps",
      CompatibleRuntimes: properties.compatibleRuntimes,
      Content: { ZipFile: Buffer.from(code.zip()).toString("base64") },
    });
    expect(await read()).toMatchObject({ phase: "pending" });
    await layer.ready?.(made.context, recorded({ version: 1 }, properties));
    expect(await read()).not.toHaveProperty("phase");
    await made.platform.call("scf", "DeleteLayerVersion", { LayerName: "deps", LayerVersion: 1 });
    expect(await read()).toMatchObject({ phase: "deleting" });
    await layer.delete(made.context, recorded({ version: 1 }, properties));
    expect(await read()).toBeUndefined();
  });
});

test("instances that are being started are pending until all are there", async () => {
  const made = world({ delayMs: 1_000 });
  for (const need of [aFunction, aVersion])
    await kind(need.kind).create(made.context, need.properties as never);
  const settings = { ...onFunction, qualifier: "1", provisioning: { type: "static", instances: 10 } };
  await made.platform.call("scf", "PutProvisionedConcurrencyConfig", {
    FunctionName: "orders",
    Qualifier: "1",
    VersionProvisionedConcurrencyNum: 10,
  });
  const subject = kind("scf_provisioned_concurrency");
  expect(await subject.find(made.context, settings as never)).toMatchObject({ phase: "pending" });
  await subject.ready?.(made.context, recorded({}, settings as Properties));
  expect(await subject.find(made.context, settings as never)).not.toHaveProperty("phase");
});

describe("a setting that is put", () => {
  test.each([
    ["scf_reserved_concurrency", { ...onFunction, reservedMb: 12_800 }, { reservedMb: 6_400 }],
    ["scf_async_invocation", { ...onFunction, retryAttempts: 1, maximumEventAge: 600 }, { retryAttempts: 0 }],
    ["scf_namespace_concurrency", { namespace: "default", totalMb: 32_000 }, { totalMb: 25_600 }],
  ] as const)(
    "%s is found where it is just what is wanted, and collides with nothing",
    async (name, put, other) => {
      const made = world();
      await fn.create(made.context, wanted);
      await kind(name).create(made.context, put as never);
      expect((await kind(name).find(made.context, put as never))?.properties).toEqual(put);
      expect(await kind(name).find(made.context, { ...put, ...other } as never)).toBeUndefined();
    },
  );
});

describe("reads of one comparison", () => {
  async function reads(
    made: World,
    read: (context: World["context"]) => Promise<unknown>,
  ): Promise<string[]> {
    made.platform.resetCalls();
    const context = { ...made.context, shared: sharedReads() };
    expect(await read(context)).not.toContain(undefined);
    return made.platform.calls().map(({ action }) => action);
  }

  test("list the triggers and the aliases of a function once", async () => {
    const made = world();
    for (const need of [aFunction, aVersion, anAlias])
      await kind(need.kind).create(made.context, need.properties as never);
    const next = { ...anAlias.properties, name: "next" };
    await kind("scf_alias").create(made.context, next as never);
    const timers = ["one", "two", "three"].map((triggerName) => ({
      ...onFunction,
      qualifier: "$LATEST",
      triggerName,
      cron: "0 0 2 * * * *",
      enabled: true,
    }));
    for (const timer of timers) await kind("scf_timer_trigger").create(made.context, timer as never);
    const calls = await reads(made, (context) =>
      Promise.all([
        ...timers.map((timer) => kind("scf_timer_trigger").read(context, recorded({}, timer))),
        ...[anAlias.properties, next].map((alias) => kind("scf_alias").read(context, recorded({}, alias))),
      ]),
    );
    expect(calls.sort()).toEqual(["ListAliases", "ListTriggers"]);
  });

  test("list the namespaces of a region once", async () => {
    const made = world();
    const names = [{ name: "shop" }, { name: "sale" }];
    for (const name of names) await kind("scf_namespace").create(made.context, name as never);
    const calls = await reads(made, (context) =>
      Promise.all(names.map((name) => kind("scf_namespace").read(context, recorded({}, name)))),
    );
    expect(calls).toEqual(["ListNamespaces"]);
  });

  test("list the listeners of a load balancer once, and its targets once", async () => {
    const made = world();
    const http = await listener(made);
    const backends = await backendBinding(made);
    const { loadBalancerId = "", listenerId = "" } = backends;
    const forwarding = { loadBalancerId, listenerId, domain: "www.example.com", path: "/orders" };
    const calls = await reads(made, (context) =>
      Promise.all([
        kind("clb_listener").read(context, recorded({ listenerId }, http)),
        kind("clb_rule").read(context, recorded({ locationId: backends["locationId"] ?? "" }, forwarding)),
        kind("clb_backend_binding")
          .find(context, backends as never)
          .then(() => true),
      ]),
    );
    expect(calls.sort()).toEqual(["DescribeListeners", "DescribeTargets"]);
  });
});

test("objects of different functions, rules and listeners have different names", () => {
  const binding = {
    ...onFunction,
    qualifier: "live",
    loadBalancerId: "lb-1",
    listenerId: "lbl-1",
    locationId: "loc-1",
  };
  const identity = kind("clb_function_binding").identity as unknown as (properties: object) => string;
  expect(identity({ ...binding, locationId: "loc-2" })).not.toBe(identity(binding));
  expect(identity({ ...binding, functionName: "stock" })).not.toBe(identity(binding));
  const forwarding = { loadBalancerId: "lb-1", listenerId: "lbl-1", domain: "www.example.com", path: "/" };
  const ofRule = kind("clb_rule").identity as unknown as (properties: object) => string;
  expect(ofRule({ ...forwarding, listenerId: "lbl-2" })).not.toBe(ofRule(forwarding));
  const timer = { ...onFunction, qualifier: "$LATEST", triggerName: "nightly" };
  const ofTimer = kind("scf_timer_trigger").identity as unknown as (properties: object) => string;
  expect(ofTimer({ ...timer, qualifier: "$DEFAULT" })).not.toBe(ofTimer(timer));
});
