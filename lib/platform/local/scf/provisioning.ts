import type { Request } from "../../api";
import { parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { checkWord } from "../words";
import { provisionedByOthers, regionQuotaMb } from "./concurrency-usage";
import type { Configuration } from "./configuration";
import { findFunction, lookUpVersion, nameOf, requirePresent, statusOf, versionNumber } from "./lookup";
import type { FunctionRow, VersionRow } from "./lookup";
import {
  describe,
  provisionedOf,
  refuseWhileProvisioning,
  runningAt,
  startingTime,
} from "./provisioning-store";
import type { Settings } from "./provisioning-store";
import { checkCron } from "./trigger-types";

type PutRequest = Request<"scf", "PutProvisionedConcurrencyConfig">;

/** CON-PROV: published versions only. `$LATEST` changes, and an alias is no version. */
function publishedVersion(context: Context, fn: FunctionRow, qualifier: string): VersionRow {
  const number = versionNumber(qualifier);
  if (number === undefined || number === 0) {
    refuse(
      "InvalidParameterValue.Qualifier",
      `Instances are provisioned for published versions, such as 1, not for ${qualifier.slice(0, 80)}`,
    );
  }
  return (
    lookUpVersion(context, fn, number) ??
    refuse("ResourceNotFound.FunctionVersion", `${nameOf(fn)} has no version ${qualifier}`)
  );
}

/** How many instances are asked for now, and how many there may be at most later. */
interface Wanted {
  readonly settings: Settings;
  readonly now: number;
  readonly most: number;
}

function isCount(value: number, smallest: number): boolean {
  return Number.isSafeInteger(value) && value >= smallest;
}

/** CON-KIND: one type or the other, and only what belongs to it. */
function readSettings(context: Context, request: PutRequest): Wanted {
  const type = checkWord(
    request.ProvisionedType ?? "Default",
    ["Default", "ConcurrencyUtilizationTracking"],
    "ProvisionedType",
    "InvalidParameterValue.ProvisionType",
  );
  return type === "Default" ? readStatic(context, request) : readDynamic(request);
}

function readStatic(context: Context, request: PutRequest): Wanted {
  const { VersionProvisionedConcurrencyNum: now, MinCapacity, MaxCapacity, TrackingTarget } = request;
  if ([MinCapacity, MaxCapacity, TrackingTarget].some((value) => value !== undefined)) {
    refuse(
      "InvalidParameterValue.ProvisionType",
      "MinCapacity, MaxCapacity and TrackingTarget belong to the type ConcurrencyUtilizationTracking",
    );
  }
  if (!isCount(now, 0)) {
    refuse(
      "InvalidParameterValue",
      `VersionProvisionedConcurrencyNum is a whole number of instances from 0 on, not ${now}`,
    );
  }
  const actions = readActions(context, request);
  const most = Math.max(now, ...actions.map((action) => action.TriggerProvisionedConcurrencyNum));
  return { settings: { type: "Default", actions }, now, most };
}

/** CON-SCHED. Two actions at one instant are no mistake to the platform: the later one wins. */
function readActions(context: Context, request: PutRequest): Settings["actions"] {
  const actions = request.TriggerActions ?? [];
  const quota = context.settings.quotas.scheduledActions;
  if (actions.length > quota) {
    refuse(
      "LimitExceeded.ProvisionTriggerAction",
      `A version has ${quota} scheduled actions at most, not ${actions.length}`,
    );
  }
  const names = new Set<string>();
  return actions.map((action) => {
    const { TriggerName: name, TriggerCronConfig: cron, TriggerProvisionedConcurrencyNum: target } = action;
    if (name === "") refuse("InvalidParameterValue.ProvisionTriggerName", "A scheduled action has a name");
    if (names.has(name)) {
      refuse(
        "InvalidParameterValue.ProvisionTriggerNameDuplicate",
        `Two scheduled actions are named ${name.slice(0, 80)}`,
      );
    }
    names.add(name);
    checkCron(cron, "InvalidParameterValue.TriggerCronConfig");
    if (!isCount(target, 0)) {
      refuse(
        "InvalidParameterValue.TriggerProvisionedConcurrencyNum",
        `TriggerProvisionedConcurrencyNum of ${name.slice(0, 80)} is a whole number from 0 on, not ${target}`,
      );
    }
    return { ...action, ProvisionedType: action.ProvisionedType ?? "Default" };
  });
}

/** CON-DYN. Nothing calls the functions here, so the smallest number is what is wanted. */
function readDynamic(request: PutRequest): Wanted {
  const { MinCapacity: smallest = NaN, MaxCapacity: largest = NaN, TrackingTarget: target = NaN } = request;
  if (request.VersionProvisionedConcurrencyNum !== 0 || (request.TriggerActions ?? []).length > 0) {
    refuse(
      "InvalidParameterValue.ProvisionType",
      "With ConcurrencyUtilizationTracking VersionProvisionedConcurrencyNum is 0, and there are no TriggerActions",
    );
  }
  if (!isCount(smallest, 1) || !isCount(largest, 1) || smallest > largest) {
    refuse(
      "InvalidParameterValue.MinCapacity",
      `MinCapacity and MaxCapacity are whole numbers from 1 on, the smaller one first, not ${smallest} and ${largest}`,
    );
  }
  if (!(target > 0 && target < 1)) {
    refuse("InvalidParameterValue.TrackingTarget", `TrackingTarget is between 0 and 1, not ${target}`);
  }
  return {
    settings: { type: "ConcurrencyUtilizationTracking", actions: [] },
    now: smallest,
    most: largest,
  };
}

/** CON-PSUM. What is reserved for the function does not limit what is provisioned (CON-OVER). */
function checkQuota(context: Context, version: VersionRow, wanted: Wanted, memory: number): void {
  const quota = regionQuotaMb(context);
  const others = provisionedByOthers(context, version.id);
  if (wanted.most * memory > quota) {
    refuse(
      wanted.settings.type === "Default"
        ? "LimitExceeded.FunctionProvisionedConcurrencyMemory"
        : "LimitExceeded.MaxCapacity",
      `${wanted.most} instances of ${memory} MB take ${wanted.most * memory} MB; ${context.region} has ${quota}`,
    );
  }
  const megabytes = counted(wanted) * memory;
  if (megabytes + others > quota) {
    refuse(
      "FailedOperation.ProvisionedExceedAvailable",
      `${counted(wanted)} instances of ${memory} MB take ${megabytes} MB; ${context.region} has ${quota}, and other versions have ${others} of them`,
    );
  }
}

/** What counts against the quota: a dynamic setting with all that it may grow to. */
function counted(wanted: Wanted): number {
  return wanted.settings.type === "Default" ? wanted.now : wanted.most;
}

export const provisioning = {
  PutProvisionedConcurrencyConfig(context, request) {
    const { database, now } = context;
    const fn = findFunction(context, request);
    requirePresent(fn);
    const version = publishedVersion(context, fn, request.Qualifier);
    const status = statusOf(context, fn, version);
    if (status !== "Active") {
      refuse(
        "FailedOperation.FunctionVersionStatusNotActive",
        `${nameOf(fn)}:${version.number} is ${status}: instances are provisioned when it is Active`,
      );
    }
    refuseWhileProvisioning(context, fn, version);
    const wanted = readSettings(context, request);
    const memory = parseJson<Configuration>(version.configuration).MemorySize;
    checkQuota(context, version, wanted, memory);
    const before = provisionedOf(context, fn).find((row) => row.version === version.id);
    const running = before ? runningAt(before, now) : 0;
    database.run(
      `INSERT OR REPLACE INTO provisioned_concurrency
         (version, function, region, settings, instances, megabytes, running, started, ready_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      version.id,
      fn.id,
      context.region,
      JSON.stringify(wanted.settings),
      wanted.now,
      counted(wanted) * memory,
      running,
      now,
      now + startingTime(context, wanted.now - running),
    );
    return {};
  },

  DeleteProvisionedConcurrencyConfig(context, request) {
    const fn = findFunction(context, request);
    requirePresent(fn);
    const version = publishedVersion(context, fn, request.Qualifier);
    refuseWhileProvisioning(context, fn, version);
    context.database.run("DELETE FROM provisioned_concurrency WHERE version = ?", version.id);
    return {};
  },

  GetProvisionedConcurrencyConfig(context, request) {
    const fn = findFunction(context, request);
    const { Qualifier: qualifier = "" } = request;
    const version = qualifier === "" ? undefined : publishedVersion(context, fn, qualifier);
    const latest = lookUpVersion(context, fn, 0);
    const memory = latest ? parseJson<Configuration>(latest.configuration).MemorySize : Infinity;
    const left = regionQuotaMb(context) - provisionedByOthers(context, 0);
    return {
      UnallocatedConcurrencyNum: Math.max(0, Math.floor(left / memory)),
      Allocated: provisionedOf(context, fn)
        .filter((row) => version === undefined || row.version === version.id)
        .map((row) => describe(row, context.now)),
    };
  },
} satisfies Partial<Handlers<"scf">>;
