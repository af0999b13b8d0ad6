import { reference, type Value } from "../../../lib/model/value";
import type { Program, StackOptions } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

const orders = "qcs::scf:ap-guangzhou:uin/100000000001:namespace/default/function/orders";

/** A program with the function `orders` and a policy of one statement. */
function stating(statement: { readonly [name: string]: Value }, options: StackOptions = {}) {
  return (program: Program): void => {
    const stack = program.stack("shop", options);
    stack.function("orders");
    stack.policy("ops", [
      { effect: "allow", action: ["scf:InvokeFunction"], resource: [orders], ...statement },
    ]);
  };
}

function policy(statement: Value, properties: { readonly [name: string]: Value } = {}) {
  return (program: Program): void => {
    program.stack().policy("ops", statement, properties);
  };
}

/** Conditions by operator, key and value. */
type Condition = { readonly [operator: string]: { readonly [key: string]: Value } };

const rightConditions: readonly Condition[] = [
  { ip_equal: { "qcs:ip": "10.121.2.0/24" } },
  { ip_not_equal: { "qcs:ip": ["10.121.1.0/24", "10.121.2.1", "2001:db8::/32"] } },
  { date_less_than: { "qcs:current_time": "2016-06-01T00:01:00Z" } },
];

const wrongConditions: readonly Condition[] = [
  { ip_equals: { "qcs:ip": "10.121.2.0/24" } },
  { date_equal: { "qcs:current_time": "2016-06-01T00:01:00Z" } },
  { ip_equal: { "qcs:ip ": "10.121.2.0/24" } },
  { ip_equal: { "qcs:ip": "10.121.2.0/33" } },
  { ip_equal: { "qcs:ip": ["10.121.2.0/24", "10.121.2.256"] } },
  { date_less_than: { "qcs:ip": "10.121.2.0/24" } },
  { date_less_than: { "qcs:current_time": "2016-06-01 00:01:00" } },
  { date_less_than: { "qcs:current_time": "2016-02-30T00:01:00Z" } },
  { date_less_than: { "qcs:current_time": "2016-06-01T00:01:00+08:00" } },
];

const full = [{ effect: "allow", action: ["scf:GetFunction"], resource: [orders] }];

