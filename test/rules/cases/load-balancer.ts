import { reference, type Value } from "../../../lib/model/value";
import type { Program, Stack, StackOptions } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

interface Parts {
  readonly listener?: { readonly [name: string]: Value };
  readonly rule?: { readonly [name: string]: Value };
  readonly binding?: { readonly [name: string]: Value };
  readonly stack?: StackOptions;
}

/** A program with a listener, a rule and a binding of the function `orders`. */
function bound(parts: Parts = {}) {
  return (program: Program): void => {
    const stack = program.stack("shop", parts.stack);
    const rule = stack.rule("http/orders", stack.listener("http", parts.listener), {
      path: "/orders",
      ...parts.rule,
    });
    stack.binding("http/orders/target", rule, stack.function("orders"), parts.binding);
  };
}

function facts(facts: { readonly [name: string]: Value }): Parts {
  return { listener: { loadBalancer: { region: "ap-guangzhou", ...facts } } };
}

function listenerWithRule(protocol: string) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.rule("http/orders", stack.listener("front", { protocol }));
  };
}

function twoRules(first: { readonly [name: string]: Value }, second: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    const stack = program.stack();
    const listener = stack.listener("http");
    stack.rule("one", listener, { path: "/orders", ...first });
    stack.rule("two", listener, { path: "/orders", ...second });
  };
}

function twoListeners(first: { readonly [name: string]: Value }, second: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    program.stack("shop").listener("one", first);
    program.stack("stock").listener("two", second);
  };
}

function alias(stack: Stack, target: string): Value {
  return reference(stack.alias("live", target), "name");
}

