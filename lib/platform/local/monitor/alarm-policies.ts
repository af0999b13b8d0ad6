import { randomInt } from "node:crypto";
import { alarmLimits, alarmTypes } from "../../../model/metrics";
import { parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { flag } from "../database";
import { mintId } from "../ids";
import { checkCondition, type AlarmCondition } from "./condition";
import { checkModule, findAlarmPolicy, type AlarmPolicyRow } from "./store";

const invalid = "InvalidParameterValue";
const types = Object.values(alarmTypes).map(({ apiNamespace }) => apiNamespace);

interface Tag {
  Key: string;
  Value: string;
}

function checkName(name: string): void {
  if (name !== "" && [...name].length <= alarmLimits.nameCharacters) return;
  refuse(invalid, `The name of an alarm policy has 1 to ${alarmLimits.nameCharacters} characters`);
}

function checkRemark(remark: string): void {
  if ([...remark].length <= alarmLimits.remarkCharacters && /^[\p{L}\p{N}_-]*$/u.test(remark)) return;
  refuse(
    invalid,
    `The remark of an alarm policy has at most ${alarmLimits.remarkCharacters} letters, digits, _ and -`,
  );
}

function checkEnable(enable: number): boolean {
  if (enable === 0 || enable === 1) return enable === 1;
  return refuse(invalid, "Enable is 0 or 1");
}

function change(context: Context, policy: AlarmPolicyRow, column: string, value: string | number): void {
  context.database.run(
    `UPDATE alarm_policies SET ${column} = ?, modified = ? WHERE id = ?`,
    value,
    context.now,
    policy.id,
  );
}

function describe(context: Context, policy: AlarmPolicyRow) {
  const objects = context.database.get<{ n: number }>(
    "SELECT count(*) AS n FROM alarm_objects WHERE policy = ?",
    policy.id,
  );
  return {
    PolicyId: policy.id,
    PolicyName: policy.name,
    Remark: policy.remark,
    MonitorType: "MT_QCE",
    Enable: policy.enabled,
    UseSum: objects?.n ?? 0,
    ProjectId: policy.project,
    Namespace: policy.type,
    Condition: parseJson<AlarmCondition>(policy.condition),
    NoticeIds: parseJson<string[]>(policy.notices),
    OriginId: String(policy.number),
    Tags: parseJson<Tag[]>(policy.tags),
    InsertTime: Math.floor(policy.created / 1000),
    UpdateTime: Math.floor(policy.modified / 1000),
  };
}

export const alarmPolicies = {
  CreateAlarmPolicy(context, request) {
    const { database, now } = context;
    checkModule(request.Module);
    checkName(request.PolicyName);
    checkRemark(request.Remark ?? "");
    if (request.MonitorType !== "MT_QCE") refuse(invalid, "MonitorType is MT_QCE");
    if (!types.includes(request.Namespace)) {
      refuse(invalid, `The type of an alarm policy on functions is one of ${types.join(", ")}`);
    }
    const condition = checkCondition(request.Condition);
    const id = mintId("policy");
    const number = randomInt(1e6, 1e8);
    database.run(
      `INSERT INTO alarm_policies
         (id, number, name, remark, type, project, enabled, condition, notices, tags, created, modified)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      number,
      request.PolicyName,
      request.Remark ?? "",
      request.Namespace,
      request.ProjectId ?? -1,
      flag(checkEnable(request.Enable ?? 1)),
      JSON.stringify(condition),
      JSON.stringify(request.NoticeIds ?? []),
      JSON.stringify(request.Tags ?? []),
      now,
      now,
    );
    return { PolicyId: id, OriginId: String(number) };
  },

  DescribeAlarmPolicy(context, request) {
    checkModule(request.Module);
    return { Policy: describe(context, findAlarmPolicy(context, request.PolicyId)) };
  },

  DescribeAlarmPolicies(context, request) {
    checkModule(request.Module);
    const size = request.PageSize ?? 20;
    const page = request.PageNumber ?? 1;
    if (!Number.isInteger(size) || size < 1 || size > 100) refuse(invalid, "PageSize is 1 to 100");
    if (!Number.isInteger(page) || page < 1) refuse(invalid, "PageNumber is a whole number from 1");
    const found = context.database
      .all<AlarmPolicyRow>(
        "SELECT * FROM alarm_policies WHERE instr(name, ?) > 0 ORDER BY created, id",
        request.PolicyName ?? "",
      )
      .filter(({ type }) => !request.Namespaces?.length || request.Namespaces.includes(type))
      .filter(() => !request.MonitorTypes?.length || request.MonitorTypes.includes("MT_QCE"));
    const shown = found.slice((page - 1) * size, page * size);
    return { TotalCount: found.length, Policies: shown.map((policy) => describe(context, policy)) };
  },

  DeleteAlarmPolicy(context, request) {
    checkModule(request.Module);
    for (const id of request.PolicyIds) {
      context.database.run("DELETE FROM alarm_policies WHERE id = ?", findAlarmPolicy(context, id).id);
    }
    return {};
  },

  ModifyAlarmPolicyCondition(context, request) {
    checkModule(request.Module);
    const policy = findAlarmPolicy(context, request.PolicyId);
    change(context, policy, "condition", JSON.stringify(checkCondition(request.Condition)));
    return {};
  },

  ModifyAlarmPolicyInfo(context, request) {
    checkModule(request.Module);
    const policy = findAlarmPolicy(context, request.PolicyId);
    if (request.Key === "NAME") {
      checkName(request.Value);
      change(context, policy, "name", request.Value);
    } else if (request.Key === "REMARK") {
      checkRemark(request.Value);
      change(context, policy, "remark", request.Value);
    } else {
      refuse(invalid, "Key is NAME or REMARK");
    }
    return {};
  },

  ModifyAlarmPolicyNotice(context, request) {
    checkModule(request.Module);
    const policy = findAlarmPolicy(context, request.PolicyId);
    change(context, policy, "notices", JSON.stringify(request.NoticeIds ?? []));
    return {};
  },

  ModifyAlarmPolicyStatus(context, request) {
    checkModule(request.Module);
    const policy = findAlarmPolicy(context, request.PolicyId);
    change(context, policy, "enabled", flag(checkEnable(request.Enable)));
    return {};
  },
} satisfies Partial<Handlers<"monitor">>;
