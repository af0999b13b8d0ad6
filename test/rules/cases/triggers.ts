import { reference, type Value } from "../../../lib/model/value";
import type { Program, Stack } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

function having(properties: { readonly [name: string]: Value }) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.timer("nightly", stack.function("orders"), properties);
  };
}

function timers(
  stack: Stack,
  target: string,
  amount: number,
  properties: { readonly [name: string]: Value } = {},
): void {
  for (let number = 1; number <= amount; number++) stack.timer(`timer${number}`, target, properties);
}

function bindings(stack: Stack, target: string, amount: number): void {
  const listener = stack.listener("http");
  for (let number = 1; number <= amount; number++) {
    stack.binding(`binding${number}`, stack.rule(`rule${number}`, listener), target);
  }
}

const otherKinds = [
  "scf_cos_trigger",
  "scf_ckafka_trigger",
  "scf_cls_trigger",
  "scf_mps_trigger",
  "scf_api_gateway_trigger",
] as const;

/** Triggers of one kind on a function, each of another source. */
function triggersOf(stack: Stack, kind: (typeof otherKinds)[number], amount: number, id?: string): void {
  const exists = id !== undefined && stack.has(id);
  const orders = exists ? `${stack.name}/${id}` : stack.function("orders");
  for (let number = 1; number <= amount; number++) {
    const source = {
      scf_cos_trigger: { prefix: `folder-${number}/` },
      scf_ckafka_trigger: { topic: `topic-${number}` },
      scf_cls_trigger: { topicId: `0f1e2d3c-0000-4000-8000-0000000000${10 + number}` },
      scf_mps_trigger: { qualifier: String(number) },
      scf_api_gateway_trigger: { path: `/${number}` },
    }[kind];
    stack.trigger(kind, `${kind}-${number}`, orders, source as object);
  }
}

/** Two COS triggers, of one function or of two. */
function twoCos(
  first: { readonly [name: string]: Value },
  second: { readonly [name: string]: Value },
  functions: readonly [string, string] = ["orders", "stock"],
) {
  return (program: Program): void => {
    const stack = program.stack();
    const [one, other] = functions;
    const target = stack.function(one);
    stack.cos("first", target, first);
    stack.cos("second", one === other ? target : stack.function(other), second);
  };
}

