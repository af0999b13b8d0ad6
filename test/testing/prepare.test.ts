import * as fs from "node:fs";
import { Aspects } from "cdktf";
import type { App } from "cdktf";
import * as scf from "cdktf-scf";
import { APP_SYNTHESIS, type Preparable, type PreparedApp } from "../../lib/model/prepared";
import { newApp, node, readPlan, TestStack } from "../constructs/app";

function prepare(app: App): PreparedApp {
  return (app as unknown as { readonly [APP_SYNTHESIS]: Preparable })[APP_SYNTHESIS].prepare();
}

test("an app is prepared as synthesis writes it, and nothing is written", () => {
  const app = newApp();
  const shop = new TestStack(app, "shop");
  const orders = new scf.Function(shop, "orders", { ...node, memory: 256 });
  const billing = new TestStack(app, "billing");
  new scf.Function(billing, "bills", { ...node, environment: { ORDERS: orders.functionName } });
  Aspects.of(shop).add({
    visit: (construct) => {
      if (construct === shop) new scf.Function(shop, "added", node);
    },
  });
  const before = fs.readdirSync(app.outdir, { recursive: true });
  const prepared = prepare(app);
  expect(fs.readdirSync(app.outdir, { recursive: true })).toEqual(before);
  expect(prepared.findings.filter(({ severity }) => severity === "error")).toEqual([]);

  // Aspects of the first call have had their turn; cdktf's own would add the function once more.
  const fresh = newApp();
  const again = new TestStack(fresh, "shop");
  const other = new scf.Function(again, "orders", { ...node, memory: 256 });
  new scf.Function(new TestStack(fresh, "billing"), "bills", {
    ...node,
    environment: { ORDERS: other.functionName },
  });
  new scf.Function(again, "added", node);
  fresh.synth();
  for (const { plan } of prepared.stacks) expect(plan).toEqual(readPlan(fresh, plan.stack));
});

test("the next call takes what the program has added since, and visits nothing twice", () => {
  const app = newApp();
  const shop = new TestStack(app, "shop");
  new scf.Function(shop, "orders", node);
  const visited: string[] = [];
  Aspects.of(shop).add({ visit: (construct) => void visited.push(construct.node.path) });
  prepare(app);
  const first = visited.splice(0);
  new scf.Function(shop, "bills", node);
  const [stack] = prepare(app).stacks;
  expect(stack?.plan.resources.map(({ address }) => address)).toEqual(["shop/bills", "shop/orders"]);
  expect(first).toContain("shop/orders");
  expect(visited).not.toContain("shop/orders");
  expect(visited).toContain("shop/bills");
});

test("the bytes of a package are there, and its construct's place in the program", () => {
  const app = newApp();
  new scf.Function(new TestStack(app, "shop"), "orders", node);
  const [stack] = prepare(app).stacks;
  const [asset] = stack?.plan.assets ?? [];
  expect(stack?.asset(asset?.hash ?? "").byteLength).toBe(asset?.zipBytes);
  expect(stack?.locate("shop/orders")?.file).toBe(__filename);
  expect(() => stack?.asset("none")).toThrow("Stack shop uses no package with the hash none.");
});

test("fails no call when rules are broken; synthesis afterwards does", () => {
  const app = newApp();
  new scf.Function(new TestStack(app, "shop"), "orders", { ...node, timeout: scf.Duration.seconds(5000) });
  const { stacks, findings } = prepare(app);
  expect(findings.map(({ rule }) => rule)).toContain("FN-TIMEOUT");
  expect(stacks[0]?.plan.validated).toBe(false);
  expect(() => app.synth()).toThrow("FN-TIMEOUT");
});
