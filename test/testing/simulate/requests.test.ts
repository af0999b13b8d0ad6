import { stepsIn } from "../../steps";
import type { Properties, Value } from "../../../lib/model/value";
import { simulate } from "../../../lib/testing/simulate";
import {
  alias,
  binding,
  currentVersion,
  listener,
  ofOrders,
  orders,
  planOf,
  ref,
  rule,
  token,
} from "../plan";

const weighted = (percent: Value) => alias({ routing: { type: "weighted", version: "2", percent } });
const bobs = (properties: Properties = {}) =>
  alias({
    ...properties,
    routing: { type: "match", version: "2", key: "invoke.headers.User", method: "exact", expression: "Bob" },
  });
const published = { orders, "orders/Version": currentVersion } as const;

describe("through an alias", () => {
  test("10,000 requests are shared by weight, the same for the same seed", () => {
    const plan = planOf({ orders, "orders/live": weighted(10) });
    const shares = simulate.requests(plan, "shop/orders/live");
    expect(shares.count).toBe(10_000);
    expect([...shares.counts.keys()]).toEqual(["1", "2"]);
    expect(shares.percents.get("2")).toBeGreaterThan(9);
    expect(shares.percents.get("2")).toBeLessThan(11);
    expect(simulate.requests(plan, "shop/orders/live")).toEqual(shares);
    expect(simulate.requests(plan, "shop/orders/live", { seed: 2 }).counts).not.toEqual(shares.counts);
  });

  test.each([
    [0, ["1"]],
    [100, ["2"]],
  ])("%i %% is all or nothing", (percent, versions) => {
    const plan = planOf({ orders, "orders/live": weighted(percent) });
    expect([...simulate.requests(plan, "live", { count: 500 }).counts.keys()]).toEqual(versions);
    expect(simulate.request(plan, "live").possible).toEqual(versions);
  });

  test("Bob gets what the rule gives him", () => {
    const plan = planOf({ orders, "orders/live": bobs() });
    const answer = simulate.request(plan, "orders/live", { headers: { User: "Bob" } });
    expect(answer).toEqual({
      version: "2",
      function: "shop/orders",
      possible: ["2"],
      why: ['alias live of shop/orders: header User is exactly "Bob"'],
    });
    expect(String(answer)).toBe('2\n  alias live of shop/orders: header User is exactly "Bob"');
    expect(simulate.request(plan, "orders/live", { headers: { user: "Bob" } }).version).toBe("1");
    const everyTenth = simulate.requests(plan, "live", {
      count: 1000,
      request: (index) => ({ headers: { User: index % 10 === 0 ? "Bob" : "Alice" } }),
    });
    expect(everyTenth.counts).toEqual(
      new Map([
        ["1", 900],
        ["2", 100],
      ]),
    );
    expect(String(everyTenth)).toBe("1,000 requests to shop/orders/live: 90 % 1, 10 % 2");
  });

  test("a function without qualifier is called by $DEFAULT", () => {
    expect(simulate.request(planOf({ orders }), "shop/orders").version).toBe("$LATEST");
    const told = alias({ name: "$DEFAULT", builtIn: true, version: "4" });
    expect(simulate.request(planOf({ orders, default: told }), "orders").version).toBe("4");
  });

  test("a version that the deployment numbers has a name", () => {
    const plan = planOf({
      ...published,
      "orders/live": alias({ version: ref("orders/Version", "version") }),
    });
    expect(simulate.requests(plan, "live").counts).toEqual(
      new Map([["currentVersion of shop/orders", 10_000]]),
    );
  });

  test("what another provider gives is unknown", () => {
    const plan = planOf({
      orders,
      "orders/live": weighted(token),
      "orders/next": alias({ name: "next", version: token }),
    });
    expect(simulate.request(plan, "live")).toMatchObject({
      version: "unknown: the share of 2 is not known",
      possible: ["1", "2"],
    });
    expect(simulate.request(plan, "next").version).toBe("unknown: a value of another provider");
  });

  test("a stopped function answers nobody", () => {
    const stop = ["scf_reserved_concurrency", { ...ofOrders, reservedMb: 0 }] as const;
    const plan = planOf({ orders, stop: [...stop], "orders/live": alias() });
    expect(simulate.request(plan, "live").version).toBe("none: 432 ResourceLimitReached");
  });

  test.each([0, 1.5, 2_000_000, NaN])("fails for %d requests", (count) => {
    expect(() => simulate.requests(planOf({ orders }), "orders", { count })).toThrow(
      `${count} requests cannot be sent: a whole number from 1 to 1,000,000 can.`,
    );
  });

  test("fails for something that takes no requests", () => {
    expect(() => simulate.request(planOf(published), "shop/orders/Version")).toThrow(
      'Stack shop has no alias, function, listener or forwarding rule at "shop/orders/Version".\nshop/orders/Version is a version. It has 1 resource of these kinds: shop/orders.',
    );
  });

  test("fails for an end that an alias and a function have", () => {
    const plan = planOf({ orders, "pay/orders": alias() });
    expect(() => simulate.request(plan, "orders")).toThrow(
      'Stack shop has 2 resources of these kinds whose path ends with "orders": shop/pay/orders and shop/orders.\nWrite more of the path, as much as tells them apart.',
    );
  });

  test("a release is sent what it has after its last step", () => {
    const release = { steps: [{ percent: 10, waitSeconds: 60 }] };
    const plan = planOf({
      ...published,
      "orders/live": alias({ version: ref("orders/Version", "version"), release }),
    });
    expect(simulate.requests(plan, "live").percents).toEqual(
      new Map([["currentVersion of shop/orders", 100]]),
    );
  });
});