const put = { event: "cos:ObjectCreated:Put" };
const cosCases: readonly RuleCase[] = [
  passes("TRG-COS", "a bucket of each function's own", twoCos({}, { bucket: "others-1250000000" })),
  passes("TRG-COS", "other folders", twoCos({ prefix: "a/" }, { prefix: "b/" })),
  passes("TRG-COS", "other endings", twoCos({ suffix: ".jpg" }, { suffix: ".png" })),
  passes("TRG-COS", "other events", twoCos(put, { event: "cos:ObjectRemove:*" })),
  passes("TRG-COS", "two events of one sort", twoCos(put, { event: "cos:ObjectCreated:Post" })),
  passes(
    "TRG-COS",
    "the same prefix, other endings",
    twoCos({ prefix: "a/", suffix: ".jpg" }, { prefix: "a/", suffix: ".png" }),
  ),
  passes("TRG-COS", "the same in another region", (program) => {
    for (const region of ["ap-guangzhou", "ap-shanghai"]) {
      const stack = program.stack(region, { region });
      stack.cos("uploads", stack.function("orders"));
    }
  }),
  passes("TRG-COS", "the same in another account", (program) => {
    for (const uin of ["100000000001", "100000000002"]) {
      const stack = program.stack(`of-${uin}`, { uin });
      stack.cos("uploads", stack.function("orders"));
    }
  }),
  fails(
    "TRG-COS",
    "the same event, prefix and suffix for two functions",
    twoCos({ prefix: "a/", suffix: ".jpg" }, { prefix: "a/", suffix: ".jpg" }),
  ),
  fails("TRG-COS", "no filter, twice", twoCos({}, { prefix: "" })),
  fails("TRG-COS", "the same twice on one function", twoCos({}, {}, ["orders", "orders"])),
  fails(
    "TRG-COS",
    "the same on two versions of one function",
    twoCos({}, { qualifier: "1" }, ["orders", "orders"]),
  ),
  fails("TRG-COS", "the same in two stacks", (program) => {
    for (const name of ["shop", "stock"]) {
      const stack = program.stack(name);
      stack.cos("uploads", stack.function("orders", { functionName: name }));
    }
  }),
  warns("TRG-COS", "an event, and one that stands for it", twoCos({}, put)),
  warns("TRG-COS", "a folder, and one inside it", twoCos({ prefix: "a/" }, { prefix: "a/b/" })),
  warns("TRG-COS", "an ending, and a longer one", twoCos({ suffix: ".thumb.jpg" }, { suffix: ".jpg" })),
  warns("TRG-COS", "everything, and a folder", twoCos({ prefix: "a/" }, {})),
  warns(
    "TRG-COS",
    "a folder with a long ending, and one inside it with a short one",
    twoCos({ prefix: "a/", suffix: ".thumb.jpg" }, { prefix: "a/b/", suffix: ".jpg" }),
  ),
  warns(
    "TRG-COS",
    "overlapping filters of one function",
    twoCos({ prefix: "a/" }, { prefix: "a/b/" }, ["orders", "orders"]),
  ),
  waits("TRG-COS", "a bucket from another provider", twoCos({ bucket: { $token: "${x}" } }, {})),
  waits("TRG-COS", "a prefix from another provider", twoCos({ prefix: { $token: "${x}" } }, {})),
];

