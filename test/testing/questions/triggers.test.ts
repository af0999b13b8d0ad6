import { triggersOf } from "../../../lib/testing/questions";
import type { Properties } from "../../../lib/model/value";
import { alias, binding, listener, ofOrders, orders, planOf, ref, rule, stackOf, token } from "../plan";

test("triggers of a function, its aliases and load balancers", () => {
  const plan = planOf({
    orders,
    "orders/live": alias(),
    nightly: ["scf_timer_trigger", { ...ofOrders, qualifier: ref("orders/live", "name"), enabled: false }],
    upload: ["scf_cos_trigger", { ...ofOrders, qualifier: "$DEFAULT", enabled: token }],
    logs: ["scf_cls_trigger", { ...ofOrders, qualifier: "elsewhere", topicId: "t" }],
    http: listener,
    all: rule("www.example.com", "/"),
    "all/Target": binding("all", "3"),
    other: ["scf_timer_trigger", { namespace: "default", functionName: "pay", qualifier: "$LATEST" }],
  });
  const answer = triggersOf(plan, "orders");
  expect(
    answer.triggers.map(({ trigger, type, starts, enabled }) => [trigger, type, starts, enabled]),
  ).toEqual([
    ["shop/all/Target", "load balancer binding", "version 3", true],
    ["shop/logs", "CLS trigger", "alias elsewhere", true],
    ["shop/nightly", "timer trigger", "alias live", false],
    ["shop/upload", "COS trigger", "alias $DEFAULT", undefined],
  ]);
  expect(String(answer)).toBe(
    [
      "shop/orders is started by",
      "  shop/all/Target, load balancer binding: version 3, 3 (100 %)",
      "  shop/logs, CLS trigger: alias elsewhere, unknown: alias elsewhere is not in the plan (100 %)",
      "  shop/nightly, timer trigger, disabled: alias live, 1 (100 %)",
      "  shop/upload, COS trigger: alias $DEFAULT, $LATEST (100 %)",
    ].join("\n"),
  );
});

test("a function that nothing starts", () => {
  expect(String(triggersOf(planOf({ orders }), "shop/orders"))).toBe("shop/orders is started by nothing");
});

test("triggers of functions with the same name elsewhere are none of it", () => {
  const timer = (of: object): [string, Properties] => [
    "scf_timer_trigger",
    { qualifier: "$LATEST", enabled: true, ...of },
  ];
  const named = { namespace: "default", functionName: "orders" };
  const shop = stackOf("shop", { orders, nightly: timer(named) });
  const mirror = stackOf(
    "mirror",
    { orders, daily: timer(named) },
    {
      provider: { ...shop.provider, region: "ap-shanghai" },
    },
  );
  const { triggers } = triggersOf({ stacks: [shop, mirror] }, "shop/orders");
  expect(triggers.map(({ trigger }) => trigger)).toEqual(["shop/nightly"]);
});

test("fails for a function that is not there", () => {
  expect(() => triggersOf(planOf({ orders }), "order")).toThrow(
    expect.objectContaining({
      message: 'Stack shop has no function at "order".',
      fix: 'Did you mean "orders"? It has 1 function: shop/orders.',
    }),
  );
});
