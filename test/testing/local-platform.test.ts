import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as scf from "cdktf-scf";
import type { App } from "cdktf";
import { Construct } from "constructs";
import { LocalPlatform } from "../../lib/testing/local-platform";
import { loadBalancer, newApp, node, TestStack } from "../constructs/app";

interface Variant {
  readonly memory?: scf.MemoryMb;
  readonly code?: string;
  readonly provider?: Partial<scf.ScfProviderProps>;
  readonly bills?: boolean;
}

/** Ten resources: two functions, a layer, a version, an alias, a trigger, a listener with a rule and its target, a policy. */
function shop({ memory = 128, code = "1", provider, bills = true }: Variant = {}): TestStack {
  const stack = new TestStack(newApp(), "shop", provider);
  new scf.Layer(stack, "deps", {
    code: scf.Code.fromInline("exports.x = 1;"),
    compatibleRuntimes: [scf.Runtime.NODEJS_16_13],
  });
  const orders = new scf.Function(stack, "orders", {
    ...node,
    memory,
    code: scf.Code.fromInline(`exports.main_handler = async () => ${code};`),
  });
  const live = orders.addAlias("live", { version: orders.currentVersion });
  orders.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
  const listener = new scf.LoadBalancerListener(stack, "http", {
    loadBalancer,
    protocol: scf.Protocol.HTTP,
    port: 80,
  });
  listener.addRule("orders", { domain: "www.example.com", path: "/orders", targets: [live] });
  const ops = new scf.Policy(stack, "ops", { name: "orders-ops" });
  orders.grants.invoke(ops);
  if (bills) new scf.Function(stack, "bills", node);
  return stack;
}

/** The least that can be deployed. */
function small(
  props: Partial<scf.FunctionProps> = {},
  provider: Partial<scf.ScfProviderProps> = {},
): TestStack {
  const stack = new TestStack(newApp(), "shop", provider);
  new scf.Function(stack, "orders", { ...node, ...props });
  return stack;
}

/** What is thrown, as people read it. */
async function failureOf(
  work: Promise<unknown>,
): Promise<{ code: string; message: string; fix: string; stack?: string }> {
  return work.then(
    () => {
      throw new Error("nothing was thrown");
    },
    (error: { code: string; message: string; fix: string; stack?: string }) => error,
  );
}