export const permissionCases: readonly RuleCase[] = [
  passes("CAM-DOC", "a complete policy", stating({})),
  fails("CAM-DOC", "another version", policy(full, { version: "1.0" })),
  fails("CAM-DOC", "no statements", policy([])),
  fails("CAM-DOC", "no action", stating({ action: [] })),
  fails("CAM-DOC", "neither action nor resource", stating({ action: [], resource: [] })),

  ...[
    "scf:InvokeFunction",
    "scf:Get*",
    "scf:*",
    "*",
    "cos:GetObject",
    "name/cos:GetObject",
    "scf:*Function*",
    "scf:L*V*n",
  ].map((action) => passes("CAM-ACT", action, stating({ action: [action] }))),
  ...[
    "scf:InvokeFunctions",
    "scf:invokefunction",
    "scf:Foo*",
    "scf:Fly",
    "InvokeFunction",
    "scf:",
    "",
    "scf:Get:Function",
  ].map((action) => fails("CAM-ACT", `"${action}"`, stating({ action: [action] }))),
  warns("CAM-ACT", "a misspelt service", stating({ action: ["cosa:GetObject"] })),
  warns("CAM-ACT", "a service that nobody knows", stating({ action: ["teleport:Go"] })),

  ...[
    "*",
    orders,
    "qcs::scf:ap-guangzhou::namespace/default/function/orders",
    "qcs::scf::uin/1:namespace/default/function/orders",
    "qcs::scf:*:uin/1:namespace/*/function/order*",
    "qcs::scf:ap-guangzhou:uin/:namespace/default/*",
    "qcs::scf:ap-guangzhou:uin/1:*",
    "qcs::cos:ap-guangzhou:uid/1:bucket-1/*",
  ].map((resource) => passes("CAM-RES", resource, stating({ resource: [resource] }))),
  ...[
    "orders",
    "",
    "qcs::scf:ap-guangzhou:uin/1",
    "qcs::scf:ap-guangzhou:uin/1:namespace/default/function/orders:more",
    "qcs::scf:Guangzhou:uin/1:namespace/default/function/orders",
    "qcs::scf:ap-guangzhou:100000000001:namespace/default/function/orders",
    "qcs::scf:ap-guangzhou:uin/1:function/orders",
    "qcs::scf:ap-guangzhou:uin/1:namespace/default/function/",
    "qcs:::ap-guangzhou:uin/1:namespace/default/function/orders",
    "arn:aws:lambda:eu-west-1:1:function:orders",
  ].map((resource) => fails("CAM-RES", `"${resource}"`, stating({ resource: [resource] }))),
  passes("CAM-RES", "a resource joined from references", (program) => {
    const stack = program.stack();
    const target = stack.function("orders");
    stack.policy("ops", [
      {
        effect: "allow",
        action: ["scf:InvokeFunction"],
        resource: [
          {
            $join: [
              "qcs::scf:ap-guangzhou:uin/:namespace/",
              reference(target, "namespace"),
              "/function/",
              reference(target, "functionName"),
            ],
          },
        ],
      },
    ]);
  }),
  waits("CAM-RES", "a resource from another provider", stating({ resource: [{ $token: "${x}" }] })),

  passes(
    "CAM-STAR",
    "an account's action on everything",
    stating({ action: ["scf:ListFunctions"], resource: ["*"] }),
  ),
  fails(
    "CAM-STAR",
    "an account's action on a function",
    stating({ action: ["scf:ListFunctions", "scf:GetFunction"] }),
  ),
  fails("CAM-STAR", "two of them", stating({ action: ["scf:ListFunctions", "scf:GetAccount*"] })),
  passes("CAM-STAR", "a pattern that also means functions", stating({ action: ["scf:List*", "scf:*"] })),

  ...rightConditions.map((condition) =>
    passes("CAM-COND", JSON.stringify(condition), stating({ condition })),
  ),
  ...wrongConditions.map((condition) => fails("CAM-COND", JSON.stringify(condition), stating({ condition }))),
  warns(
    "CAM-COND",
    "an operator of another service",
    stating({
      action: ["cos:GetObject"],
      resource: ["*"],
      condition: { string_equal: { "cos:prefix": "a" } },
    }),
  ),

  passes("CAM-WIDE", "every action on one function", stating({ action: ["scf:*"] })),
  passes("CAM-WIDE", "everything denied", stating({ effect: "deny", action: ["*"], resource: ["*"] })),
  passes("CAM-WIDE", "some actions on everything", stating({ action: ["scf:Get*"], resource: ["*"] })),
  warns("CAM-WIDE", "all of SCF on everything", stating({ action: ["scf:*"], resource: ["*"] })),
  warns("CAM-WIDE", "everything on everything", stating({ action: ["*"], resource: ["*"] })),

  passes("CAM-ROLE", "the configuration role as the platform makes it", (program) => {
    program.stack().role("configuration", { roleName: "SCF_QcsRole" });
  }),
  fails("CAM-ROLE", "the configuration role without its carrier", (program) => {
    program.stack().role("configuration", { roleName: "SCF_QcsRole", trustedServices: ["cvm.qcloud.com"] });
  }),
  passes("CAM-ROLE", "a role of another service", (program) => {
    program.stack().role("machines", { trustedServices: ["cvm.qcloud.com"] });
  }),
  waits("CAM-ROLE", "carriers from another provider", (program) => {
    program.stack().role("configuration", { roleName: "SCF_QcsRole", trustedServices: { $token: "${x}" } });
  }),

  passes("CAM-FN", "a function of the app", stating({})),
  warns(
    "CAM-FN",
    "a misspelt function in a namespace that the app uses",
    stating({ resource: ["qcs::scf:ap-guangzhou:uin/:namespace/default/function/order"] }),
  ),
  fails("CAM-FN", "a function that is missing in a namespace of the app", (program) => {
    const stack = program.stack();
    stack.namespace("team");
    stack.policy("ops", [
      {
        effect: "allow",
        action: ["scf:InvokeFunction"],
        resource: ["qcs::scf:ap-guangzhou:uin/1:namespace/team/function/orders"],
      },
    ]);
  }),
  ...[
    "qcs::scf:ap-shanghai:uin/:namespace/default/function/missing",
    "qcs::scf:ap-guangzhou:uin/:namespace/other/function/missing",
    "qcs::scf:ap-guangzhou:uin/:namespace/default/function/miss*",
  ].map((resource) => passes("CAM-FN", resource, stating({ resource: [resource] }))),
  passes(
    "CAM-FN",
    "a function of another account",
    stating({ resource: ["qcs::scf:ap-guangzhou:uin/2:namespace/default/function/missing"] }, { uin: "1" }),
  ),
];