export const triggerCases: readonly RuleCase[] = [
  passes("TRG-COUNT", "ten timers", (program) => {
    const stack = program.stack();
    timers(stack, stack.function("orders"), 10);
  }),
  fails("TRG-COUNT", "eleven timers on $LATEST, a version and an alias", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.alias("live", orders);
    timers(stack, orders, 9);
    stack.timer("on-version", orders, { qualifier: "3" });
    stack.timer("on-alias", orders, { qualifier: "live" });
  }),
  fails("TRG-COUNT", "eleven timers of a function that the app names only", (program) => {
    const stack = program.stack();
    for (let number = 1; number <= 11; number++) {
      stack.timer(`timer${number}`, "", { namespace: "default", functionName: "elsewhere" });
    }
  }),
  passes("TRG-COUNT", "ten timers and ten bindings", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    timers(stack, orders, 10);
    bindings(stack, orders, 10);
  }),
  fails("TRG-COUNT", "eleven bindings", (program) => {
    const stack = program.stack();
    bindings(stack, stack.function("orders"), 11);
  }),
  passes("TRG-COUNT", "as many as the account reports for the type", (program) => {
    const account = { quotas: { triggersOfOneType: 11 }, triggersOfType: { timer: 11, clb: 2 } };
    const stack = program.stack("shop", { account });
    const orders = stack.function("orders");
    timers(stack, orders, 11);
    bindings(stack, orders, 2);
  }),
  fails("TRG-COUNT", "one more binding than the account reports", (program) => {
    const account = { quotas: { triggersOfOneType: 11 }, triggersOfType: { timer: 11, clb: 2 } };
    const stack = program.stack("shop", { account });
    bindings(stack, stack.function("orders"), 3);
  }),
  passes("TRG-COUNT", "a quota by hand wins over the account's", (program) => {
    const account = { quotas: { triggersOfOneType: 11 }, triggersOfType: { clb: 2 } };
    const stack = program.stack("shop", { account, quotas: { triggersOfOneType: 3 } });
    bindings(stack, stack.function("orders"), 3);
  }),
  passes("TRG-COUNT", "eleven timers with a raised quota", (program) => {
    const stack = program.stack("shop", { quotas: { triggersOfOneType: 11 } });
    timers(stack, stack.function("orders"), 11);
  }),

  ...otherKinds.flatMap((kind) => [
    passes("TRG-COUNT", `ten of ${kind}`, (program) => triggersOf(program.stack(), kind, 10)),
    fails("TRG-COUNT", `eleven of ${kind}`, (program) => triggersOf(program.stack(), kind, 11)),
  ]),
  passes("TRG-COUNT", "ten of every type", (program) => {
    const stack = program.stack();
    for (const kind of otherKinds) triggersOf(stack, kind, 10, "orders");
    timers(stack, "shop/orders", 10);
    bindings(stack, "shop/orders", 10);
  }),

  ...["$LATEST", "$DEFAULT", "1", "27", "9".repeat(15)].map((qualifier) =>
    passes("TRG-QUAL", qualifier, having({ qualifier })),
  ),
  passes("TRG-QUAL", "an alias of the function", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    const alias = stack.alias("live", orders);
    stack.timer("by-reference", orders, { qualifier: reference(alias, "name") });
    stack.timer("by-name", orders, { qualifier: "live" });
  }),
  passes("TRG-QUAL", "the version that is published", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.timer("nightly", orders, { qualifier: reference(stack.version("v", orders), "version") });
  }),
  ...["", "0", "$latest", "1.5", "a b", "9".repeat(16)].map((qualifier) =>
    fails("TRG-QUAL", `"${qualifier}"`, having({ qualifier })),
  ),
  fails("TRG-QUAL", "an alias of another function", (program) => {
    const stack = program.stack();
    const alias = stack.alias("live", stack.function("stock"));
    stack.timer("nightly", stack.function("orders"), { qualifier: reference(alias, "name") });
  }),
  fails("TRG-QUAL", "a function of another region", (program) => {
    const orders = program.stack("shop").function("orders");
    program.stack("front", { region: "ap-shanghai" }).timer("nightly", orders);
  }),
  warns("TRG-QUAL", "an alias that the app does not declare", having({ qualifier: "live" })),
  warns("TRG-QUAL", "$LATEST without its sign", having({ qualifier: "LATEST" })),
  warns("TRG-QUAL", "a misspelt alias", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.alias("live", orders);
    stack.timer("nightly", orders, { qualifier: "life" });
  }),
  waits("TRG-QUAL", "a qualifier from another provider", having({ qualifier: { $token: "${x}" } })),

  ...otherKinds.flatMap((kind) => [
    passes("TRG-QUAL", `${kind} on an alias`, (program) => {
      const stack = program.stack();
      const orders = stack.function("orders");
      const live = stack.alias("live", orders);
      stack.trigger(kind, "source", orders, { qualifier: reference(live, "name") });
    }),
    fails("TRG-QUAL", `${kind} on an alias of another function`, (program) => {
      const stack = program.stack();
      const live = stack.alias("live", stack.function("stock"));
      stack.trigger(kind, "source", stack.function("orders"), { qualifier: reference(live, "name") });
    }),
    fails("TRG-QUAL", `${kind} on no version and no alias`, (program) => {
      const stack = program.stack();
      stack.trigger(kind, "source", stack.function("orders"), { qualifier: "a b" });
    }),
  ]),
  fails("TRG-QUAL", "a COS trigger on a function of another region", (program) => {
    const orders = program.stack("shop").function("orders");
    program.stack("front", { region: "ap-shanghai" }).cos("uploads", orders);
  }),

  passes("TRG-CMQ", "no CMQ trigger", (program) => {
    const stack = program.stack();
    stack.trigger("scf_ckafka_trigger", "messages", stack.function("orders"));
  }),
  fails("TRG-CMQ", "a CMQ trigger", (program) => {
    const stack = program.stack();
    stack.trigger("scf_cmq_trigger", "messages", stack.function("orders"));
  }),
  fails("TRG-CMQ", "a CMQ trigger on a topic that another provider makes", (program) => {
    const stack = program.stack();
    stack.trigger("scf_cmq_trigger", "messages", stack.function("orders"), { topic: { $token: "${x}" } });
  }),

  ...([true, false] as const).flatMap((enabled) => [
    passes("TRG-ENABLE", `a timer that is ${enabled ? "on" : "off"}`, having({ enabled })),
    ...(["scf_cos_trigger", "scf_ckafka_trigger"] as const).map((kind) =>
      passes("TRG-ENABLE", `${kind} that is ${enabled ? "on" : "off"}`, (program) => {
        const stack = program.stack();
        stack.trigger(kind, "source", stack.function("orders"), { enabled });
      }),
    ),
  ]),
  ...(["scf_cls_trigger", "scf_mps_trigger", "scf_api_gateway_trigger"] as const).flatMap((kind) => [
    passes("TRG-ENABLE", `${kind} that is on`, (program) => {
      const stack = program.stack();
      stack.trigger(kind, "source", stack.function("orders"), { enabled: true });
    }),
    warns("TRG-ENABLE", `${kind} that is to be off`, (program) => {
      const stack = program.stack();
      stack.trigger(kind, "source", stack.function("orders"), { enabled: false });
    }),
  ]),
  waits("TRG-ENABLE", "a switch from another provider", (program) => {
    const stack = program.stack();
    stack.trigger("scf_cls_trigger", "logs", stack.function("orders"), { enabled: { $token: "${x}" } });
  }),

  ...cosCases,

  passes("TRG-COSREG", "a bucket of the function's region", (program) => {
    const stack = program.stack();
    stack.cos("uploads", stack.function("orders"));
  }),
  fails("TRG-COSREG", "a bucket of another region", (program) => {
    const stack = program.stack();
    stack.cos("uploads", stack.function("orders"), { bucketRegion: "ap-shanghai" });
  }),
  waits("TRG-COSREG", "a region from another provider", (program) => {
    const stack = program.stack();
    stack.cos("uploads", stack.function("orders"), { bucketRegion: { $token: "${x}" } });
  }),

  ...[
    "0 0 2 * * * *",
    "*/5 * * * * * *",
    "0 0,30 8-18 * * MON-FRI *",
    "0 15 10 1 JAN,jul * 2025-2030",
    "59 59 23 31 12 6 2099",
    "0 0 1/3 * * 0 *",
  ].map((cron) => passes("TRG-CRON", cron, having({ cron }))),
  ...[
    "",
    "0 2 * * *",
    "0 0 2 * * *",
    "0 0 2 * * * * *",
    "60 0 2 * * * *",
    "0 60 2 * * * *",
    "0 0 24 * * * *",
    "0 0 2 0 * * *",
    "0 0 2 32 * * *",
    "0 0 2 * 13 * *",
    "0 0 2 ? * * *",
    "0 0 2 * * 7 *",
    "0 0 2 * * * 1969",
    "0 0 2 * * FOO *",
    "0 0 18-8 * * * *",
    "*/0 * * * * * *",
    "0 0 1,,2 * * * *",
    "0 0 2 L * * *",
  ].map((cron) => fails("TRG-CRON", `"${cron}"`, having({ cron }))),
  passes("TRG-CRON", "a step of four digits", having({ cron: "*/9999 0 2 * * * *" })),
  ...[
    "*/10000 0 2 * * * *",
    "*/x5 0 2 * * * *",
    "*/5x 0 2 * * * *",
    "/5 0 2 * * * *",
    "*/5/5 0 2 * * * *",
    "0 0 1-2-3 * * * *",
    "0 0 x2 * * * *",
    "0 0 2x * * * *",
    "0 0 1- * * * *",
    "0 0 2 * * * 12026",
    "0 25 * * *",
  ].map((cron) => fails("TRG-CRON", `"${cron}"`, having({ cron }))),
  waits("TRG-CRON", "a schedule from another provider", having({ cron: { $token: "${x}" } })),
];
