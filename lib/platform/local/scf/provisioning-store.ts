import { parseJson, refuse } from "../context";
import type { Context } from "../context";
import { nameOf, versionName } from "./lookup";
import type { FunctionRow, VersionRow } from "./lookup";

/** QTA-PBURST: instances that start in a minute. */
const startedPerMinute = 100;

export interface Settings {
  readonly type: "Default" | "ConcurrencyUtilizationTracking";
  readonly actions: readonly {
    readonly TriggerName: string;
    readonly TriggerCronConfig: string;
    readonly TriggerProvisionedConcurrencyNum: number;
    readonly ProvisionedType: string;
  }[];
}

export interface ProvisionedRow {
  readonly version: number;
  readonly number: number;
  readonly settings: string;
  readonly instances: number;
  readonly running: number;
  readonly started: number;
  readonly ready_at: number;
}

const columns = `provisioned_concurrency.version, number, settings, instances, running, started,
  provisioned_concurrency.ready_at`;

export function provisionedOf(context: Context, fn: FunctionRow): ProvisionedRow[] {
  return context.database.all<ProvisionedRow>(
    `SELECT ${columns} FROM provisioned_concurrency JOIN versions ON versions.id = provisioned_concurrency.version
     WHERE provisioned_concurrency.function = ? ORDER BY number`,
    fn.id,
  );
}

/** How many instances run at the instant of the call. Fewer than before are there at once, more start one by one. */
export function runningAt(row: ProvisionedRow, now: number): number {
  if (now >= row.ready_at) return row.instances;
  const started = Math.floor(((now - row.started) * startedPerMinute) / 60_000);
  return Math.max(0, Math.min(row.instances, row.running + started));
}

/** How long it takes until so many more instances run. A platform without delays has them at once. */
export function startingTime(context: Context, more: number): number {
  const { delayMs } = context.settings;
  return delayMs === 0 ? 0 : Math.max(delayMs, Math.ceil((Math.max(0, more) * 60_000) / startedPerMinute));
}

export function describe(row: ProvisionedRow, now: number) {
  const { actions } = parseJson<Settings>(row.settings);
  return {
    AllocatedProvisionedConcurrencyNum: row.instances,
    AvailableProvisionedConcurrencyNum: runningAt(row, now),
    Status: now >= row.ready_at ? "Done" : "InProgress",
    StatusReason: "",
    Qualifier: versionName(row.number),
    TriggerActions: [...actions],
  };
}

/** Refuses while instances of a version, or of any version, are being started. */
export function refuseWhileProvisioning(
  context: Context,
  fn: FunctionRow,
  version: VersionRow | undefined,
): void {
  const pending = provisionedOf(context, fn).find(
    (row) => row.ready_at > context.now && (version === undefined || row.version === version.id),
  );
  if (!pending) return;
  refuse(
    "FailedOperation.ProvisionedInProgress",
    `${nameOf(fn)}:${versionName(pending.number)} has ${runningAt(pending, context.now)} of ${pending.instances} provisioned instances so far: wait until all have started`,
  );
}
