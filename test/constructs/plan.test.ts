import * as fs from "node:fs";
import * as path from "node:path";
import { type App, Aspects, Lazy, TerraformStack, TerraformVariable, Token } from "cdktf";
import * as scf from "cdktf-scf";
import { Construct } from "constructs";
import Ajv from "ajv/dist/2020";
import { planJsonSchema } from "../../lib/model/plan-schema";
import { parsePlan, serializePlan } from "../../lib/model/plan";
import { reference } from "../../lib/model/value";
import { temporaryFolder } from "../temporary-folder";
import { loadBalancer, newApp, node, planFile, readPlan, resource, synthesize, TestStack, web } from "./app";

describe("a function", () => {
  test("stands in the plan with every default written out", () => {
    const plan = synthesize((stack) => new scf.Function(stack, "orders", node));
    expect(resource(plan, "shop/orders")).toEqual({
      address: "shop/orders",
      kind: "scf_function",
      dependsOn: [],
      properties: {
        namespace: "default",
        functionName: "shop-orders",
        type: "Event",
        runtime: "Nodejs16.13",
        handler: "index.main_handler",
        code: { asset: plan.assets[0]?.hash },
        memory: 128,
        timeout: 3,
        initTimeout: 60,
        asyncExecution: false,
      },
    });
  });

  test("refers to namespace, layer and role by address, never by a value that may change", () => {
    const plan = synthesize((stack) => {
      const namespace = new scf.Namespace(stack, "sale");
      const layer = new scf.Layer(stack, "deps", { code: node.code, compatibleRuntimes: [node.runtime] });
      const role = new scf.Role(stack, "run");
      new scf.Function(stack, "orders", { ...node, namespace, layers: [layer], role });
    });
    expect(resource(plan, "shop/orders").properties).toMatchObject({
      namespace: reference("shop/sale", "name"),
      layers: [{ name: reference("shop/deps", "layerName"), version: reference("shop/deps", "version") }],
      role: reference("shop/run", "roleName"),
    });
  });

  test("keeps a secret out of the plan: only its source is named", () => {
    process.env["SHOP_TEST_SECRET"] = "correct horse battery staple";
    const plan = synthesize((stack) => {
      new scf.Function(stack, "orders", {
        ...node,
        environment: { PASSWORD: scf.Secret.fromEnvironment("SHOP_TEST_SECRET"), TABLE: "orders" },
      });
    });
    delete process.env["SHOP_TEST_SECRET"];
    expect(resource(plan, "shop/orders").properties["environment"]).toEqual({
      PASSWORD: { $secret: { environment: "SHOP_TEST_SECRET" } },
      TABLE: "orders",
    });
    expect(serializePlan(plan)).not.toContain("correct horse");
  });

  test("gives a long path a name that fits and stays", () => {
    const name = (id: string) =>
      resource(
        synthesize((stack) => new scf.Function(stack, id, { ...node })),
        `shop/${id}`,
      ).properties["functionName"] as string;
    const long = name("a".repeat(80));
    expect(long).toHaveLength(60);
    expect(long).toMatch(/^shop-a+-[0-9a-f]{8}$/);
    expect(name("a".repeat(80))).toBe(long);
    expect(name(`${"a".repeat(79)}b`)).not.toBe(long);
    expect(name("Bestellung ö")).toMatch(/^shop-Bestellung-[0-9a-f]{8}$/);
  });
});

