import { presetPolicies, type PresetPolicy } from "../../../lib/model/preset-policies";
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
  // The documents' examples, one per operator.
  { ip_equal: { "qcs:ip": ["101.226.1.185", "101.226.1.186"] } },
  { ip_not_equal: { "qcs:ip": ["10.121.1.0/24", "10.121.2.0/24"] } },
  ...[
    "date_not_equal",
    "date_greater_than",
    "date_greater_than_equal",
    "date_less_than",
    "date_less_than_equal",
  ].map((operator) => ({ [operator]: { "qcs:current_time": "2016-06-01T00:01:00Z" } })),
  { ip_equal: { "qcs:ip": "10.0.0.0/32" }, date_less_than: { "qcs:current_time": "2030-01-01T00:00:00.5Z" } },
  ...["10.0.0.0/0", "10.0.0.0/8", "10.0.0.0/032", "2001:db8::/128"].map((address) => ({
    ip_equal: { "qcs:ip": address },
  })),
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
  { date_less_than: { "qcs:current_time": "2016-06-01T 00:01:00Z" } },
  { date_less_than: { "qcs:current_time": [] } },
  { ip_equal: { "qcs:ip": [] } },
  { ip_equal: {} },
  { ip_equal: { "qcs:ip": "101.226.***.185" } },
  ...["10.0.0.0/", "10.0.0.0/x8", "10.0.0.0/8x", "10.0.0.0/0008", "10.0.0.0/8/8", "", "2001:db8::/129"].map(
    (address) => ({ ip_equal: { "qcs:ip": address } }),
  ),
  ...[
    "",
    "2016-13-01T00:01:00Z",
    "on 2016-06-01T00:01:00Z",
    "2016-06-01T00:01:00Z!",
    "2016-06-01T00:01:00.Z",
  ].map((time) => ({
    date_less_than: { "qcs:current_time": time },
  })),
];

const full = [{ effect: "allow", action: ["scf:GetFunction"], resource: [orders] }];

/** The policy that the documents give as their example. */
function documentedPolicy(program: Program): void {
  const stack = program.stack();
  stack.function("Test1");
  stack.function("Test2");
  stack.policy("ops", [
    {
      effect: "allow",
      action: ["scf:ListFunctions", "scf:GetAccountSettings", "monitor:*"],
      resource: ["*"],
    },
    {
      effect: "allow",
      action: [
        "scf:DeleteFunction",
        "scf:CreateFunction",
        "scf:InvokeFunction",
        "scf:UpdateFunction",
        "scf:GetFunctionLogs",
        "scf:SetTrigger",
        "scf:DeleteTrigger",
        "scf:GetFunction",
        "scf:ListVersion",
      ],
      resource: [
        "qcs::scf:ap-guangzhou:uin/*****:namespace/default/function/Test1",
        "qcs::scf:ap-guangzhou:uin/*****:namespace/default/function/Test2",
      ],
    },
  ]);
}

/** The contents of a preset policy, as somebody would copy them. */
function copyOf(actions: readonly string[]) {
  return stating({ action: actions, resource: ["*"] });
}
const presets = Object.entries<PresetPolicy>(presetPolicies).flatMap(([name, preset]) => [
  ...(preset.actions ? [[name, preset.actions] as const] : []),
  ...(preset.earlierActions ? [[`${name}, as printed earlier`, preset.earlierActions] as const] : []),
]);

/** A policy that gets attached to a role, a user or a group. */
function attaching(policyName: Value, kind: "role" | "user" | "group" = "role") {
  return (program: Program): void => {
    const stack = program.stack();
    if (kind === "role") stack.add("cam_policy_attachment", "a", { roleName: stack.role("run"), policyName });
    if (kind === "user") stack.add("cam_user_policy_attachment", "a", { userName: "alice", policyName });
    if (kind === "group") stack.add("cam_group_policy_attachment", "a", { groupId: 7, policyName });
  };
}