describe("deploying", () => {
  test("makes everything once, and the second time nothing", async () => {
    const platform = LocalPlatform.inMemory();
    const first = await platform.deploy(shop());
    expect([...first.created].sort()).toEqual([
      "shop/bills",
      "shop/deps",
      "shop/http",
      "shop/http/orders",
      "shop/http/orders/Target",
      "shop/ops",
      "shop/orders",
      "shop/orders/CurrentVersion",
      "shop/orders/live",
      "shop/orders/nightly",
    ]);
    expect(first).toMatchObject({ updated: [], deleted: [], failed: [], blocked: [], unchanged: 0 });
    const second = await platform.deploy(shop());
    expect(second).toMatchObject({ created: [], updated: [], replaced: [], deleted: [], unchanged: 10 });
    expect(platform.calls({ writes: true })).toHaveLength(10);
    expect(second.calls.length).toBeGreaterThan(0);
    expect(second.calls.every(({ action }) => /^(Get|List|Describe)/.test(action))).toBe(true);
  });

  test("takes a program further: what changed is updated, and a new version published for new code", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(shop());
    const run = await platform.deploy(shop({ code: "2", bills: false }));
    expect(run).toMatchObject({
      created: [],
      published: ["shop/orders/CurrentVersion"],
      updated: ["shop/orders", "shop/orders/live"],
      deleted: ["shop/bills"],
    });
    expect(await platform.live("scf_version", { functionName: "shop-orders" })).toHaveLength(2);
  });

  test("replaces what cannot be changed", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(small({ name: "old" }));
    expect(await platform.deploy(small({ name: "new" }))).toMatchObject({
      replaced: ["shop/orders"],
    });
    const names = (await platform.live("scf_function")).map(({ properties }) => properties.functionName);
    expect(names).toEqual(["new"]);
  });

  test("tells what stacks have for outputs, and hides sensitive ones", async () => {
    const stack = small();
    new scf.Output(stack, "region", { value: "ap-guangzhou" });
    new scf.Output(stack, "key", { value: "k", sensitive: true });
    const { outputs } = await LocalPlatform.inMemory().deploy(stack);
    expect(outputs).toEqual({ shop: { region: "ap-guangzhou", key: "•••" } });
  });

  test("writes no file", async () => {
    const stack = small();
    const { outdir } = stack.node.root as App;
    const files = (): readonly unknown[] => [
      fs.existsSync(outdir) ? fs.readdirSync(outdir, { recursive: true }) : [],
      fs.readdirSync(process.cwd()),
    ];
    const before = files();
    const platform = LocalPlatform.inMemory();
    await platform.deploy(stack);
    await platform.destroy(stack);
    expect(files()).toEqual(before);
  });

  test("goes to the platform of the test, wherever the provider says, with its region and account", async () => {
    const platform = LocalPlatform.inMemory();
    const provider = {
      region: scf.Region.SHANGHAI,
      account: { uin: "100012345678" },
      platform: scf.Platform.tencentCloud(),
    };
    await platform.deploy(small({}, provider));
    expect(platform.calls({ action: "CreateFunction" })).toMatchObject([
      { service: "scf", region: "ap-shanghai", request: { FunctionName: "shop-orders", MemorySize: 128 } },
    ]);
    expect(await platform.live("scf_function")).toMatchObject([{ region: "ap-shanghai" }]);
    const elsewhere = { region: "ap-shanghai" };
    expect((await platform.call("scf", "ListFunctions", {}, elsewhere)).TotalCount).toBe(1);
    expect((await platform.call("scf", "ListFunctions", {})).TotalCount).toBe(0);
  });

  test("fails with the findings of a program that breaks a rule, and calls nobody", async () => {
    const platform = LocalPlatform.inMemory();
    const stack = small({ timeout: scf.Duration.seconds(90_000) });
    const { code, message } = await failureOf(platform.deploy(stack));
    expect(code).toBe("FINDINGS");
    expect(message).toMatch(/ERROR FN-TIMEOUT[\s\S]*shop\/orders/);
    expect(platform.calls()).toEqual([]);
  });

  test("fails for what is no stack", async () => {
    const platform = LocalPlatform.inMemory();
    expect(await failureOf(platform.deploy(newApp()))).toMatchObject({
      code: "NOTHING_DECLARED",
      message: expect.stringMatching(
        /^The app declares nothing of cdktf-scf, so there is nothing to test\.\nDeclare something/,
      ) as string,
    });
    const stack = small();
    expect(await failureOf(platform.deploy(stack.node.findChild("orders")))).toMatchObject({
      message: expect.stringMatching(
        /^shop\/orders is no stack with constructs of cdktf-scf, so there is nothing to deploy\.\nHand over an app/,
      ) as string,
    });
  });
});

describe("what a program uses and does not make", () => {
  test("is there, as it describes it", async () => {
    const stack = small({ role: scf.Role.fromName("runner") });
    const readers = new scf.Policy(stack, "readers", {
      name: "readers",
      statements: [{ effect: "allow", actions: ["scf:Get*"], resources: ["*"] }],
    });
    readers.attachTo(scf.User.fromName("alice"));
    const platform = LocalPlatform.inMemory();
    await platform.deploy(stack);
    expect(await platform.live("cam_user_policy_attachment")).toMatchObject([
      { properties: { userName: "alice", policyName: "readers" } },
    ]);
  });

  test("fails where it is something else that nobody has made", async () => {
    const stack = small({ namespace: scf.Namespace.fromName("prod") });
    const platform = LocalPlatform.inMemory();
    expect((await failureOf(platform.deploy(stack))).message).toContain("Namespace");
    await platform.call("scf", "CreateNamespace", { Namespace: "prod" });
    await platform.deploy(stack);
  });
});

describe("comparing", () => {
  test("says what a deploy would do, and why, and does nothing", async () => {
    const platform = LocalPlatform.inMemory();
    expect(await platform.diff(small())).toMatchObject([{ address: "shop/orders", operation: "create" }]);
    expect(platform.calls({ writes: true })).toEqual([]);
    await platform.deploy(small());
    expect(await platform.diff(small())).toEqual([]);
    expect(await platform.diff(small({ memory: 256 }))).toMatchObject([
      {
        operation: "update",
        properties: [{ name: "memory", before: 128, after: 256, reason: "config" }],
      },
    ]);
  });

  test("sees what somebody else has changed, and deploying changes it back", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(small());
    await platform.call("scf", "UpdateFunctionConfiguration", {
      FunctionName: "shop-orders",
      MemorySize: 512,
    });
    expect(await platform.diff(small())).toMatchObject([
      { operation: "update", properties: [{ name: "memory", live: 512, after: 128, reason: "drift" }] },
    ]);
    expect(await platform.deploy(small())).toMatchObject({ updated: ["shop/orders"] });
    expect(await platform.live("scf_function")).toMatchObject([{ properties: { memory: 128 } }]);
  });
});

