import { allowedActions } from "../../../lib/testing/questions";
import type { Properties, Value } from "../../../lib/model/value";
import { orders, planOf, ref, token } from "../plan";

const ordersName = {
  $join: ["qcs::scf:ap-guangzhou:uin/:namespace/default/function/", ref("orders", "functionName")],
};
const role: [string, Properties] = ["cam_role", { roleName: "runner", trustedServices: ["scf.qcloud.com"] }];
const policy = (...statement: Value[]): [string, Properties] => [
  "cam_policy",
  { policyName: "ops", version: "2.0", statement },
];
const attached = (policyName: Value): [string, Properties] => [
  "cam_policy_attachment",
  { roleName: ref("role", "roleName"), policyName },
];
const allow = (action: Value[], resource: Value[], more: Properties = {}): Value => ({
  effect: "allow",
  action,
  resource,
  ...more,
});
const deny = (action: Value[], resource: Value[], more: Properties = {}): Value => ({
  effect: "deny",
  action,
  resource,
  ...more,
});

function allowedBy(...statements: Value[]) {
  const plan = planOf({ orders, role, ops: policy(...statements), link: attached(ref("ops", "policyName")) });
  return allowedActions(plan, "shop/role");
}

test("a named function has its address", () => {
  const answer = allowedBy(allow(["scf:InvokeFunction"], [ordersName]));
  expect(answer).toEqual({
    of: "shop/role",
    policies: ["ops"],
    allowed: [{ action: "scf:InvokeFunction", resource: "shop/orders", policy: "ops" }],
    unknown: [],
  });
  expect(String(answer)).toBe("shop/role may do\n  scf:InvokeFunction on shop/orders");
});

test("patterns of SCF's actions are spelt out, and actions on the account need all resources", () => {
  expect(allowedBy(allow(["scf:Get*"], [ordersName])).allowed.map(({ action }) => action)).toEqual([
    "scf:GetFunction",
    "scf:GetFunctionLogs",
  ]);
  expect(allowedBy(allow(["scf:Get*"], ["*"])).allowed.map(({ action }) => action)).toEqual([
    "scf:GetAccountSettings",
    "scf:GetFunction",
    "scf:GetFunctionLogs",
  ]);
});

test("denying wins, whole or in part", () => {
  const answer = allowedBy(
    allow(["scf:*Function"], ["*"]),
    deny(["scf:DeleteFunction", "scf:CreateFunction"], ["*"]),
    deny(["scf:Update*"], [ordersName]),
    deny(["name/scf:GetFunction"], ["*"], { condition: { ip_not_equal: { "qcs:ip": ["10.0.0.0/8"] } } }),
  );
  expect(answer.allowed).toEqual([
    {
      action: "scf:GetFunction",
      resource: "*",
      except: [{ action: "scf:GetFunction", resource: "*", when: "ip_not_equal qcs:ip 10.0.0.0/8" }],
      policy: "ops",
    },
    { action: "scf:InvokeFunction", resource: "*", policy: "ops" },
    {
      action: "scf:UpdateFunction",
      resource: "*",
      except: [{ action: "scf:Update*", resource: "shop/orders" }],
      policy: "ops",
    },
  ]);
});

test("a part that is left out of a resource stands for all", () => {
  const all = "qcs::scf:::namespace/default/function/*";
  expect(allowedBy(allow(["scf:InvokeFunction"], [ordersName]), deny(["*"], [all])).allowed).toEqual([]);
});

test("a condition is named", () => {
  const condition = { date_less_than: { "qcs:current_time": "2030-01-01T00:00:00Z" } };
  expect(allowedBy(allow(["cos:GetObject"], ["*"], { condition })).allowed).toEqual([
    {
      action: "cos:GetObject",
      resource: "*",
      when: "date_less_than qcs:current_time 2030-01-01T00:00:00Z",
      policy: "ops",
    },
  ]);
});

test("preset policies hold what the documents say, and the others are unknown", () => {
  const plan = planOf({
    role,
    one: attached("QcloudSCFReadOnlyAccess"),
    two: attached("QcloudCOSFullAccess"),
    three: attached("theirs"),
    four: attached(token),
  });
  const answer = allowedActions(plan, "runner");
  expect(answer.allowed).toContainEqual({
    action: "scf:ListFunctions",
    resource: "*",
    policy: "QcloudSCFReadOnlyAccess",
  });
  expect(answer.unknown).toEqual(
    [
      "unknown: a value of another provider: the stack does not declare it",
      "theirs: the stack does not declare it",
      "QcloudCOSFullAccess: the platform's documents name this policy without its contents",
    ].sort((left, right) => order(left) - order(right)),
  );
});

/** Attachments come in the order of the plan. */
function order(sentence: string): number {
  return ["QcloudCOS", "theirs", "unknown"].findIndex((start) => sentence.startsWith(start));
}

test("resources of another provider are unknown", () => {
  expect(allowedBy(allow(["scf:InvokeFunction"], [token])).unknown).toEqual([
    "ops: some resources are known at deployment only",
  ]);
  expect(allowedBy(token).unknown).toEqual(["ops: not all of its statements are known"]);
});

test("users and groups by name, and a policy by itself", () => {
  const plan = planOf({
    ops: policy(allow(["scf:InvokeFunction"], ["*"])),
    alice: ["cam_user_policy_attachment", { userName: "alice", policyName: ref("ops", "policyName") }],
    group: ["cam_group_policy_attachment", { groupId: 7, policyName: "ops" }],
  });
  for (const who of ["alice", "7", "shop/ops", "ops", "shop/group"]) {
    expect(allowedActions(plan, who).allowed).toHaveLength(1);
  }
  expect(() => allowedActions(plan, "bob")).toThrow('Stack shop has no role, user, group or policy "bob".');
});