describe("functions that are alike", () => {
  test("have the same values, in the order of the plan, however they were given", () => {
    const plan = synthesize((stack) => {
      new scf.Function(stack, "a", { ...node, tags: { team: "shop", env: "prod" } });
      new scf.Function(stack, "b", { ...node, tags: { env: "prod", team: "shop" } });
    });
    const tags = ["shop/a", "shop/b"].map((address) => resource(plan, address).properties["tags"]);
    expect(JSON.stringify(tags)).toBe('[{"env":"prod","team":"shop"},{"env":"prod","team":"shop"}]');
  });

  test("keep apart where one of them has more, less or something else", () => {
    const given: Record<string, string>[] = [
      { A: "1", B: "2" },
      { A: "1" },
      { A: "1", B: "3" },
      { A: "1", B: "3", C: "4" },
      {},
    ];
    const plan = synthesize((stack) => {
      given.forEach((environment, index) => new scf.Function(stack, `fn${index}`, { ...node, environment }));
    });
    given.forEach((environment, index) =>
      expect(resource(plan, `shop/fn${index}`).properties["environment"]).toEqual(environment),
    );
  });

  test("have each its own value of a token that looks like what the other one has", () => {
    const plan = synthesize((stack) => {
      const { functionId } = new scf.Function(stack, "first", node);
      const environments: Record<string, string>[] = [
        { TABLE: "orders" },
        { TABLE: Lazy.stringValue({ produce: () => "orders" }) },
        { TABLE: Lazy.stringValue({ produce: () => "customers" }) },
        { TABLE: functionId },
        { TABLE: `table of ${functionId}` },
      ];
      environments.forEach(
        (environment, index) => new scf.Function(stack, `fn${index}`, { ...node, environment }),
      );
    });
    const tables = [0, 1, 2, 3, 4].map((index) => {
      const environment = resource(plan, `shop/fn${index}`).properties["environment"];
      return (environment as { readonly TABLE: unknown }).TABLE;
    });
    const id = reference("shop/first", "functionId");
    expect(tables).toEqual(["orders", "orders", "customers", id, { $join: ["table of ", id] }]);
  });
});

describe("versions, aliases and triggers", () => {
  test("an alias routes a share to the version that is published next", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      const live = orders.addAlias("live", {
        version: orders.version("3"),
        routing: scf.Routing.weighted(orders.currentVersion, scf.Weight.percent(10)),
      });
      live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
      expect(orders.currentVersion).toBe(orders.currentVersion);
    });
    expect(resource(plan, "shop/orders/live").properties).toMatchObject({
      version: "3",
      routing: { type: "weighted", version: reference("shop/orders/CurrentVersion", "version"), percent: 10 },
    });
    expect(resource(plan, "shop/orders/CurrentVersion").properties["content"]).toEqual(
      reference("shop/orders", "contentHash"),
    );
    expect(resource(plan, "shop/orders/live/nightly").properties).toMatchObject({
      qualifier: reference("shop/orders/live", "name"),
      triggerName: "nightly",
      cron: "0 0 2 * * * *",
      enabled: true,
    });
  });

  test("triggers of every type stand in the plan with every default written out", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      const bucket = "uploads-1250000000";
      orders.addTrigger("put", scf.Trigger.cos({ bucket, events: ["cos:ObjectCreated:Put"] }));
      orders.addTrigger("messages", scf.Trigger.ckafka({ instanceId: "ckafka-a1", topic: "orders" }));
      orders.currentVersion.addTrigger(
        "logs",
        scf.Trigger.cls({ topicId: "0f1e2d3c-0000-4000-8000-000000000001" }),
      );
      orders.addTrigger("media", scf.Trigger.mps({ eventType: "EditMediaTask" }));
      orders.addTrigger("basic", scf.Trigger.apiGateway());
    });
    const onLatest = {
      namespace: "default",
      functionName: reference("shop/orders", "functionName"),
      qualifier: "$LATEST",
    };
    const of = (id: string) => resource(plan, `shop/orders/${id}`).properties;
    expect(of("put")).toEqual({
      ...onLatest,
      bucket: "uploads-1250000000",
      bucketRegion: "ap-guangzhou",
      event: "cos:ObjectCreated:Put",
      enabled: true,
    });
    expect(of("messages")).toEqual({
      ...onLatest,
      instanceId: "ckafka-a1",
      topic: "orders",
      offset: "latest",
      maxMessages: 100,
      retries: 10_000,
      maxWait: 60,
      enabled: true,
    });
    expect(of("CurrentVersion/logs")).toEqual({
      ...onLatest,
      qualifier: reference("shop/orders/CurrentVersion", "version"),
      topicId: "0f1e2d3c-0000-4000-8000-000000000001",
      maxWait: 60,
      maxMessages: 100,
    });
    expect(of("media")).toEqual({ ...onLatest, eventType: "EditMediaTask" });
    expect(of("basic")).toEqual({
      ...onLatest,
      path: "/",
      method: "ANY",
      environment: "release",
      protocol: "HTTPS",
      backendTimeout: 15,
      integratedResponse: false,
      authentication: false,
    });
  });

  test("each event of a bucket is a trigger of its own", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      const events = ["cos:ObjectCreated:*", "cos:ObjectRemove:Delete"] as const;
      orders.addTrigger(
        "files",
        scf.Trigger.cos({ bucket: "uploads-1250000000", events, prefix: "a/", suffix: ".jpg" }),
      );
    });
    expect(resource(plan, "shop/orders/files/ObjectCreated-Any").properties).toMatchObject({
      event: "cos:ObjectCreated:*",
      prefix: "a/",
      suffix: ".jpg",
    });
    expect(resource(plan, "shop/orders/files/ObjectRemove-Delete").properties).toMatchObject({
      event: "cos:ObjectRemove:Delete",
    });
  });

  test("messages are read from a point in time on", () => {
    const plan = synthesize((stack) => {
      const offset = new Date(Date.UTC(2026, 0, 1));
      new scf.Function(stack, "orders", node).addTrigger(
        "messages",
        scf.Trigger.ckafka({ instanceId: "ckafka-a1", topic: "orders", offset }),
      );
    });
    expect(resource(plan, "shop/orders/messages").properties["offset"]).toBe("1767225600000");
  });

  test("a WebSocket API takes GET unless told otherwise", () => {
    const plan = synthesize((stack) => {
      const webSocket = { idleTimeout: scf.Duration.seconds(60) };
      const timeout = scf.Duration.seconds(60);
      new scf.WebFunction(stack, "chat", { ...web(), webSocket, timeout }).addTrigger(
        "api",
        scf.Trigger.apiGateway({ serviceId: "service-a1b2c3d4", protocol: "WSS" }),
      );
    });
    expect(resource(plan, "shop/chat/api").properties).toMatchObject({ protocol: "WSS", method: "GET" });
  });

  test("a service that Terraform makes stays a token", () => {
    const plan = synthesize((stack) => {
      const variable = new TerraformVariable(stack, "service", { type: "string" });
      new scf.Function(stack, "orders", node).addTrigger(
        "api",
        scf.Trigger.apiGateway({ serviceId: variable.stringValue }),
      );
    });
    expect(resource(plan, "shop/orders/api").properties["serviceId"]).toHaveProperty("$token");
  });

  test.each([
    [{ from: 1, to: 50 }, "[1,50]"],
    [{ from: 1, to: 50, inclusive: false }, "(1,50)"],
  ])("a rule on a range %j becomes %s", (range, expression) => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      orders.addAlias("live", {
        version: orders.version("1"),
        routing: scf.Routing.range(orders.version("2"), { header: "userHash", ...range }),
      });
    });
    expect(resource(plan, "shop/orders/live").properties["routing"]).toEqual({
      type: "match",
      version: "2",
      key: "invoke.headers.userHash",
      method: "range",
      expression,
    });
  });
});

