import { routes } from "../../../lib/testing/questions";
import type { Value } from "../../../lib/model/value";
import { alias, currentVersion, ofOrders, orders, planOf, ref, stackOf, token } from "../plan";

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
  expect(String(routes(plan, "orders/live"))).toBe(
    "shop/orders/live: unknown: a value of another provider (unknown: the share of 2 is not known), 2 (unknown: the share of 2 is not known)",
  );
  expect(routes(plan, "orders/other").versions[1]?.version).toBe("unknown: a value of another provider");
  expect(routes(plan, "orders/far").versions).toEqual([
    { version: "unknown: version of core/pay/Version", percent: 100 },
  ]);
});

describe("what is asked for", () => {
  const pay = ["scf_function", { namespace: "default", functionName: "pay", memory: 128 }] as const;
  const payLive = alias({ functionName: ref("pay", "functionName") });
  const plan = planOf({ orders, pay, "orders/live": alias(), "pay/live": payLive });

  test.each(["shop/pay/live", "pay/live"])("%s is an alias", (name) => {
    expect(routes(plan, name).alias).toBe("shop/pay/live");
  });

  test("fails for an end that two have", () => {
    expect(() => routes(plan, "live")).toThrow(
      expect.objectContaining({
        code: "PATH_AMBIGUOUS",
        message: 'Stack shop has 2 aliases whose path ends with "live": shop/orders/live and shop/pay/live.',
        fix: "Write more of the path, as much as tells them apart.",
      }),
    );
  });

  test("fails for a path that leads to nothing, with the nearest", () => {
    expect(() => routes(plan, "pay/lve")).toThrow(
      expect.objectContaining({
        code: "PATH_UNKNOWN",
        message: 'Stack shop has no alias at "pay/lve".',
        fix: 'Did you mean "pay/live"? It has 2 aliases: shop/orders/live and shop/pay/live.',
      }),
    );
    expect(() => routes(planOf({ orders }), "live")).toThrow(
      expect.objectContaining({ fix: "It has no alias at all." }),
    );
  });

  test("fails for a name on the platform", () => {
    const named = planOf({ orders, "orders/Alias": alias({ name: "blue" }) });
    expect(() => routes(named, "blue")).toThrow(
      expect.objectContaining({
        fix: '"blue" is a name on the platform: shop/orders/Alias has it. Here the construct\'s path is meant. It has 1 alias: shop/orders/Alias.',
      }),
    );
  });

  test("fails for something else", () => {
    expect(() => routes(plan, "shop/orders")).toThrow(
      expect.objectContaining({
        fix: "shop/orders is a function. It has 2 aliases: shop/orders/live and shop/pay/live.",
      }),
    );
  });
});

test("an alias of a function that others declare has that one's name", () => {
  const plan = planOf({ live: alias({ ...ofOrders, functionName: "payments" }) });
  expect(routes(plan, "live").function).toBe("payments");
});

test("versions of another stack are known where the plan has both", () => {
  const away: Value = { $ref: { address: "core/pay", attribute: "functionName" } };
  const version: Value = { $ref: { address: "core/pay/Version", attribute: "version" } };
  const shop = stackOf("shop", { live: alias({ functionName: away, version }) });
  const core = stackOf("core", {
    pay: ["scf_function", { namespace: "default", functionName: "pay", memory: 128 }],
    "pay/Version": ["scf_version", { namespace: "default", functionName: away, content: "hash" }],
  });
  expect(routes({ stacks: [shop, core] }, "live")).toMatchObject({
    function: "core/pay",
    versions: [{ version: "currentVersion of core/pay" }],
  });
  expect(() => routes({ stacks: [shop, core] }, "blue")).toThrow('The app has no alias at "blue".');
});

describe("a release", () => {
  const gate = { command: "npm run smoke", timeoutSeconds: 300 };
  const plan = planOf({
    orders,
    "orders/Version": currentVersion,
    "orders/live": alias({
      version: ref("orders/Version", "version"),
      release: {
        steps: [
          { percent: 5, waitSeconds: 600, gate },
          { percent: 50, waitSeconds: 0 },
        ],
      },
    }),
    "orders/open": alias({
      release: { steps: [{ percent: token, waitSeconds: token, gate: { ...gate, command: token } }] },
    }),
  });

  test("has the end state, and the steps before it", () => {
    const answer = routes(plan, "live");
    expect(answer).toEqual({
      alias: "shop/orders/live",
      function: "shop/orders",
      versions: [{ version: "currentVersion of shop/orders", percent: 100 }],
      release: [
        { percent: 5, waitSeconds: 600, gate: "npm run smoke" },
        { percent: 50, waitSeconds: 0 },
      ],
    });
    expect(String(answer)).toBe(
      [
        "shop/orders/live: currentVersion of shop/orders (100 %)",
        "  step 1 of its release: 5 %, gate `npm run smoke`",
        "  step 2 of its release: 50 %",
      ].join("\n"),
    );
  });

  test("says of what it does not know that it does not", () => {
    expect(routes(plan, "open").release).toEqual([
      { percent: undefined, waitSeconds: undefined, gate: "unknown: known at deployment only" },
    ]);
  });
});
