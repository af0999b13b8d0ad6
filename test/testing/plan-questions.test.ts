import * as scf from "cdktf-scf";
import { Plan, simulate } from "cdktf-scf/testing";
import { loadBalancer, newApp, node, planFile, TestStack } from "../constructs/app";

class Released extends TestStack {
  constructor(app = newApp(), id = "shop") {
    super(app, id);
    const orders = new scf.Function(this, "orders", node);
    const live = orders.addAlias("live", {
      version: orders.currentVersion,
      release: scf.Release.canary({
        steps: [
          {
            weight: scf.Weight.percent(10),
            wait: scf.Duration.minutes(10),
            gate: scf.Gate.command("npm run smoke"),
          },
          { weight: scf.Weight.percent(50) },
        ],
        instances: 3,
      }),
    });
    live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
    const http = new scf.LoadBalancerListener(this, "http", {
      loadBalancer,
      protocol: scf.Protocol.HTTP,
      port: id === "shop" ? 80 : 81,
    });
    http.addRule("all", { domain: "www.example.com", path: "/", targets: [live] });
    const runner = new scf.Role(this, "runner");
    orders.grants.invoke(runner);
  }
}

const version = "currentVersion of shop/orders";
const plan = Plan.fromStack(new Released());

test("a plan answers questions about its program", () => {
  expect(plan.routes("live")).toMatchObject({
    versions: [{ version, percent: 100 }],
    release: [
      { percent: 10, waitSeconds: 600, gate: "npm run smoke" },
      { percent: 50, waitSeconds: 0 },
    ],
  });
  expect(plan.reachableFrom("http/all")).toMatchObject({
    functions: ["shop/orders"],
    versions: [`shop/orders: ${version}`],
  });
  expect(plan.ruleFor("http", { domain: "www.example.com", path: "/x" }).rule).toBe("shop/http/all");
  expect(plan.allowedActions("runner").allowed).toMatchObject([
    { action: "scf:InvokeFunction", resource: "shop/orders" },
  ]);
  expect(plan.triggersOf("orders").triggers.map(({ trigger }) => trigger)).toEqual([
    expect.stringMatching(/^shop\/http\/all\//),
    "shop/orders/live/nightly",
  ]);
});

test("what answers say to people is no part of what is compared", () => {
  const answer = plan.routes("live");
  expect(Object.keys(answer)).toEqual(["alias", "function", "versions", "release"]);
  expect(`${answer}`).toMatch(/^shop\/orders\/live: currentVersion of shop\/orders \(100 %\)\n/);
});

test("a plan is simulated", () => {
  expect(simulate.request(plan, "live").version).toBe(version);
  expect(simulate.request(plan, "http", { domain: "www.example.com", path: "/" }).why).toHaveLength(3);
  const at = "2026-03-01T12:00:00+08:00";
  expect(simulate.concurrency(plan, { at }).functions[0]?.provisioned).toMatchObject([
    { version, instances: 3 },
  ]);
  expect(simulate.schedules(plan, { from: at }).timers).toHaveLength(1);
});

test("the plan of an app, and one of a file, answer alike", () => {
  const app = newApp();
  new Released(app, "shop");
  new Released(app, "other");
  expect(Plan.fromApp(app).routes("shop/orders/live")).toEqual(plan.routes("live"));
  app.synth();
  expect(Plan.fromFile(planFile(app, "shop")).routes("live")).toEqual(plan.routes("live"));
  expect(() => Plan.fromApp(app).routes("live")).toThrow(
    'The app has 2 aliases whose path ends with "live": shop/orders/live and other/orders/live.\nWrite more of the path, as much as tells them apart.',
  );
});

test.each([
  ["routes", 'Stack shop has no alias at "liv".\nDid you mean "live"? It has 1 alias: shop/orders/live.'],
  ["reachableFrom", 'Stack shop has no forwarding rule at "liv".\nIt has 1 forwarding rule: shop/http/all.'],
  ["triggersOf", 'Stack shop has no function at "liv".\nIt has 1 function: shop/orders.'],
] as const)("fails in %s with what there is, at the line of the test", (question, message) => {
  let failure: Error | undefined;
  try {
    plan[question]("liv");
  } catch (error) {
    failure = error as Error;
  }
  expect(failure?.message).toBe(message);
  expect(failure?.stack).toMatch(/^.*\n(.*\n)?\s+at .*plan-questions\.test\.ts/);
});

test("fails in simulations at the line of the test, too", () => {
  let failure: Error | undefined;
  try {
    simulate.requests(plan, "http");
  } catch (error) {
    failure = error as Error;
  }
  expect(failure?.message).toBe(
    'A request to shop/http has no domain and path: the listener forwards by both.\nGive both, for example { domain: "www.example.com", path: "/orders" }.',
  );
  expect(failure?.stack).toMatch(/^.*\n(.*\n)?\s+at .*plan-questions\.test\.ts/);
});
