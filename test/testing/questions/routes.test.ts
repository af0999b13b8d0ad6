import { routes } from "../../../lib/testing/questions";
import { alias, currentVersion, ofOrders, orders, planOf, ref, token } from "../plan";

test("all requests go to one version", () => {
  const answer = routes(planOf({ orders, "orders/live": alias() }), "shop/orders/live");
  expect(answer).toEqual({
    alias: "shop/orders/live",
    function: "shop/orders",
    versions: [{ version: "1", percent: 100 }],
  });
  expect(String(answer)).toBe("shop/orders/live: 1 (100 %)");
});

test("a version that the deployment numbers has the name of its function", () => {
  const routing = { type: "weighted", version: ref("orders/Version", "version"), percent: 33.3 };
  const plan = planOf({ orders, "orders/Version": currentVersion, "orders/live": alias({ routing }) });
  expect(routes(plan, "shop/orders/live").versions).toEqual([
    { version: "1", percent: 66.7 },
    { version: "currentVersion of shop/orders", percent: 33.3 },
  ]);
});

test.each([
  ["exact", "Bob", 'header User is exactly "Bob"'],
  ["range", "(1,50)", "header User is a whole number in (1,50)"],
])("a match by %s is a condition", (method, expression, when) => {
  const routing = { type: "match", version: "$LATEST", key: "invoke.headers.User", method, expression };
  const answer = routes(planOf({ orders, "orders/live": alias({ routing }) }), "shop/orders/live");
  expect(answer.versions).toEqual([
    { version: "1", when: "otherwise" },
    { version: "$LATEST", when },
  ]);
});

test("what another provider gives is unknown", () => {
  const plan = planOf({
    orders,
    "orders/live": alias({ version: token, routing: { type: "weighted", version: "2", percent: token } }),
    "orders/other": alias({ name: "other", routing: token }),
    "orders/far": alias({
      name: "far",
      version: { $ref: { address: "core/pay/Version", attribute: "version" } },
    }),
  });
  expect(String(routes(plan, "orders:live"))).toBe(
    "shop/orders/live: unknown: a value of another provider (unknown: the share of 2 is not known), 2 (unknown: the share of 2 is not known)",
  );
  expect(routes(plan, "other").versions[1]?.version).toBe("unknown: a value of another provider");
  expect(routes(plan, "far").versions).toEqual([
    { version: "unknown: version of core/pay/Version", percent: 100 },
  ]);
});

describe("what is asked for", () => {
  const pay = ["scf_function", { namespace: "default", functionName: "pay", memory: 128 }] as const;
  const payLive = alias({ functionName: ref("pay", "functionName") });
  const plan = planOf({ orders, pay, "orders/live": alias(), "pay/live": payLive });

  test.each(["shop/pay/live", "pay/live", "pay:live", "default/pay:live"])("%s is an alias", (name) => {
    expect(routes(plan, name).alias).toBe("shop/pay/live");
  });

  test("fails for a name that two have", () => {
    expect(() => routes(plan, "live")).toThrow(
      expect.objectContaining({
        code: "TARGET_AMBIGUOUS",
        message: '"live" stands for more than one alias of stack shop: shop/orders/live and shop/pay/live.',
        fix: "Use the address of the one that you mean.",
      }),
    );
  });

  test("fails for a name that nothing has, with the nearest", () => {
    expect(() => routes(plan, "pay:lve")).toThrow(
      expect.objectContaining({
        code: "TARGET_UNKNOWN",
        message: 'Stack shop has no alias "pay:lve".',
        fix: "Did you mean pay:live?",
      }),
    );
    expect(() => routes(plan, "canary")).toThrow(
      expect.objectContaining({ fix: "There are shop/orders/live and shop/pay/live." }),
    );
    expect(() => routes(planOf({ orders }), "live")).toThrow(
      expect.objectContaining({ fix: "The stack declares no alias." }),
    );
  });

  test("fails for something else", () => {
    expect(() => routes(plan, "shop/orders")).toThrow(
      expect.objectContaining({
        code: "TARGET_KIND",
        message: "shop/orders is a function; this question is about an alias.",
      }),
    );
  });
});

test("an alias of a function that other stacks declare has that one's name", () => {
  const plan = planOf({ live: alias({ ...ofOrders, functionName: "payments" }) });
  expect(routes(plan, "payments:live").function).toBe("payments");
});
