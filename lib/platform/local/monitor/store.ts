import { refuse } from "../context";
import type { Context } from "../context";

export interface AlarmPolicyRow {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly remark: string;
  readonly type: string;
  readonly project: number;
  readonly enabled: number;
  readonly condition: string;
  readonly notices: string;
  readonly tags: string;
  readonly created: number;
  readonly modified: number;
}

/** Every call says that it means this part of the monitoring service. */
export function checkModule(module: string): void {
  if (module !== "monitor") refuse("InvalidParameterValue", 'Module is "monitor"');
}

export function findAlarmPolicy(context: Context, id: string | undefined): AlarmPolicyRow {
  if (id === undefined || id === "") refuse("InvalidParameter", "PolicyId is needed");
  return (
    context.database.get<AlarmPolicyRow>("SELECT * FROM alarm_policies WHERE id = ?", id) ??
    refuse("ResourceNotFound", `The alarm policy ${id.slice(0, 60)} does not exist`)
  );
}