describe("load balancer and permissions", () => {
  test("a rule binds an alias, with weight 10 unless told otherwise", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      const live = orders.addAlias("live", { version: orders.currentVersion });
      const listener = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer,
        protocol: "HTTP",
        port: 80,
      });
      listener.addRule("a", { domain: "www.example.com", path: "/a", targets: [live] });
      listener.addRule("b", {
        domain: "www.example.com",
        path: "/b",
        targets: [{ target: live, weight: 0 }],
      });
    });
    expect(resource(plan, "shop/http/a/Target").properties).toMatchObject({
      locationId: reference("shop/http/a", "locationId"),
      qualifier: reference("shop/orders/live", "name"),
      qualifierType: "alias",
      weight: 10,
    });
    expect(resource(plan, "shop/http/b/Target").properties["weight"]).toBe(0);
  });

  test("a grant names the function by region, owner, namespace and name", () => {
    const plan = synthesize(
      (stack) => {
        const orders = new scf.Function(stack, "orders", node);
        const role = new scf.Role(stack, "caller");
        orders.grants.invoke(new scf.Policy(stack, "operators", { name: "orders-ops" }));
        orders.grants.invoke(role);
      },
      { account: { uin: "100000000001" } },
    );
    const statement = {
      effect: "allow",
      action: ["scf:InvokeFunction"],
      resource: [
        {
          $join: [
            "qcs::scf:ap-guangzhou:uin/100000000001:namespace/",
            "default",
            "/function/",
            reference("shop/orders", "functionName"),
          ],
        },
      ],
    };
    expect(resource(plan, "shop/operators").properties).toMatchObject({
      policyName: "orders-ops",
      statement: [statement],
    });
    expect(resource(plan, "shop/caller/Policy").properties["statement"]).toEqual([statement]);
    expect(resource(plan, "shop/caller/PolicyAttachment").properties).toEqual({
      roleName: reference("shop/caller", "roleName"),
      policyName: reference("shop/caller/Policy", "policyName"),
    });
  });
});

