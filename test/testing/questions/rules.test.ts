import { reachableFrom, ruleFor } from "../../../lib/testing/questions";
import { alias, binding, currentVersion, listener, orders, planOf, ref, rule, token } from "../plan";

describe("which rule a request hits", () => {
  const plan = planOf({
    http: listener,
    exact: rule("www.example.com", "=/orders"),
    prefix: rule("www.example.com", "/orders"),
    longer: rule("www.example.com", "/orders/new"),
    slash: rule("www.example.com", "/pay/"),
    images: rule("www.example.com", "~* \\.(png|jpg)$"),
    front: rule("*.example.com", "/"),
    back: rule("shop.*", "/"),
    pattern: rule("~^node\\d+\\.test$", "/"),
  });

  test.each([
    ["www.example.com", "/orders", "shop/exact"],
    ["WWW.Example.com:8080", "/orders?sort=price", "shop/exact"],
    ["www.example.com", "/orders/1", "shop/prefix"],
    ["www.example.com", "/orders/new/1", "shop/longer"],
    ["www.example.com", "/orders/1.PNG", "shop/images"],
    ["www.example.com", "/pay/1", "shop/slash"],
    ["www.example.com", "/pay", "redirect to /pay/"],
    ["www.example.com", "/about", "none"],
    ["api.example.com", "/about", "shop/front"],
    ["shop.example.com", "/", "shop/front"],
    ["shop.test", "/", "shop/back"],
    ["node12.test", "/x", "shop/pattern"],
  ])("%s%s takes %s", (domain, path, expected) => {
    expect(ruleFor(plan, "shop/http", { domain, path }).rule).toBe(expected);
  });

  test("says why", () => {
    expect(String(ruleFor(plan, "http", { domain: "www.example.com", path: "/orders/1" }))).toBe(
      "www.example.com/orders/1: shop/prefix (domain www.example.com is the same; path /orders is the longest one that /orders/1 begins with)",
    );
  });

  test("requests for other domains go to the default domain, which the plan does not name", () => {
    expect(ruleFor(plan, "http", { domain: "elsewhere.net", path: "/" })).toEqual({
      rule: expect.stringMatching(/^unknown: shop\/exact, /),
      why: "no domain fits elsewhere.net: the default domain takes it, and that is the one whose rule was made first",
    });
  });

  test("the only domain is the default domain", () => {
    const one = planOf({ http: listener, all: rule("www.example.com", "/") });
    expect(ruleFor(one, "http", { domain: "10.0.0.1", path: "/x" }).rule).toBe("shop/all");
  });

  test("what the documents leave open is unknown", () => {
    const two = planOf({
      http: listener,
      a: rule("*.example.com", "/"),
      b: rule("*.shop.example.com", "/"),
      c: rule("www.example.com", "~a"),
      d: rule("www.example.com", "~b"),
    });
    expect(ruleFor(two, "http", { domain: "x.shop.example.com", path: "/" }).rule).toBe(
      "unknown: shop/a or shop/b",
    );
    expect(ruleFor(two, "http", { domain: "www.example.com", path: "/ab" }).rule).toBe(
      "unknown: shop/c or shop/d",
    );
  });

  test("a domain of another provider may take any request", () => {
    const open = planOf({ http: listener, a: rule("www.example.com", "/"), b: rule(token, "/") });
    expect(ruleFor(open, "http", { domain: "www.example.com", path: "/" })).toEqual({
      rule: "unknown: shop/a or shop/b",
      why: "domain or path of shop/b is known at deployment only",
    });
  });

  test("an expression that cannot be read is unknown", () => {
    const broken = planOf({ http: listener, a: rule("www.example.com", "~(") });
    expect(ruleFor(broken, "http", { domain: "www.example.com", path: "/" }).rule).toBe("unknown: shop/a");
  });

  test("a listener without rules forwards nothing", () => {
    expect(ruleFor(planOf({ http: listener }), "http", { domain: "a.b", path: "/" }).rule).toBe("none");
  });
});

describe("what a rule reaches", () => {
  test("an alias and the versions behind it", () => {
    const routing = { type: "weighted", version: ref("orders/Version", "version"), percent: 10 };
    const plan = planOf({
      orders,
      "orders/Version": currentVersion,
      "orders/live": alias({ routing }),
      http: listener,
      "http/orders": rule("www.example.com", "/orders"),
      "http/orders/Target": binding("http/orders", ref("orders/live", "name")),
    });
    const answer = reachableFrom(plan, "http/orders");
    expect(answer).toEqual({
      rule: "shop/http/orders",
      listener: "shop/http",
      domain: "www.example.com",
      path: "/orders",
      targets: [
        {
          function: "shop/orders",
          alias: "shop/orders/live",
          qualifier: "alias live",
          versions: [
            { version: "1", percent: 90 },
            { version: "currentVersion of shop/orders", percent: 10 },
          ],
          weight: 10,
        },
      ],
      functions: ["shop/orders"],
      aliases: ["shop/orders/live"],
      versions: ["shop/orders: 1", "shop/orders: currentVersion of shop/orders"],
    });
    expect(String(answer)).toBe(
      "www.example.com/orders: alias live of shop/orders, weight 10: 1 (90 %), currentVersion of shop/orders (10 %)",
    );
  });

  test("back-end servers, and nothing that has weight 0", () => {
    const plan = planOf({
      orders,
      http: listener,
      "http/orders": rule("www.example.com", "/orders"),
      "http/orders/Target": binding("http/orders", "$LATEST", 0),
      "http/orders/Backends": [
        "clb_backend_binding",
        {
          loadBalancerId: "lb-1",
          listenerId: ref("http", "listenerId"),
          locationId: ref("http/orders", "locationId"),
          backends: [
            { instanceId: "ins-1", port: 80, weight: 10 },
            { address: token, port: 80, weight: token },
          ],
          facts: [],
        },
      ],
    });
    const answer = reachableFrom(plan, "shop/http/orders");
    expect(answer.targets).toEqual([
      {
        function: "shop/orders",
        qualifier: "$LATEST",
        versions: [{ version: "$LATEST", percent: 100 }],
        weight: 0,
      },
      { backend: "ins-1:80", weight: 10 },
      { backend: "unknown: a value of another provider", weight: undefined },
    ]);
    expect(answer.functions).toEqual([]);
  });

  test("fails for a listener", () => {
    expect(() => reachableFrom(planOf({ http: listener }), "shop/http")).toThrow(
      expect.objectContaining({
        message: 'Stack shop has no forwarding rule at "shop/http".',
        fix: "shop/http is a listener. It has no forwarding rule at all.",
      }),
    );
  });
});