export const loadBalancerCases: readonly RuleCase[] = [
  passes("CLB-ACCT", "a standard account", bound()),
  fails("CLB-ACCT", "a traditional account", bound({ stack: { accountType: "traditional" } })),
  passes("CLB-ACCT", "a traditional account without bindings", (program) => {
    program.stack("shop", { accountType: "traditional" }).listener("http");
  }),

  fails("CLB-ACCT", "an account that another stack calls traditional", (program) => {
    bound({ stack: { uin: "100000000001" } })(program);
    program.stack("stock", { uin: "100000000001", accountType: "traditional" });
  }),
  passes("CLB-ACCT", "stacks that name no account, one of which is traditional", (program) => {
    bound()(program);
    program.stack("stock", { accountType: "traditional" });
  }),
  passes("CLB-ACCT", "another account that is traditional", (program) => {
    bound({ stack: { uin: "100000000001" } })(program);
    program.stack("stock", { uin: "100000000002", accountType: "traditional" });
  }),

  fails("CLB-GEN", "a classic load balancer, as another listener of it says", (program) => {
    bound()(program);
    const loadBalancer = { region: "ap-guangzhou", generation: "classic" };
    program.stack("stock").listener("https", { protocol: "HTTPS", port: 443, loadBalancer });
  }),
  passes("CLB-GEN", "an application load balancer", bound(facts({ generation: "application" }))),
  fails("CLB-GEN", "a classic load balancer", bound(facts({ generation: "classic" }))),
  passes("CLB-GEN", "a classic load balancer without functions", (program) => {
    program.stack().listener("http", { loadBalancer: { region: "ap-guangzhou", generation: "classic" } });
  }),

  passes("CLB-NET", "a VPC", bound(facts({ network: "vpc" }))),
  fails("CLB-NET", "the basic network", bound(facts({ network: "basic" }))),

  passes("CLB-REGION", "one region", bound()),
  fails(
    "CLB-REGION",
    "a load balancer in another region than the function",
    bound(facts({ region: "ap-shanghai" })),
  ),
  fails("CLB-REGION", "a function in another stack and region", (program) => {
    const back = program.stack("back");
    const orders = back.function("orders");
    const front = program.stack("front", { region: "ap-shanghai" });
    const rule = front.rule("http/orders", front.listener("http"));
    front.binding("http/orders/target", rule, orders, {
      qualifier: alias(back, orders),
      qualifierType: "alias",
    });
  }),
  fails("CLB-REGION", "a listener in another region than its stack", (program) => {
    program.stack().listener("http", { loadBalancer: { region: "ap-shanghai" } });
  }),
  fails("CLB-REGION", "a rule on a listener of another region's stack", (program) => {
    const listener = program.stack("front", { region: "ap-shanghai" }).listener("http");
    program.stack("shop").rule("orders", listener);
  }),
  fails("CLB-REGION", "a function of another account", (program) => {
    const orders = program.stack("back", { uin: "100000000001" }).function("orders");
    const front = program.stack("front", { uin: "100000000002" });
    front.binding("target", front.rule("http/orders", front.listener("http")), orders);
  }),
  fails(
    "CLB-REGION",
    "a function of another region that the app names only",
    bound({ binding: { functionName: "elsewhere", functionRegion: "ap-shanghai" } }),
  ),
  passes(
    "CLB-REGION",
    "a function that the app names only",
    bound({ binding: { functionName: "elsewhere" } }),
  ),
  warns("CLB-REGION", "a region that binds no functions yet", bound({ stack: { region: "ap-mumbai" } })),
  passes("CLB-REGION", "a region that binds no functions yet, without functions", (program) => {
    program.stack("shop", { region: "ap-mumbai" }).listener("http");
  }),
  fails(
    "CLB-REGION",
    "a rule and its function in another region than the listener, which is said once",
    (program) => {
      const listener = program.stack("front", { region: "ap-shanghai" }).listener("http");
      const shop = program.stack("shop");
      shop.binding("target", shop.rule("http/orders", listener), shop.function("orders"));
    },
  ),
  passes("CLB-REGION", "a region that nobody knows", bound({ stack: { region: "ap-atlantis" } })),
  waits("CLB-REGION", "a region from another provider", bound(facts({ region: { $token: "${x}" } }))),

  passes("CLB-IP", "IPv4", bound(facts({ addressType: "ipv4" }))),
  passes("CLB-IP", "IPv6 NAT64", bound(facts({ addressType: "ipv6-nat64" }))),
  fails("CLB-IP", "IPv6", bound(facts({ addressType: "ipv6" }))),

  ...["HTTP", "HTTPS"].map((protocol) => passes("CLB-PROTO", protocol, bound({ listener: { protocol } }))),
  ...["TCP", "UDP", "TCP_SSL", "QUIC"].map((protocol) =>
    fails("CLB-PROTO", protocol, bound({ listener: { protocol } })),
  ),
  fails("CLB-PROTO", "rules on TCP", listenerWithRule("TCP")),
  passes("CLB-PROTO", "rules on QUIC", listenerWithRule("QUIC")),
  fails("CLB-PROTO", "a function without a rule on TCP", (program) => {
    const stack = program.stack();
    stack.binding("target", "", stack.function("orders"), {
      listenerId: reference(stack.listener("tcp", { protocol: "TCP" }), "listenerId"),
      locationId: undefined,
    });
  }),
  passes(
    "CLB-PROTO",
    "HTTP in small letters, which TYPE tells of",
    bound({ listener: { protocol: "http" } }),
  ),
  passes("CLB-PROTO", "a TCP listener alone", (program) => {
    program.stack().listener("tcp", { protocol: "TCP" });
  }),

  passes("CLB-RULE", "one function for one rule", bound()),
  fails("CLB-RULE", "two functions for one rule", (program) => {
    const stack = program.stack();
    const rule = stack.rule("http/orders", stack.listener("http"));
    stack.binding("first", rule, stack.function("f1"));
    stack.binding("second", rule, stack.function("f2"));
  }),
  fails("CLB-RULE", "two functions for one rule that the app names only", (program) => {
    const stack = program.stack();
    const named = { loadBalancerId: "lb-1", listenerId: "lbl-1", locationId: "loc-1" };
    stack.binding("first", "", stack.function("f1"), named);
    stack.binding("second", "", stack.function("f2"), named);
  }),
  passes("CLB-RULE", "the path /", bound({ rule: { path: "/" } })),
  ...["~^/orders/\\d+$", "~* ^/orders", "=/orders", "=/", `/${"o".repeat(199)}`].map((path) =>
    passes("CLB-RULE", `path "${path}"`, bound({ rule: { path } })),
  ),
  fails("CLB-RULE", "a path of 201 characters", bound({ rule: { path: `/${"o".repeat(200)}` } })),
  fails("CLB-RULE", "a pattern of 201 characters", bound({ rule: { path: `~^/${"o".repeat(198)}` } })),
  passes("CLB-RULE", "a domain of 80 characters", bound({ rule: { domain: `${"o".repeat(77)}.cn` } })),
  fails("CLB-RULE", "a domain of 81 characters", bound({ rule: { domain: `${"o".repeat(78)}.cn` } })),
  ...["orders", "api/orders", "", "/or ders", "/~x or", "=", "=orders", "=/or ders", "~", "~*", "~ "].map(
    (path) => fails("CLB-RULE", `path "${path}"`, bound({ rule: { path } })),
  ),
  ...["*.example.com", "~^www\\d+\\.example\\.com$", "~ ^www", "~^www:80"].map((domain) =>
    passes("CLB-RULE", `domain "${domain}"`, bound({ rule: { domain } })),
  ),
  fails("CLB-RULE", "a function without a rule on HTTP", (program) => {
    const stack = program.stack();
    stack.binding("target", "", stack.function("orders"), {
      listenerId: reference(stack.listener("http"), "listenerId"),
      locationId: undefined,
    });
  }),
  passes("CLB-RULE", "a function without a rule on TCP, which is another rule's", (program) => {
    const stack = program.stack();
    stack.binding("target", "", stack.function("orders"), {
      listenerId: reference(stack.listener("tcp", { protocol: "TCP" }), "listenerId"),
      locationId: undefined,
    });
  }),
  waits("CLB-RULE", "a version from another provider", bound({ binding: { qualifier: { $token: "${x}" } } })),
  fails("CLB-RULE", "a function without version or alias", bound({ binding: { qualifier: "" } })),
  ...[
    "",
    "http://www.example.com",
    "HTTPS://www.example.com",
    "www.example.com/orders",
    "www.example.com/",
    "www.example.com/http://stock.example.com",
    "www.example.com:8080",
    "www.example.com:",
    ":80",
    ":",
    "~",
    "www.example.com:80/orders",
    "my www.example.com:80",
    "/",
  ].map((domain) => fails("CLB-RULE", `domain "${domain}"`, bound({ rule: { domain } }))),
  fails("CLB-RULE", "a rule of another listener", (program) => {
    const stack = program.stack();
    const rule = stack.rule("http/orders", stack.listener("http"));
    const other = stack.listener("https", { protocol: "HTTPS", port: 443 });
    stack.binding("target", rule, stack.function("orders"), { listenerId: reference(other, "listenerId") });
  }),
  passes("CLB-RULE", "an alias", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    const rule = stack.rule("http/orders", stack.listener("http"));
    stack.binding("target", rule, orders, { qualifier: alias(stack, orders), qualifierType: "alias" });
  }),
  fails("CLB-RULE", "an alias of another function", (program) => {
    const stack = program.stack();
    const rule = stack.rule("http/orders", stack.listener("http"));
    const qualifier = alias(stack, stack.function("stock"));
    stack.binding("target", rule, stack.function("orders"), { qualifier, qualifierType: "alias" });
  }),
  warns(
    "CLB-RULE",
    "an alias that the app does not declare",
    bound({ binding: { qualifier: "live", qualifierType: "alias" } }),
  ),
  fails(
    "CLB-RULE",
    "a version number as an alias",
    bound({ binding: { qualifier: "3", qualifierType: "alias" } }),
  ),
  fails("CLB-RULE", "an alias as a version", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.alias("live", orders);
    const rule = stack.rule("http/orders", stack.listener("http"));
    stack.binding("target", rule, orders, { qualifier: "live", qualifierType: "version" });
  }),
  fails("CLB-RULE", "a function without a rule on HTTPS", (program) => {
    const stack = program.stack();
    const listener = stack.listener("https", { protocol: "HTTPS", certificateId: "cert-1" });
    stack.binding("target", "", stack.function("orders"), {
      listenerId: reference(listener, "listenerId"),
      locationId: undefined,
    });
  }),
  fails("CLB-RULE", "neither a version nor an alias", bound({ binding: { qualifier: "1.5" } })),
  waits("CLB-RULE", "a path from another provider", bound({ rule: { path: { $token: "${x}" } } })),

  ...[0, 1, 10, 100].map((weight) => passes("CLB-WEIGHT", `${weight}`, bound({ binding: { weight } }))),
  ...[-1, 101, 5000, 0.5].map((weight) => fails("CLB-WEIGHT", `${weight}`, bound({ binding: { weight } }))),

  passes("CLB-BETA", "no bindings", (program) => {
    program.stack().listener("http");
  }),
  warns("CLB-BETA", "bindings in two stacks", (program) => {
    bound()(program);
    const stack = program.stack("stock");
    stack.binding(
      "target",
      stack.rule("http/stock", stack.listener("http", { port: 81 })),
      stack.function("stock"),
    );
  }),

  passes("CLB-DUP", "two paths", twoRules({}, { path: "/stock" })),
  passes("CLB-DUP", "two domains", twoRules({}, { domain: "stock.example.com" })),
  fails("CLB-DUP", "one domain and path twice", twoRules({}, { domain: "WWW.example.com" })),
  ...["domain", "path"].map((part) =>
    passes(
      "CLB-DUP",
      `one ${part} of a resource that is not there, twice`,
      twoRules({ [part]: reference("shop/other", part) }, { [part]: reference("shop/other", part) }),
    ),
  ),
  passes("CLB-DUP", "two listeners' rules", (program) => {
    const stack = program.stack();
    stack.rule("one", stack.listener("a"), { path: "/" });
    stack.rule("two", stack.listener("b", { port: 81 }), { path: "/" });
  }),
  fails("CLB-DUP", "one port and protocol twice, in two stacks", twoListeners({}, {})),
  passes("CLB-DUP", "two ports", twoListeners({}, { port: 81 })),
  passes("CLB-DUP", "TCP and UDP", twoListeners({ protocol: "TCP" }, { protocol: "UDP" })),
  passes("CLB-DUP", "HTTPS and QUIC", twoListeners({ protocol: "HTTPS" }, { protocol: "QUIC" })),
  ...[
    ["HTTP", "TCP"],
    ["HTTP", "HTTPS"],
    ["TCP", "TCP_SSL"],
    ["UDP", "QUIC"],
  ].map(([one = "", two = ""]) =>
    fails("CLB-DUP", `${one} and ${two} on one port`, twoListeners({ protocol: one }, { protocol: two })),
  ),
  ...["port", "protocol"].map((part) =>
    passes(
      "CLB-DUP",
      `one ${part} from another provider, twice`,
      twoListeners({ [part]: { $token: "${x}" } }, { [part]: { $token: "${x}" } }),
    ),
  ),
  passes("CLB-DUP", "two load balancers", twoListeners({}, { loadBalancerId: "lb-2" })),
];
