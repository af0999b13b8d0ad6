import { triggersOf } from "../../../lib/testing/questions";
import { alias, binding, listener, ofOrders, orders, planOf, ref, rule, token } from "../plan";

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
      "  shop/logs, CLS trigger: alias elsewhere, unknown: alias elsewhere is not of this stack (100 %)",
      "  shop/nightly, timer trigger, disabled: alias live, 1 (100 %)",
      "  shop/upload, COS trigger: alias $DEFAULT, $LATEST (100 %)",
    ].join("\n"),
  );
});

test("a function that nothing starts", () => {
  expect(String(triggersOf(planOf({ orders }), "shop/orders"))).toBe("shop/orders is started by nothing");
});
