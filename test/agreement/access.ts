import { metrics } from "../../lib/model/metrics";
import { reference, type Value } from "../../lib/model/value";
import type { Choices } from "./choices";
import { given } from "./functions";
import type { World } from "./world";

const resource = "qcs::scf:ap-guangzhou:uin/100000000001:namespace/default/function/orders";

export async function declareAccess(world: World, roles: readonly string[]): Promise<void> {
  const { choices } = world;
  const policies = choices.several(3, () =>
    world.stack.add("cam_policy", world.id("policy"), {
      policyName: choices.mostly<string>(
        [world.name("ops"), world.name("a_b+c=d,e.f@g")],
        ["", "x".repeat(129), "o ps", "QcloudSCFFullAccess"],
      ),
      version: choices.mostly<string>(["2.0"], ["1.0", "2"]),
      statement: choices.mostly<Value>(
        [[statement(choices)], [statement(choices), statement(choices)]],
        [[]],
      ),
      description: choices.maybe(20, () => choices.mostly<string>(["For operators!"], ["x".repeat(301)])),
    }),
  );
  const policyName = (): Value => {
    const own = policies[choices.below(Math.max(1, policies.length))];
    return own !== undefined && choices.chance(70)
      ? reference(own, "policyName")
      : choices.from(["QcloudSCFFullAccess", "QcloudSCFReadOnlyAccess"]);
  };
  for (const role of roles) {
    if (!choices.chance(40)) continue;
    const policy = policyName();
    const attach = (): string =>
      world.stack.add("cam_policy_attachment", world.id("attachment"), {
        roleName: reference(role, "roleName"),
        policyName: policy,
      });
    attach();
    if (choices.seldom()) attach();
  }
  if (choices.chance(15)) {
    const { Uin, Name } = await world.platform.call("cam", "AddUser", { Name: "alice" });
    const policy = policyName();
    const attach = (): string =>
      world.stack.add("cam_user_policy_attachment", world.id("attachment"), {
        ...choices.mostly<{ userName?: string; uin?: string }>(
          [{ userName: Name ?? "" }, { uin: String(Uin) }],
          [{ uin: "alice" }, {}],
        ),
        policyName: policy,
      });
    attach();
  }
  if (choices.chance(15)) {
    const { GroupId } = await world.platform.call("cam", "CreateGroup", { GroupName: "operators" });
    const policy = policyName();
    const attach = (): string =>
      world.stack.add("cam_group_policy_attachment", world.id("attachment"), {
        groupId: choices.mostly([GroupId ?? 0], [0, -1, 1.5]),
        policyName: policy,
      });
    attach();
    if (choices.seldom()) attach();
  }
}

function statement(choices: Choices): Value {
  const isOfAccount = choices.chance(20);
  return {
    effect: choices.mostly<string>(["allow", "deny"], ["alow", "Allow", ""]),
    action: choices.mostly<string[]>(
      [
        isOfAccount ? ["scf:ListFunctions"] : ["scf:InvokeFunction"],
        ["scf:Get*"],
        ["*"],
        ["scf:*"],
        ["name/scf:GetFunction"],
        ["cos:GetObject"],
        ["scf:InvokeFunction", "scf:GetFunction"],
      ],
      [
        ["scf:Nothing"],
        [],
        ["InvokeFunction"],
        [""],
        ["scf:Invoke Function"],
        ["scf:ListFunctions"],
        ["scf:Nope*"],
      ],
    ),
    resource: choices.mostly<string[]>(
      [
        isOfAccount ? ["*"] : [resource],
        ["*"],
        ["qcs::scf:ap-guangzhou::namespace/*/function/*"],
        ["qcs::scf:::*"],
        [resource, "*"],
      ],
      [
        ["qcs::scf"],
        [],
        ["orders"],
        ["qcs::scf:a:b:c:d"],
        [`${resource}/`],
        ["qcs:a:scf:::*"],
        ["qcs::scf:*:uin/1:function/a"],
      ],
    ),
    ...given(
      "condition",
      choices.maybe(20, () => condition(choices)),
    ),
  };
}

function condition(choices: Choices): Value {
  return choices.mostly<Value>(
    [
      { ip_equal: { "qcs:ip": "10.0.0.0/8" } },
      { ip_not_equal: { "qcs:ip": ["10.0.0.1", "10.1.0.0/16"] } },
      { date_less_than: { "qcs:current_time": "2030-01-01T00:00:00Z" } },
      { ip_equal: { "qcs:ip": "2001:db8::/32" } },
      { date_not_equal: { "qcs:current_time": "2030-01-01T00:00:00Z" }, ip_equal: { "qcs:ip": "10.0.0.1" } },
    ],
    [
      { ip_equals: { "qcs:ip": "10.0.0.1" } },
      { ip_equal: { "qcs:ip": "10.0.0" } },
      { ip_equal: { "qcs:ip": "10.0.0.0/33" } },
      { ip_equal: { "qcs:current_time": "10.0.0.1" } },
      { date_less_than: { "qcs:current_time": "tomorrow" } },
      { date_less_than: { "qcs:current_time": "2030-01-01" } },
      { date_less_than: { "qcs:current_time": "2030-13-01T00:00:00Z" } },
      { ip_equal: {} },
      {},
      { ip_equal: { "qcs:ip": [] } },
      { string_equal: { "qcs:tag": "a" } },
    ],
  );
}

const metricNames = Object.keys(metrics) as [string, ...string[]];

export function declareAlarms(world: World): void {
  const { choices } = world;
  for (const _ of choices.several(2, (index) => index)) {
    const fn = world.someFunction();
    if (!fn) return;
    const [alias] = fn.aliases;
    const isAlias = alias !== undefined && choices.chance(50);
    const type = isAlias ? "alias" : "version";
    const target = {
      namespace: reference(fn.address, "namespace"),
      functionName: reference(fn.address, "functionName"),
      qualifier: isAlias
        ? reference(alias, "name")
        : fn.version === undefined
          ? "$LATEST"
          : reference(fn.version, "version"),
    };
    const conditions = choices.several(choices.seldom() ? 0 : 2, () => alarmCondition(choices));
    if (conditions.length === 0 && !choices.seldom()) conditions.push(alarmCondition(choices));
    world.stack.add("monitor_alarm_policy", world.id("alarm"), {
      policyName: choices.mostly<string>(
        [world.name("errors"), world.name("Fehler über 5!"), world.name("x".repeat(50))],
        ["", "x".repeat(61)],
      ),
      targetType: choices.mostly([type], ["region", "function"]),
      target,
      conditions,
      match: choices.from(["any", "all"]),
      noticeIds: choices.maybe(20, () => ["notice-1"]),
      enabled: choices.chance(80),
      description: choices.maybe(20, () =>
        choices.mostly<string>(["for_people", "Für-alle"], ["two words", "x".repeat(101)]),
      ),
      watched: conditions.map(({ metric }) => ({ metric, type, ...target })),
    });
  }
}

function alarmCondition(choices: Choices): { readonly metric: string; readonly [name: string]: Value } {
  return {
    metric: choices.mostly<string>(metricNames, ["errors", "", "cpu"]),
    comparison: choices.from([">", ">=", "<", "<=", "==", "!="]),
    threshold: choices.mostly([1, 0, 0.5, 1e6, 0.0000001], [-1]),
    periodMinutes: choices.mostly([1, 5], [0, 2, 60]),
    occurrences: choices.mostly([1, 3], [0, 1.5]),
    repeatSeconds: choices.mostly([0, 300, 86_400], [1, 301, -1]),
  };
}
