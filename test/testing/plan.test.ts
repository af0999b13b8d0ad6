import * as fs from "node:fs";
import * as path from "node:path";
import { TerraformStack, TerraformVariable } from "cdktf";
import * as scf from "cdktf-scf";
import { Capture, Match, Plan } from "cdktf-scf/testing";
import { newApp, node, planFile, readPlan, TestStack } from "../constructs/app";
import { Shop } from "./shop";

test("a stack is asked for its resources by path and by what they are", () => {
  const plan = Plan.fromStack(new Shop());
  plan
    .hasFunction("orders", { memory: 256, environment: { TABLE: "orders" } })
    .hasFunction("shop/bills")
    .hasAlias("orders/live", { version: "→ shop/orders/CurrentVersion.version" })
    .hasTimerTrigger("nightly", { cron: "0 0 2 * * * *", enabled: true })
    .has("scf_layer", { compatibleRuntimes: ["Nodejs16.13"] })
    .hasNo("scf_function", { memory: 3072 })
    .hasNo("clb_rule")
    .countIs("scf_function", 3)
    .countIs("clb_rule", 0);
});

test("what is known later is compared as it is shown", () => {
  const app = newApp();
  const stack = new TestStack(app, "shop");
  const table = new TerraformVariable(stack, "table", { type: "string" });
  const orders = new scf.Function(stack, "orders", {
    ...node,
    environment: { TABLE: table.stringValue, PASSWORD: scf.Secret.fromEnvironment("SHOP_PASSWORD") },
  });
  new scf.Function(stack, "bills", { ...node, environment: { ORDERS: `fn-${orders.functionId}` } });
  Plan.fromApp(app)
    .hasFunction("orders", { environment: { TABLE: "${var.table}", PASSWORD: "→ secret SHOP_PASSWORD" } })
    .hasFunction("bills", { environment: { ORDERS: "fn-${→ shop/orders.functionId}" } });
});

test("an app is asked for all of its stacks, a stack for its own resources", () => {
  const app = newApp();
  new Shop(app, "one");
  const two = new Shop(app, "two");
  Plan.fromApp(app).countIs("scf_function", 6).hasFunction("two/orders");
  Plan.fromStack(two).countIs("scf_function", 3).hasFunction("orders");
});

test("a plan file is asked the same", () => {
  const app = newApp();
  new Shop(app);
  app.synth();
  Plan.fromFile(planFile(app, "shop")).hasFunction("orders", { memory: 256 });
});

test("resources are found with their properties, paths and lines", () => {
  const found = Plan.fromStack(new Shop()).find("scf_function", { memory: Match.not(128) });
  expect(found.map(({ address, properties }) => [address, properties.memory])).toEqual([
    ["shop/bills", 512],
    ["shop/orders", 256],
  ]);
  expect(path.basename(found[0]?.location?.file ?? "")).toBe("shop.ts");
});

test("a capture holds the values of all matches, and nothing of an assertion that failed", () => {
  const plan = Plan.fromStack(new Shop());
  const memory = new Capture(Match.not(128));
  expect(() => plan.has("scf_function", { memory, timeout: 99 })).toThrow();
  expect(() => memory.as<number>()).toThrow("Nothing was captured.");
  plan.has("scf_function", { memory, environment: { TABLE: Match.any() } });
  expect(memory.as<number>()).toBe(512);
  expect(memory.next()).toBe(true);
  expect(memory.as<number>()).toBe(256);
  expect(memory.next()).toBe(false);
  expect(memory.values).toEqual([512, 256]);
});

test("a capture is the test's own: what is done to it changes nothing in the plan", () => {
  const plan = Plan.fromStack(new Shop());
  const before = JSON.stringify(plan.toSnapshot());
  const environment = new Capture();
  plan.hasFunction("orders", { environment });
  environment.as<Record<string, string>>()["TABLE"] = "bills";
  plan.hasFunction("orders", { environment: { TABLE: "orders" } });
  expect(JSON.stringify(plan.toSnapshot())).toBe(before);
});