test("destroying leaves nothing behind", async () => {
  const platform = LocalPlatform.inMemory();
  await platform.deploy(shop());
  const run = await platform.destroy(shop());
  expect(run.deleted).toHaveLength(10);
  for (const kind of ["scf_function", "scf_layer", "clb_listener", "cam_policy"] as const) {
    const own = (await platform.live(kind)).filter(({ id }) => !id.startsWith("Qcloud"));
    expect([kind, own]).toEqual([kind, []]);
  }
  expect(await platform.destroy(shop())).toMatchObject({ deleted: [] });
});

describe("an alias", () => {
  function routed(routing: (orders: scf.Function) => scf.Routing): TestStack {
    const stack = new TestStack(newApp(), "shop");
    const orders = new scf.Function(stack, "orders", {
      ...node,
      code: scf.Code.fromInline("exports.main_handler = async () => 2;"),
    });
    orders.addAlias("live", { version: orders.currentVersion, routing: routing(orders) });
    return stack;
  }

  function before(): TestStack {
    const stack = new TestStack(newApp(), "shop");
    const orders = new scf.Function(stack, "orders", node);
    orders.addAlias("live", { version: orders.currentVersion });
    return stack;
  }

  test("sends callers where its routing says", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(before());
    expect(await platform.invoke("shop-orders", { qualifier: "live" })).toEqual({ version: "1", status: 0 });
    await platform.deploy(
      routed((orders) => scf.Routing.exact(orders.version("1"), { header: "User", value: "Bob" })),
    );
    const versionFor = async (User: string): Promise<string | undefined> =>
      (await platform.invoke("shop-orders", { qualifier: "live", headers: { User } })).version;
    expect([await versionFor("Bob"), await versionFor("Alice")]).toEqual(["1", "2"]);
    expect(await platform.live("scf_alias", { name: "live" })).toMatchObject([
      { properties: { version: "2", routing: { version: "1" } } },
    ]);
  });

  test("fails to be invoked when it is not there", async () => {
    const platform = LocalPlatform.inMemory();
    await platform.deploy(before());
    expect(await failureOf(platform.invoke("shop-orders", { qualifier: "green" }))).toMatchObject({
      code: "ResourceNotFound.Qualifier",
    });
  });
});

