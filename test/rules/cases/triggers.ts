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

  ...["$LATEST", "$DEFAULT", "1", "27"].map((qualifier) =>
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
  ...["", "0", "$latest", "1.5", "a b"].map((qualifier) =>
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
  waits("TRG-CRON", "a schedule from another provider", having({ cron: { $token: "${x}" } })),
];