/** A namespace of the app with one function, and a policy on a resource. */
function inTeam(resource: string) {
  return (program: Program): void => {
    const stack = program.stack();
    const namespace = stack.namespace("team");
    stack.function("orders", { namespace: reference(namespace, "name") });
    stack.policy("ops", [{ effect: "allow", action: ["scf:InvokeFunction"], resource: [resource] }]);
  };
}

export const permissionCases: readonly RuleCase[] = [
  ...["CAM-DOC", "CAM-ACT", "CAM-RES", "CAM-STAR", "CAM-COND", "CAM-WIDE", "CAM-FN"].map((rule) =>
    passes(rule, "the documents' own example", documentedPolicy),
  ),
  ...presets.flatMap(([name, actions]) =>
    ["CAM-DOC", "CAM-ACT", "CAM-STAR"].map((rule) => passes(rule, `a copy of ${name}`, copyOf(actions))),
  ),
  passes(
    "CAM-WIDE",
    "a copy of a preset policy for readers",
    copyOf(presetPolicies.QcloudSCFReadOnlyAccess.actions),
  ),
  warns(
    "CAM-WIDE",
    "a copy of a preset policy for everything",
    copyOf(presetPolicies.QcloudSCFFullAccess.actions),
  ),

  passes("CAM-DOC", "a complete policy", stating({})),
  passes("CAM-DOC", "the version that there is", policy(full)),
  fails("CAM-DOC", "another version", policy(full, { version: "1.0" })),
  fails("CAM-DOC", "no statements", policy([])),
  fails("CAM-DOC", "no action", stating({ action: [] })),
  fails("CAM-DOC", "not a word on actions", stating({ action: null })),
  passes("CAM-DOC", "actions from another provider", stating({ action: { $token: "${x}" } })),
  passes("CAM-DOC", "statements from another provider", policy({ $token: "${x}" })),
  fails(
    "CAM-DOC",
    "the second of two statements without an action",
    policy([...full, { effect: "allow", action: [], resource: ["*"] }]),
  ),
  fails("CAM-DOC", "neither action nor resource", stating({ action: [], resource: [] })),

  ...[
    "scf:InvokeFunction",
    "scf:Get*",
    "scf:*",
    "*",
    "*:*",
    "cos:GetObject",
    "name/cos:GetObject",
    "scf:*Function*",
    "scf:L*V*n",
    "scf:*Version",
    "scf:InvokeFunction*",
    "scf:Invoke*Function",
  ].map((action) => passes("CAM-ACT", action, stating({ action: [action] }))),
  ...[
    "scf:InvokeFunctions",
    "scf:invokefunction",
    "scf:Foo*",
    "scf:*Foo",
    "scf:nvoke*",
    "scf:*Functio",
    "scf:Invoke*Foo*",
    "scf:*Function*Invoke*",
    "scf:InvokeFunction*n",
    "scf:I*InvokeFunction",
    "scf:Fly",
    ":InvokeFunction",
    "scf: InvokeFunction",
    "cos:Get Object",
    "scf:Get:InvokeFunctions",
    "my-name/scf:InvokeFunction:*",
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
    "qcs::*:ap-guangzhou:uin/1:*",
    "qcs:id/0:scf:ap-guangzhou:uin/1:*",
    "qcs:project/shop:scf:ap-guangzhou:uin/1:*",
  ].map((resource) => passes("CAM-RES", resource, stating({ resource: [resource] }))),
  passes(
    "CAM-RES",
    "a bucket, with actions on buckets",
    stating({ action: ["cos:GetObject"], resource: ["qcs::cos:ap-guangzhou:uid/1:bucket-1/*"] }),
  ),
  passes(
    "CAM-RES",
    "a bucket, with actions on buckets and functions",
    stating({
      action: ["cos:GetObject", "scf:GetFunction"],
      resource: ["qcs::cos:ap-guangzhou:uid/1:bucket-1/*", orders],
    }),
  ),
  warns(
    "CAM-RES",
    "a bucket, with actions on functions alone",
    stating({ action: ["scf:GetFunction"], resource: ["qcs::cos:ap-guangzhou:uid/1:bucket-1/*"] }),
  ),
  warns(
    "CAM-RES",
    "a region with a slip of the pen",
    stating({ resource: ["qcs::scf:ap-guangzou:uin/1:namespace/default/function/orders"] }),
  ),
  passes(
    "CAM-RES",
    "a region that nobody knows",
    stating({ resource: ["qcs::scf:me-atlantis:uin/1:namespace/default/function/orders"] }),
  ),
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
    "qcs:shop:scf:ap-guangzhou:uin/1:*",
    "qcs:my/id/0:scf:ap-guangzhou:uin/1:*",
    "qcs:id/:scf:ap-guangzhou:uin/1:*",
    "qcs::scf:guangzhou:uin/1:*",
    "qcs::scf:-guangzhou:uin/1:*",
    "qcs::scf:ap-:uin/1:*",
    "qcs::scf:ap-guangzhou:uin/1:my/namespace/default/function/orders",
    "qcs::scf:ap-guangzhou:uin/1:namespace/default/function/orders/1",
    "qcs::scf:ap-guangzhou:uin/1:namespace//function/orders",
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
    "CAM-RES",
    "a bucket without any action, which another rule reports",
    stating({ action: [], resource: ["qcs::cos:ap-guangzhou:uid/1:bucket-1/*"] }),
  ),
  passes(
    "CAM-RES",
    "a bucket with actions of a service whose name ends like that of functions",
    stating({ action: ["my-scf:Get"], resource: ["qcs::cos:ap-guangzhou:uid/1:bucket-1/*"] }),
  ),

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
  fails("CAM-STAR", "one of them by its older name", stating({ action: ["name/scf:ListFunctions"] })),
  passes(
    "CAM-STAR",
    "an action of another service that is called alike",
    stating({ action: ["cos:ListFunctions", "scf:", "my-scf:ListFunctions"] }),
  ),
  passes("CAM-STAR", "a pattern for nothing, which is another rule's", stating({ action: ["scf:Foo*"] })),
  passes(
    "CAM-STAR",
    "no resource, which is another rule's",
    stating({ action: ["scf:ListFunctions"], resource: [] }),
  ),
  passes(
    "CAM-STAR",
    "resources from another provider",
    stating({ action: ["scf:ListFunctions"], resource: [{ $token: "${x}" }] }),
  ),
  passes("CAM-STAR", "a pattern that also means functions", stating({ action: ["scf:List*", "scf:*"] })),

  ...rightConditions.map((condition) =>
    passes("CAM-COND", JSON.stringify(condition), stating({ condition })),
  ),
  ...wrongConditions.map((condition) => fails("CAM-COND", JSON.stringify(condition), stating({ condition }))),
  passes(
    "CAM-COND",
    "a year",
    stating({
      condition: {
        date_greater_than_equal: { "qcs:current_time": "2030-01-01T00:00:00Z" },
        date_less_than: { "qcs:current_time": "2031-01-01T00:00:00Z" },
      },
    }),
  ),
  passes("CAM-COND", "a condition from another provider", stating({ condition: { $token: "${x}" } })),
  passes(
    "CAM-COND",
    "a comparison that is none, which is another rule's",
    stating({ condition: { ip_equal: "10.121.2.0/24" } }),
  ),
  fails(
    "CAM-COND",
    "an operator that does not exist, without any action",
    stating({ action: [], condition: { string_equal: { "cos:prefix": "a" } } }),
  ),
  fails(
    "CAM-COND",
    "an operator that does not exist, with an action of functions among others",
    stating({
      action: ["cos:GetObject", "name/scf:GetFunction"],
      resource: ["*"],
      condition: { string_equal: { "cos:prefix": "a" } },
    }),
  ),
  warns(
    "CAM-COND",
    "an operator of a service whose name ends like that of functions",
    stating({
      action: ["my-scf:GetFunction"],
      resource: ["*"],
      condition: { string_equal: { "cos:prefix": "a" } },
    }),
  ),
  passes(
    "CAM-COND",
    "one and the same time",
    stating({
      condition: {
        date_greater_than_equal: { "qcs:current_time": "2030-01-01T00:00:00Z" },
        date_less_than_equal: { "qcs:current_time": "2030-01-01T00:00:00Z" },
      },
    }),
  ),
  warns(
    "CAM-COND",
    "an end before the beginning",
    stating({
      condition: {
        date_greater_than: { "qcs:current_time": "2031-01-01T00:00:00Z" },
        date_less_than_equal: { "qcs:current_time": "2030-01-01T00:00:00Z" },
      },
    }),
  ),
  warns(
    "CAM-COND",
    "an end before the beginning, both of which count",
    stating({
      condition: {
        date_greater_than_equal: { "qcs:current_time": "2031-01-01T00:00:00Z" },
        date_less_than: { "qcs:current_time": "2030-01-01T00:00:00Z" },
      },
    }),
  ),
  fails(
    "CAM-COND",
    "an end before a beginning that is none",
    stating({
      condition: {
        date_greater_than: { "qcs:current_time": "2031-02-30T00:00:00Z" },
        date_less_than: { "qcs:current_time": "2030-01-01T00:00:00Z" },
      },
    }),
  ),
  ...[null, ["10.121.2.0/24"]].map((comparison) =>
    passes(
      "CAM-COND",
      `the comparison ${JSON.stringify(comparison)}, which is another rule's`,
      stating({ condition: { ip_equal: comparison } }),
    ),
  ),
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
  warns("CAM-WIDE", "everything on everything, without lists", stating({ action: "*", resource: "*" })),

  ...Object.keys(presetPolicies).map((name) => passes("CAM-PRESET", `${name} attached`, attaching(name))),
  passes(
    "CAM-PRESET",
    "a preset policy that the documents do not name",
    attaching("QcloudCVMReadOnlyAccess"),
  ),
  ...["MyQcloudSCFFullAcess", "QcloudSCFSomethingElseAltogether"].map((name) =>
    passes("CAM-PRESET", `a policy ${name} that the documents do not name`, attaching(name)),
  ),
  passes("CAM-PRESET", "an own policy attached", (program) => {
    const stack = program.stack();
    const own = stack.policy("qcloud-scf-full-acces", full);
    stack.add("cam_user_policy_attachment", "a", {
      userName: "alice",
      policyName: reference(own, "policyName"),
    });
  }),
  fails(
    "CAM-PRESET",
    "an own policy with a preset one's name",
    policy(full, { policyName: "QcloudSCFFullAccess" }),
  ),
  ...(["role", "user", "group"] as const).map((kind) =>
    warns("CAM-PRESET", `a misspelt preset policy for a ${kind}`, attaching("QcloudSCFFullAcess", kind)),
  ),

  passes("CAM-ROLE", "the configuration role as the platform makes it", (program) => {
    program.stack().role("configuration", { roleName: "SCF_QcsRole" });
  }),
  fails("CAM-ROLE", "the configuration role without its carrier", (program) => {
    program.stack().role("configuration", { roleName: "SCF_QcsRole", trustedServices: ["cvm.qcloud.com"] });
  }),
  fails("CAM-ROLE", "a run role of another account", (program) => {
    const role = program.stack("people", { uin: "100000000002" }).role("run");
    const name = reference(role, "roleName");
    program.stack("shop", { uin: "100000000001" }).function("orders", { role: name });
  }),
  passes("CAM-ROLE", "a run role of another stack of the account", (program) => {
    const role = program.stack("people", { uin: "100000000001", region: "ap-shanghai" }).role("run");
    const name = reference(role, "roleName");
    program.stack("shop", { uin: "100000000001" }).function("orders", { role: name });
  }),
  passes("CAM-ROLE", "a role of another service", (program) => {
    program.stack().role("machines", { trustedServices: ["cvm.qcloud.com"] });
  }),
  passes("CAM-ROLE", "a role for another account only", (program) => {
    program.stack().role("guests", { trustedServices: [], trustedAccounts: ["100000000002"] });
  }),
  fails("CAM-ROLE", "a role for nobody", (program) => {
    program.stack().role("nobody", { trustedServices: [] });
  }),
  fails("CAM-ROLE", "a role for nobody, said twice", (program) => {
    program.stack().role("nobody", { trustedServices: [], trustedAccounts: [] });
  }),
  fails("CAM-ROLE", "the configuration role for nobody", (program) => {
    program.stack().role("configuration", { roleName: "SCF_QcsRole", trustedServices: [] });
  }),
  passes("CAM-ROLE", "a role for accounts from another provider", (program) => {
    program.stack().role("guests", { trustedServices: [], trustedAccounts: { $token: "${x}" } });
  }),
  fails("CAM-ROLE", "a policy of another account for a role", (program) => {
    const own = program.stack("people", { uin: "100000000002" }).policy("ops", full);
    const stack = program.stack("shop", { uin: "100000000001" });
    const roleName = reference(stack.role("run"), "roleName");
    stack.add("cam_policy_attachment", "a", { roleName, policyName: reference(own, "policyName") });
  }),
  fails("CAM-ROLE", "a policy for a role of another account", (program) => {
    const role = program.stack("people", { uin: "100000000002" }).role("run");
    const stack = program.stack("shop", { uin: "100000000001" });
    const policyName = reference(stack.policy("ops", full), "policyName");
    stack.add("cam_policy_attachment", "a", { roleName: reference(role, "roleName"), policyName });
  }),
  fails("CAM-ROLE", "a policy of another account for a user", (program) => {
    const own = program.stack("people", { uin: "100000000002" }).policy("ops", full);
    const stack = program.stack("shop", { uin: "100000000001" });
    const policyName = reference(own, "policyName");
    stack.add("cam_user_policy_attachment", "a", { userName: "alice", policyName });
  }),
  passes("CAM-ROLE", "a policy and a role of one account", (program) => {
    const stack = program.stack("shop", { uin: "100000000001" });
    const policyName = reference(stack.policy("ops", full), "policyName");
    const roleName = reference(stack.role("run"), "roleName");
    stack.add("cam_policy_attachment", "a", { roleName, policyName });
  }),
  waits("CAM-ROLE", "carriers from another provider", (program) => {
    program.stack().role("configuration", { roleName: "SCF_QcsRole", trustedServices: { $token: "${x}" } });
  }),
  passes("CAM-ROLE", "carriers of another role from another provider", (program) => {
    program.stack().role("reader", { trustedServices: { $token: "${x}" } });
  }),
  passes("CAM-ROLE", "carriers of a resource that is not there", (program) => {
    const trustedServices = reference("shop/other", "trustedServices");
    program.stack().role("configuration", { roleName: "SCF_QcsRole", trustedServices });
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
  warns(
    "CAM-FN",
    "a function of the app in a region that it is not in",
    stating({ resource: ["qcs::scf:ap-shanghai:uin/:namespace/default/function/orders"] }),
  ),
  warns(
    "CAM-FN",
    "a misspelt function of the same account",
    stating({ resource: ["qcs::scf:ap-guangzhou:uin/1:namespace/default/function/order"] }, { uin: "1" }),
  ),
  warns(
    "CAM-FN",
    "a misspelt function of an account that the policy does not name",
    stating({ resource: ["qcs::scf:ap-guangzhou:uin/:namespace/default/function/order"] }, { uin: "1" }),
  ),
  warns(
    "CAM-FN",
    "a function of another name altogether",
    stating({ resource: ["qcs::scf:ap-guangzhou:uin/:namespace/default/function/bookkeeping"] }),
  ),
  ...(
    [
      ["uin/1", {}],
      ["uin/", { uin: "1" }],
    ] as const
  ).map(([owner, options]) =>
    warns(
      "CAM-FN",
      `a function in a region that it is not in, ${owner} beside ${JSON.stringify(options)}`,
      stating({ resource: [`qcs::scf:ap-shanghai:${owner}:namespace/default/function/orders`] }, options),
    ),
  ),
  passes("CAM-FN", "all functions of a namespace that has none yet", (program) => {
    const stack = program.stack();
    stack.namespace("team");
    stack.policy("ops", [
      {
        effect: "allow",
        action: ["scf:InvokeFunction"],
        resource: ["qcs::scf:ap-guangzhou:uin/:namespace/team/function/*"],
      },
    ]);
  }),
  passes("CAM-FN", "a function of the app in one of two accounts", (program) => {
    program.stack("stock", { uin: "2" }).function("parcels");
    stating(
      { resource: ["qcs::scf:ap-guangzhou:uin/:namespace/default/function/parcels"] },
      { uin: "1" },
    )(program);
  }),
  warns("CAM-FN", "a function of the app in a region that it has in two others", (program) => {
    program.stack("north", { region: "ap-beijing" }).function("orders");
    stating({ resource: ["qcs::scf:ap-shanghai:uin/:namespace/default/function/orders"] })(program);
  }),
  warns("CAM-FN", "a function of the second account in a region that it is not in", (program) => {
    program.stack("stock", { uin: "2" }).function("orders");
    stating(
      { resource: ["qcs::scf:ap-shanghai:uin/1:namespace/default/function/orders"] },
      { uin: "1" },
    )(program);
  }),
  passes(
    "CAM-FN",
    "a function of another account in a region that it is not in",
    stating({ resource: ["qcs::scf:ap-shanghai:uin/2:namespace/default/function/orders"] }, { uin: "1" }),
  ),
  passes("CAM-FN", "functions and namespaces from another provider", (program) => {
    const stack = program.stack();
    const name = { $token: "${x}" };
    stack.namespace("team", { name });
    stack.function("orders", { functionName: name });
    stack.function("parcels", { namespace: name });
    stack.policy("ops", [
      {
        effect: "allow",
        action: ["scf:InvokeFunction"],
        resource: ["qcs::scf:ap-guangzhou:uin/:namespace/default/function/parcels"],
      },
    ]);
  }),
  ...[
    "my-qcs::scf:ap-guangzhou:uin/:namespace/default/function/order",
    "qcs::scf::uin/:namespace/default/function/order",
    "qcs::scf:ap-guangzhou:uin/:namespace//function/order",
    "qcs::scf:ap-guangzhou:uin/:namespace/default/function/",
  ].map((resource) => passes("CAM-FN", `${resource}, which names none`, stating({ resource: [resource] }))),
  passes("CAM-FN", "a function that the app has in both regions", (program) => {
    program.stack("north", { region: "ap-beijing" }).function("orders");
    stating({ resource: ["qcs::scf:ap-beijing:uin/:namespace/default/function/orders"] })(program);
  }),
  ...["order*", "*", "**", "o*s", "*s", "oder*/1"].map((pattern) =>
    passes(
      "CAM-FN",
      `the pattern ${pattern}`,
      inTeam(`qcs::scf:ap-guangzhou:uin/:namespace/team/function/${pattern}`),
    ),
  ),
  warns(
    "CAM-FN",
    "a pattern that no function of the app's namespace has",
    inTeam("qcs::scf:ap-guangzhou:uin/:namespace/team/function/oder*"),
  ),
  warns(
    "CAM-FN",
    "a pattern of an end that no function of the app's namespace has",
    inTeam("qcs::scf:ap-guangzhou:uin/:namespace/team/function/*-oder"),
  ),
  warns(
    "CAM-FN",
    "a pattern that begins with a star and matches none",
    inTeam("qcs::scf:ap-guangzhou:uin/:namespace/team/function/*x*"),
  ),
  passes(
    "CAM-FN",
    "a pattern in something else than a resource, which is another rule's",
    inTeam("my-qcs::scf:ap-guangzhou:uin/:namespace/team/function/oder*"),
  ),
];