describe("through a listener", () => {
  const plan = planOf({
    orders,
    "orders/live": weighted(20),
    "orders/bob": bobs({ name: "bob" }),
    http: listener,
    all: rule("www.example.com", "/"),
    "all/Target": binding("all", ref("orders/live", "name")),
    mine: rule("www.example.com", "/mine"),
    "mine/Target": binding("mine", ref("orders/bob", "name")),
    servers: rule("www.example.com", "/static"),
    "servers/Backends": [
      "clb_backend_binding",
      {
        locationId: ref("servers", "locationId"),
        backends: [
          { instanceId: "ins-1", port: 80, weight: 30 },
          { address: "10.0.0.2", port: 80, weight: 10 },
          { address: "10.0.0.3", port: 80, weight: 0 },
        ],
      },
    ],
    empty: rule("www.example.com", "/empty/"),
  });
  const to = (path: string) => ({ domain: "www.example.com", path });

  test("a rule, its target, the alias and the version", () => {
    const answer = simulate.request(plan, "shop/http", to("/orders"));
    expect(answer).toMatchObject({ rule: "shop/all", function: "shop/orders", possible: ["1", "2"] });
    expect(answer.why).toEqual([
      "shop/http: domain www.example.com is the same; path / is the longest one that /orders begins with",
      "shop/all: alias live of shop/orders is its only target",
      expect.stringMatching(
        /^alias live of shop\/orders: 20 % go to 2 and the rest to 1; by chance this one goes to [12]$/,
      ),
    ]);
  });

  test("shares name the function and the server", () => {
    const shares = simulate.requests(plan, "shop/http", {
      request: (index) => to(index % 2 === 0 ? "/orders" : "/static/logo.png"),
    });
    expect([...shares.counts.keys()].sort()).toEqual([
      "back-end 10.0.0.2:80",
      "back-end ins-1:80",
      "shop/orders: 1",
      "shop/orders: 2",
    ]);
    const percent = (label: string) => shares.percents.get(label) ?? 0;
    expect(Math.abs(percent("back-end ins-1:80") - 37.5)).toBeLessThan(2);
    expect(Math.abs(percent("shop/orders: 2") - 10)).toBeLessThan(2);
  });

  test("whether headers count there is not documented", () => {
    const answer = simulate.request(plan, "http", { ...to("/mine"), headers: { User: "Bob" } });
    expect(answer).toMatchObject({ version: "unknown: 1 or 2", possible: ["1", "2"] });
    expect(simulate.request(plan, "http", { ...to("/mine"), headers: { User: "Eve" } }).version).toBe("1");
  });

  test.each([
    ["www.example.com", "/empty/x", "none: no target"],
    ["www.example.com", "/empty", "none: redirect to /empty/"],
  ])("%s%s gets nobody", (domain, path, version) => {
    expect(simulate.request(plan, "http", { domain, path }).version).toBe(version);
  });

  test("a rule can be asked by itself, whatever its domain is", () => {
    const open = planOf({ orders, http: listener, all: rule(token, "/"), t: binding("all", "3") });
    expect(simulate.request(open, "shop/all").version).toBe("3");
    expect(simulate.request(open, "http", to("/")).version).toBe("unknown: shop/all");
  });

  test("a listener of layer 4 has its targets itself", () => {
    const backends = [{ instanceId: "ins-1", port: 80, weight: 10 }];
    const tcp = planOf({
      tcp: ["clb_listener", { loadBalancerId: "lb-1", protocol: "TCP", port: 80 }],
      b: ["clb_backend_binding", { listenerId: ref("tcp", "listenerId"), backends }],
    });
    expect(simulate.request(tcp, "shop/tcp").version).toBe("back-end ins-1:80");
  });

  test("fails for a request without path", () => {
    expect(() => simulate.request(plan, "http", { domain: "www.example.com" })).toThrow(
      "A request to shop/http has no path: the listener forwards by both.",
    );
  });
});

test("with weights that are not known, every version is possible that one of the targets has", () => {
  const plan = planOf({
    orders,
    "orders/live": weighted(50),
    http: listener,
    all: rule("www.example.com", "/"),
    t: binding("all", "live", token),
    u: binding("all", "3"),
  });
  const answer = simulate.request(plan, "http", { domain: "www.example.com", path: "/" });
  expect(answer.version).toBe("unknown: a weight");
  expect(answer.possible).toEqual(["1", "2", "3"]);
});

test("what a listener's rules say is found out once, not for every request", () => {
  const rules = Array.from({ length: 100 }, (_, index) => [
    [`r${index}`, rule("www.example.com", `/p${index}`)],
    [`b${index}`, binding(`r${index}`, "1")],
  ]);
  const plan = planOf({ orders, http: listener, ...Object.fromEntries(rules.flat()) });
  const steps = (count: number): number =>
    stepsIn("lib/testing/questions/request-matching.ts", () => {
      const { counts } = simulate.requests(plan, "http", {
        count,
        request: (index) => ({ domain: "www.example.com", path: `/p${index % 100}/` }),
      });
      expect([...counts]).toEqual([["shop/orders: 1", count]]);
    });
  const each = (steps(1_100) - steps(100)) / 1_000;
  // Six to compare a path with one rule; sorting the rules anew takes four for each of them.
  expect(each / 100).toBeLessThan(8);
});
