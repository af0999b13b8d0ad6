import { reference, type Value } from "../../../lib/model/value";
import type { Program, Stack } from "../program";
import { fails, passes, warns, type RuleCase } from "../rule-case";

const token = { $token: "${random_pet.name.id}" };

/** Adds a resource whose name is given. */
type Named = (stack: Stack, id: string, name: Value) => string;

const namespace: Named = (stack, id, name) => stack.namespace(id, { name });
const layer: Named = (stack, id, layerName) => stack.layer(id, { layerName });
const policy: Named = (stack, id, policyName) => stack.policy(id, [], { policyName });
const role: Named = (stack, id, roleName) => stack.role(id, { roleName });

const testEvent: Named = (stack, id, name) => stack.testEvent(id, "shop/orders", { name });

/** Two resources of one stack with these names. */
function both(named: Named, first: Value, second: Value = first) {
  return (program: Program): void => {
    const stack = program.stack();
    named(stack, "first", first);
    named(stack, "second", second);
  };
}

/** Resources of one name in two stacks of different regions, and maybe of different accounts. */
function apart(named: Named, accounts: readonly [string, string] | undefined) {
  return (program: Program): void => {
    const [first, second] = accounts ?? [];
    const uin = (account: string | undefined) => (account === undefined ? {} : { uin: account });
    named(program.stack("shop", uin(first)), "team", "team");
    named(program.stack("stock", { region: "ap-shanghai", ...uin(second) }), "team", "team");
  };
}

function attach(stack: Stack, id: string, policyName: Value, roleName: Value): string {
  return stack.add("cam_policy_attachment", id, { policyName, roleName });
}

export const uniqueCases: readonly RuleCase[] = [
  passes("UNIQUE", "two test events", both(testEvent, "order", "cancel")),
  fails("UNIQUE", "two test events of one name", both(testEvent, "order")),
  fails("UNIQUE", "test events of one name in two regions", apart(testEvent, undefined)),
  fails("UNIQUE", "two aliases of one name", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.alias("live", orders);
    stack.alias("again", orders, { name: "live" });
  }),
  fails("UNIQUE", "two aliases of one name, one by the function's name in another stack", (program) => {
    const stack = program.stack("shop");
    stack.alias("live", stack.function("orders"));
    program.stack("stock").alias("live", "", { namespace: "default", functionName: "orders" });
  }),
  passes("UNIQUE", "aliases of one name on two functions", (program) => {
    const stack = program.stack();
    stack.alias("live", stack.function("orders"));
    stack.alias("other", stack.function("stock"), { name: "live" });
  }),

  fails("UNIQUE", "two timer triggers of one name", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.timer("nightly", orders);
    stack.timer("again", orders, { triggerName: "nightly", cron: "0 0 3 * * * *" });
  }),
  fails("UNIQUE", "two timer triggers of one name on one published version", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    const qualifier = reference(stack.version("v", orders), "version");
    stack.timer("nightly", orders, { qualifier });
    stack.timer("again", orders, { qualifier, triggerName: "nightly" });
  }),
  passes("UNIQUE", "timer triggers of one name on $LATEST and on an alias", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.timer("nightly", orders);
    stack.timer("again", orders, {
      triggerName: "nightly",
      qualifier: reference(stack.alias("live", orders), "name"),
    });
  }),

  fails("UNIQUE", "two namespaces of one name", both(namespace, "team")),
  passes("UNIQUE", "namespaces of one name in two regions", apart(namespace, undefined)),
  warns("UNIQUE", "two layers of one name", both(layer, "deps")),
  passes("UNIQUE", "layers of one name in two regions", apart(layer, undefined)),
  fails("UNIQUE", "two policies of one name", both(policy, "read")),
  fails("UNIQUE", "policies of one name in two regions", apart(policy, undefined)),
  passes("UNIQUE", "policies of one name in two accounts", apart(policy, ["1", "2"])),
  fails("UNIQUE", "two roles of one name", both(role, "reader")),
  fails("UNIQUE", "roles of one name in two regions of a named account", apart(role, ["1", "1"])),
  passes("UNIQUE", "roles of one name in two accounts", apart(role, ["1", "2"])),
  fails("UNIQUE", "three roles of one name", (program) => {
    const stack = program.stack();
    for (const id of ["first", "second", "third"]) stack.role(id, { roleName: "reader" });
  }),
  fails("UNIQUE", "a name by reference", (program) => {
    const stack = program.stack();
    stack.role("again", { roleName: reference(stack.role("reader"), "roleName") });
  }),
  passes("UNIQUE", "a role and a policy of one name", (program) => {
    const stack = program.stack();
    stack.role("role", { roleName: "reader" });
    stack.policy("policy", [], { policyName: "reader" });
  }),

  fails("UNIQUE", "a policy attached twice", (program) => {
    const stack = program.stack();
    attach(stack, "first", "QcloudCOSReadOnlyAccess", reference(stack.role("reader"), "roleName"));
    attach(stack, "second", "QcloudCOSReadOnlyAccess", "reader");
  }),
  fails("UNIQUE", "a policy attached three times to a role that another provider names", (program) => {
    const stack = program.stack();
    for (const id of ["first", "second", "third"]) attach(stack, id, "QcloudCOSReadOnlyAccess", token);
  }),
  passes("UNIQUE", "two policies of one role, and one policy of two roles", (program) => {
    const stack = program.stack();
    attach(stack, "first", "QcloudCOSReadOnlyAccess", "reader");
    attach(stack, "second", "QcloudCOSFullAccess", "reader");
    attach(stack, "third", "QcloudCOSReadOnlyAccess", "writer");
  }),

  fails("UNIQUE", "the concurrency of one function reserved twice", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.reserve(orders, {}, "first");
    stack.reserve(orders, { reservedMb: 0 }, "second");
  }),
  fails("UNIQUE", "the quota of one namespace set twice", (program) => {
    program.stack("shop").namespaceQuota("first", "default", 20_000);
    program.stack("stock").namespaceQuota("second", "default", 30_000);
  }),

  fails("UNIQUE", "one name of another provider twice", both(role, token)),
  passes("UNIQUE", "two names of another provider", both(role, token, { $token: "${random_pet.other.id}" })),
  passes("UNIQUE", "a name of another provider in two stacks", (program) => {
    program.stack("shop").role("reader", { roleName: token });
    program.stack("stock").role("reader", { roleName: token });
  }),

  ...(
    [
      ["scf_ckafka_trigger", { topic: "returns" }],
      ["scf_cls_trigger", { topicId: "0f1e2d3c-0000-4000-8000-000000000002" }],
      ["scf_mps_trigger", { eventType: "EditMediaTask" }],
    ] as const
  ).flatMap(([kind, other]) => [
    fails("UNIQUE", `one source twice: ${kind}`, (program) => {
      const stack = program.stack();
      const orders = stack.function("orders");
      stack.trigger(kind, "first", orders);
      stack.trigger(kind, "second", orders);
    }),
    passes("UNIQUE", `one source on a version as well, and another one: ${kind}`, (program) => {
      const stack = program.stack();
      const orders = stack.function("orders");
      stack.trigger(kind, "first", orders);
      stack.trigger(kind, "second", orders, { qualifier: "1" });
      stack.trigger(kind, "third", orders, other as object);
      stack.trigger(kind, "fourth", stack.function("stock"));
    }),
  ]),
];