test("a plan that was taken stays as it is; the next one has what was declared since", () => {
  const shop = new Shop();
  const before = Plan.fromStack(shop);
  new scf.Function(shop, "more", node);
  before.countIs("scf_function", 3);
  Plan.fromStack(shop).countIs("scf_function", 4);
});

test("fails for a program that breaks a rule, with its findings", () => {
  const stack = new TestStack(newApp(), "shop");
  new scf.Function(stack, "orders", { ...node, timeout: scf.Duration.seconds(1000) });
  expect(() => Plan.fromStack(stack)).toThrow(
    /^Stack shop breaks rules[^]*ERROR FN-TIMEOUT[^]*plan\.test\.ts:/,
  );
});

test("takes a stack when only another one breaks a rule", () => {
  const app = newApp();
  const shop = new Shop(app);
  const other = new TestStack(app, "other");
  new scf.Function(other, "orders", { ...node, timeout: scf.Duration.seconds(1000) });
  Plan.fromStack(shop).hasFunction("orders");
  expect(() => Plan.fromApp(app)).toThrow("The app breaks rules");
});

test("fails for a stack without anything of this library", () => {
  const app = newApp();
  const empty = new TerraformStack(app, "empty");
  expect(() => Plan.fromStack(empty)).toThrow("The app declares nothing of cdktf-scf");
  new Shop(app);
  expect(() => Plan.fromStack(empty)).toThrow("Stack empty declares nothing of cdktf-scf");
});

test("fails for a file that is missing, damaged or not validated", () => {
  const app = newApp({ skipValidation: true });
  new Shop(app);
  app.synth();
  const file = planFile(app, "shop");
  expect(() => Plan.fromFile(file)).toThrow("was written without validation.\nSynthesize it again");
  fs.writeFileSync(file, "{");
  expect(() => Plan.fromFile(file)).toThrow("is not JSON");
  expect(() => Plan.fromFile(`${file}.none`)).toThrow("Run `cdktf-scf synth` first");
});

test("fails for a file of which a part is missing", () => {
  const app = newApp();
  new Shop(app);
  app.synth();
  const file = planFile(app, "shop");
  const plan = readPlan(app, "shop");
  const [first] = plan.resources;
  for (const [change, problem] of [
    [{ provider: { region: "ap-guangzhou" } }, "`provider` has no account"],
    [{ outputs: { url: null } }, "output url has no value"],
    [{ dependsOnStacks: undefined }, "`dependsOnStacks` is missing"],
    [{ resources: [{ ...first, dependsOn: undefined }] }, `\`dependsOn\` of ${first?.address} is missing`],
  ] as const) {
    fs.writeFileSync(file, JSON.stringify({ ...plan, ...change }));
    expect(() => Plan.fromFile(file)).toThrow(`${file} is damaged: ${problem}.`);
  }
});

test("fails for a path at which a plan file has a kind of a later version", () => {
  const app = newApp();
  new Shop(app);
  app.synth();
  const file = planFile(app, "shop");
  const plan = readPlan(app, "shop");
  const later = { address: "shop/later", kind: "scf_later", properties: {}, dependsOn: [] };
  fs.writeFileSync(file, JSON.stringify({ ...plan, resources: [...plan.resources, later] }));
  expect(() => Plan.fromFile(file).hasFunction("later")).toThrow("shop/later is a scf_later.");
});

test("fails for a construct that has the stack's id and is not the stack", () => {
  const stack = new TestStack(newApp(), "shop");
  const shop = new scf.Function(stack, "shop", node);
  expect(() => Plan.fromStack(shop)).toThrow("hand over the stack or app that the constructs are in");
});

test("errors begin their stack at the line of the test", () => {
  const plan = Plan.fromStack(new Shop());
  for (const fail of [
    () => plan.hasFunction("orders", { memory: 64 }),
    () => plan.has("scf_function", { memory: 64 }),
    () => plan.countIs("scf_function", 1),
    () => plan.hasNo("scf_function"),
    () => Plan.fromFile("none"),
  ]) {
    const [first] = stackOf(fail).filter((line) => /^\s+at /.test(line));
    expect(first).toContain("plan.test.ts");
  }
});

function stackOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    return (error as Error).stack?.split("\n") ?? [];
  }
  return [];
}
