import { account, formatTime } from "../context";
import type { Context } from "../context";
import type { FunctionRow } from "./lookup";

export interface TriggerRow {
  readonly id: number;
  readonly qualifier: string;
  readonly type: string;
  readonly identity: string;
  readonly name: string;
  readonly specification: string;
  readonly description: string;
  readonly argument: string;
  readonly enabled: number;
  readonly created: number;
  readonly modified: number;
}

export interface TriggerDescription {
  readonly Type: string;
  readonly TriggerName: string;
  readonly TriggerDesc: string;
  readonly Qualifier: string;
  readonly Enable: number;
  readonly AvailableStatus: string;
  readonly CustomArgument: string;
  readonly Description: string;
  readonly ResourceId: string;
  readonly AddTime: string;
  readonly ModTime: string;
}

export function describeTrigger(row: TriggerRow): TriggerDescription {
  return {
    Type: row.type,
    TriggerName: row.name,
    TriggerDesc: row.specification,
    Qualifier: row.qualifier,
    Enable: row.enabled,
    AvailableStatus: "Available",
    CustomArgument: row.argument,
    Description: row.description,
    ResourceId: "",
    AddTime: formatTime(row.created),
    ModTime: formatTime(row.modified),
  };
}

interface BindingRow {
  balancer: string;
  listener: string;
  rule: string;
  qualifier: string;
  created: number;
}

/** Triggers of a function: its own, and the forwarding rules that load balancers bind to it. */
export function triggersOf(context: Context, fn: FunctionRow): TriggerDescription[] {
  const own = context.database
    .all<TriggerRow>("SELECT * FROM triggers WHERE function = ? ORDER BY id", fn.id)
    .map(describeTrigger);
  const bound = context.database
    .all<BindingRow>(
      `SELECT listeners.load_balancer AS balancer, listeners.id AS listener, rule, qualifier, rules.created AS created
       FROM function_targets JOIN rules ON rules.id = rule JOIN listeners ON listeners.id = rules.listener
       WHERE function = ? ORDER BY rules.rowid`,
      fn.id,
    )
    .map((row) => describeBinding(context, row));
  return [...own, ...bound];
}

function describeBinding(context: Context, row: BindingRow): TriggerDescription {
  const path = `${row.balancer}/${row.listener}/${row.rule}`;
  return {
    Type: "clb",
    TriggerName: path,
    TriggerDesc: "{}",
    Qualifier: row.qualifier,
    Enable: 1,
    AvailableStatus: "Available",
    CustomArgument: "",
    Description: "",
    ResourceId: `qcs::clb:${context.region}:uin/${account.uin}:${path}`,
    AddTime: formatTime(row.created),
    ModTime: formatTime(row.created),
  };
}

/** TRG-COUNT: triggers of one type on one function, whatever they are attached to. */
export function countTriggers(context: Context, fn: FunctionRow, type: string): number {
  const sql =
    type === "clb"
      ? "SELECT count(*) AS n FROM function_targets WHERE function = ?"
      : "SELECT count(*) AS n FROM triggers WHERE function = ? AND type = ?";
  const bindings = type === "clb" ? [fn.id] : [fn.id, type];
  return context.database.get<{ n: number }>(sql, ...bindings)?.n ?? 0;
}
