import { metrics, type MetricFacts } from "../../../lib/model/metrics";
import { reference, type Value } from "../../../lib/model/value";
import type { Program, Stack } from "../program";
import { fails, passes, waits, type RuleCase } from "../rule-case";

const token = { $token: "${data.other.value}" };

type Properties = { readonly [name: string]: Value | undefined };

function condition(changes: Properties = {}): Value {
  const all = {
    metric: "error",
    comparison: ">",
    threshold: 5,
    periodMinutes: 1,
    occurrences: 1,
    repeatSeconds: 3600,
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Value;
}

/** What a condition watches: the alias `live` of `orders` unless told otherwise. */
function watched(orders: string, changes: Properties = {}): Value {
  return {
    metric: "error",
    statistic: "sum",
    type: "alias",
    namespace: reference(orders, "namespace"),
    functionName: reference(orders, "functionName"),
    qualifier: "live",
    ...changes,
  } as Value;
}

function alarm(stack: Stack, id: string, orders: string, changes: Properties = {}): void {
  stack.add("monitor_alarm_policy", id, {
    policyName: id,
    targetType: "alias",
    target: {
      namespace: reference(orders, "namespace"),
      functionName: reference(orders, "functionName"),
      qualifier: "live",
    },
    conditions: [condition()],
    match: "any",
    enabled: true,
    watched: [watched(orders)],
    ...changes,
  });
}

/** A program with one alarm on the alias `live` of `orders`. */
function having(changes: Properties = {}) {
  return (program: Program): void => {
    const stack = program.stack();
    const orders = stack.function("orders");
    stack.alias("live", orders);
    alarm(stack, "errors", orders, changes);
  };
}

/** One alarm that watches something else than it has to. */
function watching(...changes: readonly Properties[]) {
  return (program: Program): void => {
    const stack = program.stack();
    const orders = stack.function("orders");
    alarm(stack, "errors", orders, { watched: changes.map((change) => watched(orders, change)) });
  };
}

const region: Properties = {
  namespace: undefined,
  functionName: undefined,
  qualifier: undefined,
  type: "region",
};

export const monitoringCases: readonly RuleCase[] = [
  ...Object.keys(metrics).map((metric) =>
    passes("MON-METRIC", metric, having({ conditions: [condition({ metric })] })),
  ),
  ...["errors", "Http4xx", "Duration", "latency", ""].map((metric) =>
    fails("MON-METRIC", `"${metric}"`, having({ conditions: [condition({ metric })] })),
  ),
  fails("MON-METRIC", "no conditions", having({ conditions: [], watched: [] })),
  ...Object.entries<MetricFacts>(metrics).map(([metric, { statistic }]) =>
    passes("MON-METRIC", `${metric} with the statistic ${statistic}`, watching({ metric, statistic })),
  ),
  fails("MON-METRIC", "the sum of memory", watching({ metric: "mem", statistic: "sum" })),
  fails(
    "MON-METRIC",
    "the memory of a region",
    having({ watched: [{ metric: "mem", statistic: "maximum", type: "region" }] }),
  ),
  waits(
    "MON-METRIC",
    "a threshold from another provider",
    having({ conditions: [condition({ threshold: token })] }),
  ),
  waits(
    "MON-METRIC",
    "a metric from another provider",
    having({ conditions: [condition({ metric: token })] }),
  ),
  waits(
    "MON-METRIC",
    "a condition from another provider beside what is none",
    having({ conditions: [null, token, []] }),
  ),

  ...[1, 5].map((periodMinutes) =>
    passes("MON-PERIOD", `${periodMinutes} min`, having({ conditions: [condition({ periodMinutes })] })),
  ),
  ...[0, 2, 3, 4, 6, 10, 60].map((periodMinutes) =>
    fails("MON-PERIOD", `${periodMinutes} min`, having({ conditions: [condition({ periodMinutes })] })),
  ),
  passes(
    "MON-PERIOD",
    "a period from another provider",
    having({ conditions: [condition({ periodMinutes: token })] }),
  ),

  passes("MON-TARGET", "an alias", having()),
  passes("MON-TARGET", "a version", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    const qualifier = reference(stack.version("v", orders), "version");
    alarm(stack, "errors", orders, {
      targetType: "version",
      target: { namespace: "default", functionName: "orders", qualifier },
      watched: [
        watched(orders, { type: "version", qualifier }),
        watched(orders, { type: "version", qualifier }),
      ],
    });
  }),
  passes(
    "MON-TARGET",
    "two conditions on one alias",
    watching({}, { metric: "duration", statistic: "average" }),
  ),
  fails("MON-TARGET", "a region", having({ targetType: "region", target: undefined, watched: [] })),
  fails("MON-TARGET", "a trigger", having({ targetType: "trigger" })),
  fails("MON-TARGET", "a function as a whole", having({ targetType: "function", target: undefined })),
  fails("MON-TARGET", "no target", having({ target: undefined })),
  fails("MON-TARGET", "two aliases", watching({}, { qualifier: "next" })),
  fails("MON-TARGET", "an alias and a version of one name", watching({}, { type: "version" })),
  fails("MON-TARGET", "two functions", watching({}, { functionName: "stock" })),
  fails("MON-TARGET", "an alias and the region", watching({}, { ...region, metric: "error" })),
  fails("MON-TARGET", "a function of another region", (program) => {
    const orders = program.stack("shop").function("orders");
    alarm(program.stack("watch", { region: "ap-shanghai" }), "errors", orders);
  }),
  passes(
    "MON-TARGET",
    "nothing to watch, which is another rule's",
    having({ targetType: "", target: undefined, conditions: [], watched: [], match: "all", enabled: false }),
  ),
  passes(
    "MON-TARGET",
    "a type of a resource that is not there",
    having({ targetType: reference("shop/other", "targetType") }),
  ),
  waits("MON-TARGET", "a type from another provider", having({ targetType: token })),

  passes("TYPE", "a name of 60 characters", having({ policyName: "a".repeat(60) })),
  passes("TYPE", "a name of one character", having({ policyName: "a" })),
  passes("TYPE", "conditions from another provider", having({ conditions: token })),
  fails("TYPE", "a name of 61 characters", having({ policyName: "a".repeat(61) })),
  fails("TYPE", "an alarm without a name", having({ policyName: "" })),
  passes("TYPE", "a description of 100 characters", having({ description: "告警_a-".padEnd(100, "1") })),
  fails("TYPE", "a description of 101 characters", having({ description: "a".repeat(101) })),
  fails("TYPE", "a description with a space", having({ description: "too many errors" })),
  passes("TYPE", "a threshold of 0", having({ conditions: [condition({ threshold: 0 })] })),
  fails("TYPE", "a threshold below 0", having({ conditions: [condition({ threshold: -1 })] })),
  fails("TYPE", "a comparison that is none", having({ conditions: [condition({ comparison: "=>" })] })),
  ...[-3, 0, 1.5].map((occurrences) =>
    fails("TYPE", `${occurrences} periods in a row`, having({ conditions: [condition({ occurrences })] })),
  ),
  ...[0, 300, 86_400].map((repeatSeconds) =>
    passes(
      "TYPE",
      `told again after ${repeatSeconds} s`,
      having({ conditions: [condition({ repeatSeconds })] }),
    ),
  ),
  fails("TYPE", "told again every minute", having({ conditions: [condition({ repeatSeconds: 60 })] })),
  fails("TYPE", "told again every 450 s", having({ conditions: [condition({ repeatSeconds: 450 })] })),
];