describe("when a call goes wrong", () => {
  test("a lost answer makes no duplicate", async () => {
    const platform = LocalPlatform.inMemory();
    platform.faults.dropAnswer({ action: "CreateFunction" });
    platform.faults.dropAnswer({ action: "PublishLayerVersion" });
    platform.faults.dropAnswer({ action: "PublishVersion" });
    platform.faults.dropAnswer({ action: "CreateListener" });
    expect((await platform.deploy(shop())).created).toHaveLength(10);
    expect(await platform.live("scf_function")).toHaveLength(2);
    expect(await platform.live("scf_layer")).toHaveLength(1);
    expect(await platform.live("scf_version")).toHaveLength(1);
    expect(await platform.live("clb_listener")).toHaveLength(1);
    expect(platform.calls({ action: "PublishVersion" })).toMatchObject([
      { error: { code: "UNKNOWN_OUTCOME" } },
    ]);
    expect(await platform.diff(shop())).toEqual([]);
  });

  test.each([
    ["a call that never arrives", (platform: LocalPlatform) => platform.faults.dropRequest({ writes: true })],
    ["throttling", (platform: LocalPlatform) => platform.faults.throttle({ writes: true, times: 30 })],
    [
      "reads that lag behind",
      (platform: LocalPlatform) => platform.faults.lag({ writes: true }, scf.Duration.seconds(3)),
    ],
    [
      "an answer that takes an hour",
      (platform: LocalPlatform) => platform.faults.delay({ action: "CreatePolicy" }, scf.Duration.hours(1)),
    ],
    ["a call that hangs", (platform: LocalPlatform) => platform.faults.hang({ action: "CreateAlias" })],
  ])("%s stops nothing, and takes no real time", async (_what, arrange) => {
    const platform = LocalPlatform.inMemory();
    arrange(platform);
    expect((await platform.deploy(shop())).created).toHaveLength(10);
    platform.faults.clear();
    platform.advance(scf.Duration.minutes(1));
    expect(await platform.diff(shop())).toEqual([]);
    expect(await platform.live("scf_function")).toHaveLength(2);
  });

  test("a call that is throttled is made again, and said to be", async () => {
    const platform = LocalPlatform.inMemory();
    platform.faults.throttle({ action: "CreateFunction", times: 3 });
    const { calls } = await platform.deploy(small());
    const creates = calls.filter(({ action }) => action === "CreateFunction");
    expect(creates.map(({ error }) => error?.code)).toEqual([
      ...Array.from({ length: 3 }, () => "RequestLimitExceeded"),
      undefined,
    ]);
  });

  test("fails with everything that went wrong, where it was made, and what was not tried", async () => {
    const platform = LocalPlatform.inMemory();
    platform.faults.fail(
      { action: "CreateFunction", resource: "shop-orders" },
      "LimitExceeded.Function",
      "no room",
    );
    const { code, message, fix, stack } = await failureOf(platform.deploy(shop()));
    expect(code).toBe("DEPLOYMENT_FAILED");
    expect(
      message.replace(/request [-\w]+/, "request …").replace(/(local-platform\.test\.ts):\d+/, "$1:…"),
    ).toBe(
      [
        "1 operation failed.",
        "  create shop/orders  at test/testing/local-platform.test.ts:…",
        "    LimitExceeded.Function: no room (scf.CreateFunction, request …)",
        "    Remove what is not needed any more, or ask the platform for a higher quota, then run the command again.",
        "  Not tried because of that: shop/http/orders/Target, shop/ops, shop/orders/CurrentVersion, shop/orders/live, shop/orders/nightly",
        fix,
      ].join("\n"),
    );
    expect(fix).toContain('{ failures: "return" }');
    // Test runners show the line of the first frame.
    expect(stack?.split("\n").find((line) => line.startsWith("    at "))).toContain("local-platform.test.ts");
  });

  test("a failed deployment is returned where the test asks for it, and the next one does the rest", async () => {
    const platform = LocalPlatform.inMemory();
    platform.faults.failLater({ service: "scf", action: "PublishVersion" });
    const run = await platform.deploy(shop(), { failures: "return" });
    expect(run.failed).toMatchObject([{ address: "shop/orders/CurrentVersion", operation: "create" }]);
    expect(run.blocked).toEqual(["shop/http/orders/Target", "shop/orders/live"]);
    const next = await platform.deploy(shop());
    expect(next.failed).toEqual([]);
    expect(await platform.diff(shop())).toEqual([]);
  });

  test("fails for a fault that there is not", () => {
    const platform = LocalPlatform.inMemory();
    expect(() => platform.faults.fail({ action: "MakeFunction" }, "InternalError")).toThrow(
      "The local platform has no action MakeFunction",
    );
  });

  test("fails for quotas that the account does not have, whatever the program says", async () => {
    const platform = LocalPlatform.inMemory({ quotas: { functionsPerNamespace: 1 } });
    expect((await failureOf(platform.deploy(shop()))).message).toContain("LimitExceeded.Function");
    const wide = small({}, { quotas: { namespaces: 7 } });
    const namespaces = Array.from({ length: 6 }, (_, index) => `n-${index}`);
    for (const name of namespaces) new scf.Namespace(wide, name, { name });
    await LocalPlatform.inMemory().deploy(wide);
  });
});