describe("values of others", () => {
  test("a token of another provider is kept as it is, and a text around one as its parts", () => {
    const plan = synthesize((stack) => {
      const subnet = new TerraformVariable(stack, "subnet", { type: "string" });
      new scf.Function(stack, "orders", {
        ...node,
        environment: { SUBNET: subnet.stringValue, URL: `https://${subnet.stringValue}/x` },
        memory: Token.asNumber(new TerraformVariable(stack, "memory", {}).numberValue) as scf.MemoryMb,
      });
    });
    expect(resource(plan, "shop/orders").properties).toMatchObject({
      environment: {
        SUBNET: { $token: "${var.subnet}" },
        URL: { $join: ["https://", { $token: "${var.subnet}" }, "/x"] },
      },
      memory: { $token: "${var.memory}" },
    });
  });

  test("a computed attribute used as text becomes a reference", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      new scf.Function(stack, "watch", {
        ...node,
        environment: { VERSION: `v${orders.currentVersion.version}` },
      });
      new scf.Output(stack, "version", { value: orders.currentVersion.version, description: "Newest." });
    });
    const version = reference("shop/orders/CurrentVersion", "version");
    expect(resource(plan, "shop/watch").properties["environment"]).toEqual({
      VERSION: { $join: ["v", version] },
    });
    expect(plan.outputs).toEqual({ version: { value: version, description: "Newest." } });
  });

  test("a resource of another stack makes this one wait for it", () => {
    const app = newApp();
    const base = new TestStack(app, "base");
    const shop = new TestStack(app, "shop");
    const layer = new scf.Layer(base, "deps", { code: node.code, compatibleRuntimes: [node.runtime] });
    new scf.Function(shop, "orders", { ...node, layers: [layer] });
    app.synth();
    expect(readPlan(app, "shop").dependsOnStacks).toEqual(["base"]);
    expect(readPlan(app, "base").dependsOnStacks).toEqual([]);
  });
});

const statement = { effect: "allow", actions: ["scf:ListFunctions"], resources: ["*"] } as const;

