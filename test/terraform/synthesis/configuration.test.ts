import * as fs from "node:fs";
import * as path from "node:path";
import { Construct } from "constructs";
import * as scf from "cdktf-scf";
import { loadBalancer, newApp, node, TestStack, web } from "../../constructs/app";
import { configurationOf, readConfiguration, readText, withState } from "./configuration";

/** Something of everything. */
function declareShop(stack: TestStack): void {
  withState(stack);
  const deps = new scf.Layer(stack, "deps", {
    code: node.code,
    compatibleRuntimes: [scf.Runtime.NODEJS_16_13],
  });
  const orders = new scf.Function(stack, "orders", {
    ...node,
    layers: [deps],
    environment: { TABLE: "orders", camelCase: "kept", KEY: scf.Secret.fromEnvironment("ORDERS_KEY") },
    tags: { costCenter: "12" },
  });
  const live = orders.addAlias("live", {
    version: orders.currentVersion,
    routing: scf.Routing.weighted(orders.version("3"), scf.Weight.percent(10)),
  });
  orders.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
  const listener = new scf.LoadBalancerListener(stack, "http", {
    loadBalancer,
    protocol: scf.Protocol.HTTP,
    port: 80,
  });
  listener.addRule("orders", { domain: "www.example.com", path: "/orders", targets: [live] });
  const operators = new scf.Policy(stack, "operators", { name: "orders-operators" });
  orders.grants.invoke(operators);
  const stock = new scf.Function(new Construct(stack, "back"), "stock", node);
  stock.node.addDependency(operators);
  scf.Lifecycle.of(stock).protect().retain().moveFrom("shop/stock").moveFrom("shop/older/stock");
  new scf.Output(stack, "orders-id", { value: `id: ${orders.functionId}`, description: "Its ${name}" });
  new scf.Output(stack, "key", { value: 1, sensitive: true });
}

test("every resource of the plan is one of Terraform's, with its lifecycle, moves and outputs", () => {
  const app = newApp();
  declareShop(new TestStack(app, "shop"));
  app.synth();
  const golden = path.join(__dirname, "golden", "shop.tf.json");
  if (process.env["UPDATE_GOLDEN"]) {
    fs.mkdirSync(path.dirname(golden), { recursive: true });
    fs.writeFileSync(golden, readText(app, "shop"));
  }
  expect(readText(app, "shop")).toBe(fs.readFileSync(golden, "utf8"));
});

test("it is the same text when it is written again", () => {
  const texts = [0, 1].map(() => {
    const app = newApp();
    declareShop(new TestStack(app, "shop"));
    app.synth();
    return readText(app, "shop");
  });
  expect(texts[0]).toBe(texts[1]);
});

describe("literal text", () => {
  test.each([
    ["${name}", "$${name}"],
    ["%{ if true }", "%%{ if true }"],
    ["$${name}", "$$${name}"],
    ["100 % of $5", "100 % of $5"],
    ['a "quote", a \\ and a\nline', 'a "quote", a \\ and a\nline'],
    ["{{name}}", "{{name}}"],
    ["价格 ${价}", "价格 $${价}"],
  ])("%j stays text", (text, written) => {
    const { resource } = configurationOf((stack) => {
      new scf.Function(stack, "orders", { ...node, environment: { TEXT: text } });
    });
    expect(resource["scf_function"]?.["orders"]?.["environment"]).toEqual({ TEXT: written });
  });

  test("is escaped in keys as well", () => {
    const { resource } = configurationOf((stack) => {
      new scf.Function(stack, "orders", { ...node, tags: { "a${b}": "c" } });
    });
    expect(resource["scf_function"]?.["orders"]?.["tags"]).toEqual({ "a$${b}": "c" });
  });

  test("with a dollar sign at its end does not escape the value that follows", () => {
    const { resource } = configurationOf((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      new scf.Function(stack, "stock", { ...node, environment: { ID: `cost $$${orders.functionId}` } });
    });
    expect(resource["scf_function"]?.["stock"]?.["environment"]).toEqual({
      ID: 'cost ${"$$"}${scf_function.orders.function_id}',
    });
  });

  test("fails with the reason when it looks like a secret's marker", () => {
    expect(() =>
      configurationOf((stack) => {
        new scf.Function(stack, "orders", { ...node, environment: { TEXT: "{{secret:KEY}}" } });
      }),
    ).toThrow("A text holds {{secret:KEY}}, which stands for a secret under Terraform");
  });
});

describe("values", () => {
  test("of one sort or another are of the one sort that Terraform has for both", () => {
    const { resource } = configurationOf((stack) => {
      new scf.WebFunction(stack, "site", { ...web(), instanceConcurrency: 10 });
      new scf.Policy(stack, "operators", {
        statements: [
          {
            effect: "allow",
            actions: ["scf:GetFunction"],
            resources: ["*"],
            conditions: scf.Condition.ipEqual("10.0.0.0/8"),
          },
        ],
      });
    });
    expect(resource["scf_policy"]?.["operators"]?.["statement"]).toMatchObject([
      { condition: { ip_equal: { "qcs:ip": ["10.0.0.0/8"] } } },
    ]);
  });

  test("that exist for the rules only are not there", () => {
    const { resource } = configurationOf((stack) => {
      new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: scf.Protocol.HTTP, port: 80 });
    });
    expect(Object.keys(resource["scf_listener"]?.["http"] ?? {})).toEqual([
      "//",
      "load_balancer_id",
      "name",
      "port",
      "protocol",
    ]);
  });
});