describe("time", () => {
  test("passes where something waits for it, and only there", async () => {
    const platform = LocalPlatform.inMemory({ delay: scf.Duration.minutes(2) });
    await platform.deploy(small());
    const made = platform.calls({ action: "CreateFunction" });
    const looks = platform.calls({ action: "GetFunction" });
    expect([made.length, looks.length > 20]).toEqual([1, true]);
    expect(looks.at(-1)?.response).toMatchObject({ Status: "Active" });
  });

  test("can be let pass between two deployments", async () => {
    const platform = LocalPlatform.inMemory({ delay: scf.Duration.minutes(5) });
    await platform.call("scf", "CreateNamespace", { Namespace: "prod" });
    await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN" });
    const status = async (): Promise<unknown> =>
      (await platform.call("clb", "DescribeLoadBalancers", {})).LoadBalancerSet?.map(({ Status }) => Status);
    expect(await status()).toEqual([0]);
    platform.advance(scf.Duration.minutes(5));
    expect(await status()).toEqual([1]);
  });

  test("is not that of the test, which may have timers of its own", async () => {
    jest.useFakeTimers();
    try {
      const platform = LocalPlatform.inMemory({ delay: scf.Duration.minutes(1) });
      platform.faults.throttle({ action: "CreateFunction" });
      expect((await platform.deploy(small())).created).toEqual(["shop/orders"]);
    } finally {
      jest.useRealTimers();
    }
  });

  test("fails when what is waited for takes longer than it may", async () => {
    const platform = LocalPlatform.inMemory({ delay: scf.Duration.hours(5) });
    const { message } = await failureOf(platform.deploy(small()));
    expect(message).toContain("TIMEOUT: Waited");
  });
});