/** Attachments to users and groups, by the forms that the API gives. */
function user(properties: Properties) {
  return (program: Program): void => {
    program.stack().add("cam_user_policy_attachment", "a", { policyName: "ops", ...properties });
  };
}

function group(groupId: Value) {
  return (program: Program): void => {
    program.stack().add("cam_group_policy_attachment", "a", { policyName: "ops", groupId });
  };
}

export const principalCases: readonly RuleCase[] = [
  passes("TYPE", "a user by name", user({ userName: "alice" })),
  passes("TYPE", "a user by account id", user({ uin: "100000000002" })),
  passes("TYPE", "a user whom another provider names", user({ userName: token })),
  ...["1", "9".repeat(15)].map((uin) => passes("TYPE", `account id ${uin}`, user({ uin }))),
  ...["alice", "12a", "a12", "012", "9".repeat(16)].map((uin) =>
    fails("TYPE", `account id ${uin}`, user({ uin })),
  ),
  fails("TYPE", "a user with name and account id", user({ userName: "alice", uin: "100000000002" })),
  fails("TYPE", "no user", user({})),
  passes("TYPE", "a group", group(7)),
  passes("TYPE", "group 1", group(1)),
  ...[0, -1, 1.5].map((id) => fails("TYPE", `group ${id}`, group(id))),
  fails("TYPE", "a group by name", group("operators")),
  fails("TYPE", "a role that trusts an account by name", (program) => {
    program.stack().role("guests", { trustedAccounts: ["partner"] });
  }),

  fails("UNIQUE", "a policy attached to a user twice", (program) => {
    const stack = program.stack();
    for (const id of ["first", "second"]) {
      stack.add("cam_user_policy_attachment", id, { userName: "alice", policyName: "ops" });
    }
  }),
  fails("UNIQUE", "a policy attached to an account id twice", (program) => {
    const stack = program.stack();
    for (const id of ["first", "second"]) {
      stack.add("cam_user_policy_attachment", id, { uin: "100000000002", policyName: "ops" });
    }
  }),
  fails("UNIQUE", "a policy attached to a group twice", (program) => {
    const stack = program.stack();
    for (const id of ["first", "second"]) {
      stack.add("cam_group_policy_attachment", id, { groupId: 7, policyName: "ops" });
    }
  }),
  passes("UNIQUE", "a policy of a user and of a group", (program) => {
    const stack = program.stack();
    stack.add("cam_user_policy_attachment", "first", { userName: "7", policyName: "ops" });
    stack.add("cam_group_policy_attachment", "second", { groupId: 7, policyName: "ops" });
  }),
  fails("UNIQUE", "two alarm policies of one name", (program) => {
    const stack = program.stack();
    const orders = stack.function("orders");
    alarm(stack, "first", orders, { policyName: "errors" });
    alarm(stack, "second", orders, { policyName: "errors" });
  }),
];