describe("what is replaced with what it lives in", () => {
  const triggersOf = (block: unknown) =>
    (block as { lifecycle?: { replace_triggered_by?: string[] } } | undefined)?.lifecycle
      ?.replace_triggered_by;

  test("a trigger, an alias and a version are replaced with their function", () => {
    const { resource, terraform } = configurationOf((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      orders.addAlias("live", { version: orders.currentVersion });
      orders.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
    });
    for (const type of ["scf_version", "scf_alias", "scf_timer_trigger"]) {
      const [block] = Object.values(resource[type] ?? {});
      expect(triggersOf(block)).toEqual(["scf_function.orders.instance"]);
    }
    expect(terraform).toEqual({ required_version: ">= 1.2" });
  });

  test("what is bound to a version is not replaced with it: it stays when the next one comes", () => {
    const { resource } = configurationOf((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      const listener = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer,
        protocol: scf.Protocol.HTTP,
        port: 80,
      });
      listener.addRule("orders", {
        domain: "www.example.com",
        path: "/orders",
        targets: [orders.currentVersion],
      });
    });
    const [block] = Object.values(resource["scf_function_binding"] ?? {});
    expect(triggersOf(block)).toHaveLength(3);
    expect(triggersOf(block)?.join()).not.toContain("scf_version");
  });

  test("a function is not replaced with a layer or a role, of which it takes the next", () => {
    const { resource, terraform } = configurationOf((stack) => {
      const deps = new scf.Layer(stack, "deps", {
        code: node.code,
        compatibleRuntimes: [scf.Runtime.NODEJS_16_13],
      });
      new scf.Function(stack, "orders", { ...node, layers: [deps], role: new scf.Role(stack, "run") });
    });
    expect(triggersOf(resource["scf_function"]?.["orders"])).toBeUndefined();
    expect(terraform).toBeUndefined();
  });
});

describe("the provider block", () => {
  test("says where the stack is deployed", () => {
    const { provider } = configurationOf(() => {}, {
      account: { uin: "100000000001", type: "traditional" },
      quotas: { functionsPerNamespace: 80 },
      platform: scf.Platform.tencentCloud({ endpoint: "http://127.0.0.1:9750" }),
    });
    expect(provider.scf).toEqual({
      region: "ap-guangzhou",
      uin: "100000000001",
      account_type: "traditional",
      quotas: { functionsPerNamespace: 80 },
      platform: { type: "tencentcloud", endpoint: "http://127.0.0.1:9750" },
      plan: "scf.plan.json",
      owner: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
  });

  test("names the file of the local platform from the stack's folder", () => {
    const app = newApp();
    new TestStack(app, "shop", { platform: scf.Platform.local({ path: "some/local.db", delayMs: 5 }) });
    app.synth();
    const {
      type,
      delay_ms,
      path: file,
    } = readConfiguration(app, "shop").provider.scf["platform"] as Record<string, string>;
    expect({ type, delay_ms }).toEqual({ type: "local", delay_ms: 5 });
    expect(path.isAbsolute(file as string)).toBe(false);
    expect(path.resolve(app.outdir, "stacks", "shop", file as string)).toBe(path.resolve("some/local.db"));
  });

  test("has one owner per stack and state", () => {
    const ownerOf = (id: string, declare: (stack: TestStack) => void) => {
      const app = newApp();
      declare(new TestStack(app, id));
      app.synth();
      return readConfiguration(app, id).provider.scf["owner"];
    };
    const owner = ownerOf("shop", withState);
    expect(ownerOf("shop", withState)).toBe(owner);
    expect(ownerOf("store", withState)).not.toBe(owner);
    expect(ownerOf("shop", () => {})).not.toBe(owner);
  });
});

test("Terraform is told to plan nothing when a rule is broken, and not that there are no resources any more", () => {
  const outdir = newApp().outdir;
  const synthesizeWith = (timeout: scf.Duration) => {
    const app = newApp();
    Object.assign(app, { outdir });
    new scf.Function(new TestStack(app, "shop"), "orders", { ...node, timeout });
    app.synth();
  };
  const file = path.join(outdir, "stacks", "shop", "scf.tf.json");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  synthesizeWith(scf.Duration.seconds(3));
  expect(fs.readFileSync(file, "utf8")).toContain('"scf_function"');
  expect(() => synthesizeWith(scf.Duration.seconds(901))).toThrow("FN-TIMEOUT");
  const refused = fs.readFileSync(file, "utf8");
  expect(refused).not.toContain('"scf_function"');
  expect(JSON.parse(refused)).toEqual({
    variable: {
      cdktf_scf: {
        default: "refused",
        validation: {
          condition: '${var.cdktf_scf == ""}',
          error_message: expect.stringContaining(
            "The program of stack shop breaks rules of the platform, so nothing is planned",
          ) as string,
        },
      },
    },
  });
});

test("Terraform is told to plan nothing of what was synthesized without validation", () => {
  const app = newApp({ skipValidation: true });
  new scf.Function(new TestStack(app, "shop"), "orders", node);
  app.synth();
  expect(readText(app, "shop")).toContain(
    "The program of stack shop was synthesized without validation, so nothing is planned",
  );
});