describe("several stacks", () => {
  function twoStacks(): { readonly app: App; readonly base: TestStack; readonly shop: TestStack } {
    const app = newApp();
    const shopStack = new TestStack(app, "a-shop");
    const base = new TestStack(app, "base");
    const deps = new scf.Layer(base, "deps", {
      code: scf.Code.fromInline("exports.x = 1;"),
      compatibleRuntimes: [scf.Runtime.NODEJS_16_13],
    });
    new scf.Function(shopStack, "site", { ...node, layers: [deps] });
    return { app, base, shop: shopStack };
  }

  test("are deployed in order, and values go from one to the other", async () => {
    const platform = LocalPlatform.inMemory();
    const { app } = twoStacks();
    expect((await platform.diff(app)).map(({ address }) => address)).toEqual(["base/deps", "a-shop/site"]);
    expect((await platform.deploy(app)).created).toEqual(["base/deps", "a-shop/site"]);
    expect(await platform.live("scf_function", { functionName: "a-shop-site" })).toMatchObject([
      { properties: { layers: [{ version: 1 }] } },
    ]);
    expect(await platform.diff(app)).toEqual([]);
    expect((await platform.destroy(app)).deleted).toEqual(["a-shop/site", "base/deps"]);
  });

  test("are found wherever they stand", async () => {
    const stack = new TestStack(new Construct(newApp(), "live") as App, "shop");
    new scf.Function(stack, "orders", node);
    expect((await LocalPlatform.inMemory().deploy(stack)).created).toEqual(["shop/orders"]);
  });

  test("deployed side by side tell of their own calls only", async () => {
    const platform = LocalPlatform.inMemory();
    const runs = await Promise.all(
      ["a", "b"].map((id) => {
        const stack = new TestStack(newApp(), id);
        new scf.Function(stack, "orders", node);
        return platform.deploy(stack);
      }),
    );
    const names = runs.map(({ calls }) => new Set(calls.map(({ request }) => request["FunctionName"])));
    expect(names).toEqual([new Set(["a-orders"]), new Set(["b-orders"])]);
    expect(platform.calls({ writes: true })).toHaveLength(2);
  });

  test("may go to different regions", async () => {
    const app = newApp();
    for (const region of [scf.Region.GUANGZHOU, scf.Region.SHANGHAI]) {
      new scf.Function(new TestStack(app, `shop-${region}`, { region }), "orders", node);
    }
    const platform = LocalPlatform.inMemory();
    await platform.deploy(app);
    expect((await platform.live("scf_function")).map(({ region }) => region).sort()).toEqual([
      "ap-guangzhou",
      "ap-shanghai",
    ]);
  });

  test("are not tried after one that failed", async () => {
    const platform = LocalPlatform.inMemory();
    platform.faults.fail({ action: "PublishLayerVersion" }, "LimitExceeded.Layer");
    const { app } = twoStacks();
    const run = await platform.deploy(app, { failures: "return" });
    expect(run.failed.map(({ address }) => address)).toEqual(["base/deps"]);
    expect(run.blocked).toEqual(["a-shop"]);
  });

  test("one alone is deployed when those it refers to are there", async () => {
    const platform = LocalPlatform.inMemory();
    const { base, shop: other } = twoStacks();
    expect(await failureOf(platform.deploy(other))).toMatchObject({
      code: "STACK_DEPENDENCY",
      message:
        "Stack a-shop refers to base, which was never deployed here.\nDeploy that first, or deploy the whole app.",
    });
    await platform.deploy(base);
    expect((await platform.deploy(other)).created).toEqual(["a-shop/site"]);
  });

  test("fails to deploy one twice at once", async () => {
    const platform = LocalPlatform.inMemory();
    const outcomes = await Promise.allSettled([platform.deploy(small()), platform.deploy(small())]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(outcomes[1]).toMatchObject({
      reason: {
        code: "STATE_LOCKED",
        message: expect.stringContaining("The state of shop is locked by `deploy`.") as string,
      },
    });
  });
});

describe("secrets", () => {
  const secret = 'p"ss word/1';
  const withSecret = (): TestStack =>
    small({
      environment: {
        PASSWORD: scf.Secret.fromEnvironment("SHOP_PASSWORD"),
        PIN: scf.Secret.fromEnvironment("SHOP_PIN"),
        MODE: "fast",
      },
    });
  const environment = { SHOP_PASSWORD: secret, SHOP_PIN: "42" };

  test("come from the test, and stand nowhere in clear", async () => {
    const platform = LocalPlatform.inMemory({ environment });
    const run = await platform.deploy(withSecret());
    const [create] = platform.calls({ action: "CreateFunction" });
    const variables = [
      { Key: "PASSWORD", Value: "•••" },
      { Key: "PIN", Value: "•••" },
      { Key: "MODE", Value: "fast" },
    ];
    expect(create?.request).toMatchObject({
      Environment: { Variables: expect.arrayContaining(variables) as unknown },
    });
    const [fn] = await platform.live("scf_function");
    expect(fn?.properties.environment).toMatchObject({ PASSWORD: "•••", PIN: "•••", MODE: "fast" });
    const everything = JSON.stringify([run, platform.calls(), fn, await platform.diff(withSecret())]);
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      expect(everything).not.toContain(form);
    }
    expect(await platform.call("scf", "GetFunction", { FunctionName: "shop-orders" })).toMatchObject({
      Environment: { Variables: expect.arrayContaining([{ Key: "PASSWORD", Value: secret }]) as unknown },
    });
  });

  test("are hidden in what a refusal repeats", async () => {
    const platform = LocalPlatform.inMemory({ environment });
    platform.faults.fail({ action: "CreateFunction" }, "InvalidParameterValue", "you sent {request}");
    const { message } = await failureOf(platform.deploy(withSecret()));
    expect(message).toContain("you sent");
    expect(message + JSON.stringify(platform.calls())).not.toContain(JSON.stringify(secret).slice(1, -1));
  });

  test("fails when the test gives none, and says how", async () => {
    const platform = LocalPlatform.inMemory();
    expect(await failureOf(platform.deploy(withSecret()))).toMatchObject({
      code: "SECRET_MISSING",
      message:
        'shop/orders needs the secret SHOP_PASSWORD, which the test does not give.\nGive it some value: LocalPlatform.inMemory({ environment: { SHOP_PASSWORD: "…" } }).',
      fix: 'Give it some value: LocalPlatform.inMemory({ environment: { SHOP_PASSWORD: "…" } }).',
    });
  });
});

test("fails to list a kind that there is not", async () => {
  const live = LocalPlatform.inMemory().live("scf_funktion" as "scf_function");
  expect(await failureOf(live)).toMatchObject({ code: "KIND_UNKNOWN", fix: 'Did you mean "scf_function"?' });
});

test("nothing heavy is loaded before something is deployed", () => {
  const root = path.join(__dirname, "../..");
  const program = `
    require("./lib/testing/local-platform").LocalPlatform.inMemory();
    const loaded = Object.keys(require.cache).map((file) => require("path").relative(process.cwd(), file));
    process.stdout.write(JSON.stringify(loaded.filter((file) => !/typescript|ts-node|@cspotcode|acorn/.test(file))));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["-r", "ts-node/register/transpile-only", "-e", program],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  expect(stderr).toBe("");
  const loaded = JSON.parse(stdout) as string[];
  const heavy =
    /^lib\/(reconciler|kinds|assets|rules|platform\/local)\/|node_modules\/(zod|libsql|cdktf|cdktn)\//;
  expect(loaded.filter((file) => heavy.test(file))).toEqual([]);
});