describe("the plan file", () => {
  function declare(app: App): void {
    const stack = new TestStack(app, "shop");
    const orders = new scf.Function(stack, "orders", { ...node, environment: { B: "2", A: "1" } });
    const listener = new scf.LoadBalancerListener(stack, "http", {
      loadBalancer,
      protocol: "HTTP",
      port: 80,
    });
    const rule = listener.addRule("orders", {
      domain: "www.example.com",
      path: "/",
      targets: [orders.currentVersion],
    });
    rule.node.addDependency(new scf.Policy(stack, "ops", { statements: [statement] }));
  }

  test("has the same bytes for the same program, wherever it is written", () => {
    const apps = [newApp(), newApp()];
    const texts = apps.map((app) => {
      declare(app);
      app.synth();
      return fs.readFileSync(planFile(app, "shop"), "utf8");
    });
    expect(texts[1]).toBe(texts[0]);
    expect(texts[0]).not.toContain(apps[0]?.outdir);
    expect(texts[0]).not.toContain(process.cwd());
  });

  test("says which resources come first though nothing refers to them", () => {
    const app = newApp();
    declare(app);
    app.synth();
    expect(resource(readPlan(app, "shop"), "shop/http/orders").dependsOn).toEqual(["shop/ops"]);
    expect(resource(readPlan(app, "shop"), "shop/http/orders/Target").dependsOn).toEqual(["shop/ops"]);
  });

  test("fits the published schema, and a damaged one does not", () => {
    const check = new Ajv({ strict: false, allErrors: true }).compile(planJsonSchema());
    const app = newApp();
    declare(app);
    app.synth();
    const plan = readPlan(app, "shop");
    expect(check(plan) ? [] : check.errors).toEqual([]);
    expect(check({ ...plan, resources: [{ ...plan.resources[0], kind: "scf_funktion" }] })).toBe(false);
    expect(check({ ...plan, surprise: 1 })).toBe(false);
  });

  test("is marked when validation was skipped", () => {
    const app = newApp({ skipValidation: true });
    declare(app);
    app.synth();
    expect(readPlan(app, "shop").validated).toBe(false);
  });

  test("takes what aspects change into account", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    const policy = new scf.Policy(stack, "ops");
    Aspects.of(stack).add({
      visit: (construct) => {
        if (construct === policy) policy.addToPolicy(statement);
      },
    });
    app.synth();
    expect(resource(readPlan(app, "shop"), "shop/ops").properties["statement"]).toHaveLength(1);
  });

  test.each([
    ["no JSON", "{", "PLAN_DAMAGED", /plan\.json is not JSON/],
    ["another file", "{}", "PLAN_DAMAGED", /plan\.json is not a plan of cdktf-scf/],
    [
      "a later format",
      '{"format":"cdktf-scf/plan","formatVersion":9}',
      "PLAN_VERSION",
      /plan format 9; this cdktf-scf reads format 1/,
    ],
    [
      "a part cut out",
      '{"format":"cdktf-scf/plan","formatVersion":1,"stack":"a"}',
      "PLAN_DAMAGED",
      /`provider` is missing/,
    ],
  ])("fails to be read as %s", (_, text, code, message) => {
    expect(() => parsePlan(text, "plan.json")).toThrow(message);
    expect(() => parsePlan(text, "plan.json")).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe("a stack", () => {
  test("fails without a provider, naming the resource and the line to add", () => {
    const app = newApp();
    const stack = new TerraformStack(app, "shop");
    new scf.Function(stack, "orders", node);
    expect(() => app.synth()).toThrow("Stack shop declares shop/orders and has no ScfProvider");
  });

  test("fails with two providers", () => {
    const stack = new TestStack(newApp(), "shop");
    expect(() => new scf.ScfProvider(stack, "other", { region: "ap-shanghai" })).toThrow(
      "Stack shop has two ScfProvider constructs, shop/scf and shop/other",
    );
  });

  test("without resources of ours is left alone", () => {
    const app = newApp();
    new TerraformStack(app, "network");
    app.synth();
    expect(fs.readdirSync(path.join(app.outdir, "stacks", "network"))).toEqual(["cdk.tf.json"]);
  });

  test("fails for code that is not there when the function is declared", () => {
    const missing = path.join(temporaryFolder(), "orders");
    const stack = new TestStack(newApp(), "shop");
    expect(() => new scf.Function(stack, "orders", { ...node, code: scf.Code.fromAsset(missing) })).toThrow(
      `There is no folder ${missing} to package.`,
    );
  });
});

describe("what a review found", () => {
  test("a number that is not known yet keeps its reference inside of a text", () => {
    const plan = synthesize((stack) => {
      const layer = new scf.Layer(stack, "deps", { code: node.code, compatibleRuntimes: [node.runtime] });
      new scf.Function(stack, "orders", { ...node, environment: { LAYER: `v${layer.version}!` } });
    });
    expect(resource(plan, "shop/orders").properties["environment"]).toEqual({
      LAYER: { $join: ["v", reference("shop/deps", "version"), "!"] },
    });
  });

  test("fails for a region that is not known at synthesis: everything depends on it", () => {
    const app = newApp();
    const stack = new TerraformStack(app, "shop");
    const region = new TerraformVariable(stack, "region", {}).stringValue;
    new scf.ScfProvider(stack, "scf", { region });
    new scf.Function(stack, "orders", node);
    expect(() => app.synth()).toThrow("shop/scf: `region` is a value that is not known yet");
  });

  test.each([["$ref"], ["$secret"]])("fails for a variable named %s, and says what keys are", (name) => {
    const app = newApp();
    new scf.Function(new TestStack(app, "shop"), "orders", { ...node, environment: { [name]: "x" } });
    expect(() => app.synth()).toThrow(`shop/orders: the key "${name}" cannot be used.`);
  });

  test("a dependency across stacks puts the stacks in order", () => {
    const app = newApp();
    const [base, shop] = [new TestStack(app, "base"), new TestStack(app, "shop")];
    const first = new scf.Function(base, "first", node);
    const second = new scf.Function(shop, "second", node);
    second.node.addDependency(first);
    const third = new TestStack(app, "third");
    new scf.Function(third, "third", node);
    third.addDependency(base);
    app.synth();
    expect(readPlan(app, "shop").dependsOnStacks).toEqual(["base"]);
    expect(readPlan(app, "third").dependsOnStacks).toEqual(["base"]);
  });

  test("fails for stacks that refer to each other in a circle", () => {
    const app = newApp();
    const [one, two] = [new TestStack(app, "one"), new TestStack(app, "two")];
    const layerOne = new scf.Layer(one, "deps", { code: node.code, compatibleRuntimes: [node.runtime] });
    const layerTwo = new scf.Layer(two, "deps", { code: node.code, compatibleRuntimes: [node.runtime] });
    new scf.Function(one, "orders", { ...node, layers: [layerTwo] });
    new scf.Function(two, "orders", { ...node, layers: [layerOne] });
    expect(() => app.synth()).toThrow(/circle.*one → two → one/);
  });

  test("fails for stacks in different scopes that have one id: one would take the other's folder", () => {
    const app = newApp();
    for (const id of ["north", "south"]) {
      const stack = new TerraformStack(new Construct(app, id), "shop");
      new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU });
      new scf.Function(stack, "orders", { ...node, name: `orders-${id}` });
    }
    expect(() => app.synth()).toThrow(
      "Stacks north/shop and south/shop have the same id, so both would be written to stacks/shop, and one would be lost.",
    );
  });

  test("fails for two outputs of one name, wherever they stand", () => {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    for (const id of ["a", "b"]) {
      const part = new scf.Namespace(stack, id);
      new scf.Output(part, "url", { value: id });
    }
    expect(() => app.synth()).toThrow("Stack shop has two outputs named url.");
  });

  test("an acknowledgement that an aspect of a later stack makes counts", () => {
    const app = newApp();
    new scf.Function(new TestStack(app, "base"), "orders", node);
    const shop = new TestStack(app, "shop");
    const orders = new scf.Function(shop, "orders", node);
    const http = new scf.LoadBalancerListener(shop, "http", { loadBalancer, protocol: "HTTP", port: 80 });
    http.addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] });
    Aspects.of(shop).add({
      visit: (construct) => {
        if (construct === shop) scf.Findings.of(shop).acknowledge("CLB-BETA", "admitted");
      },
    });
    app.synth();
    const report = JSON.parse(
      fs.readFileSync(path.join(app.outdir, "stacks", "shop", "scf.findings.json"), "utf8"),
    ) as { summary: object };
    expect(report.summary).toEqual({ errors: 0, warnings: 0, unchecked: 0, acknowledged: 1 });
  });

  test("roles of one id in two places can both have the same policy", () => {
    const plan = synthesize((stack) => {
      const policy = new scf.Policy(stack, "ops", { statements: [statement] });
      policy.attachTo(new scf.Role(new scf.Namespace(stack, "a"), "role"));
      policy.attachTo(new scf.Role(new scf.Namespace(stack, "b"), "role"));
    });
    expect(plan.resources.filter(({ kind }) => kind === "cam_policy_attachment")).toHaveLength(2);
  });

  test("a permission may stand before the provider", () => {
    const app = newApp();
    const stack = new TerraformStack(app, "shop");
    const orders = new scf.Function(stack, "orders", node);
    orders.grants.invoke(new scf.Policy(stack, "ops"));
    new scf.ScfProvider(stack, "scf", { region: "ap-beijing" });
    app.synth();
    expect(JSON.stringify(resource(readPlan(app, "shop"), "shop/ops"))).toContain(
      "qcs::scf:ap-beijing:uin/:",
    );
  });

  test("fails for inline code of a runtime that is not deployed as source", () => {
    const stack = new TestStack(newApp(), "shop");
    const props = { ...node, runtime: scf.Runtime.JAVA_11, handler: "example.Hello::main" };
    expect(() => new scf.Function(stack, "orders", props)).toThrow("shop/orders: inline code is source");
  });
});
