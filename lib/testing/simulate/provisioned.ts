import type { ProvisionedAmount } from "../../rules/concurrency-use";
import { instantsBetween, lastInstant, readSchedule, type Schedule } from "../../rules/schedules";
import {
  actionsOf,
  isDynamic,
  provisioningOf,
  startedVersion,
  type Provisioned,
  type Starting,
} from "../../rules/provisioning";
import { versionLabel } from "../questions/versions";

/** A scheduled action whose parts are all known. */
export interface KnownAction {
  readonly name: string;
  readonly cron: string;
  readonly schedule: NonNullable<Schedule>;
  readonly instances: number;
}

/** The instances of a version that are started before requests come, as far as the plan says. */
export interface KnownProvisioning {
  readonly address: string;
  readonly version: string;
  /** MB of one instance. */
  readonly memory: number;
  /** Instances while no action has changed them; the maximum of a dynamic setting. */
  readonly base: number;
  /** The least that a dynamic setting has. */
  readonly minimum: number | undefined;
  readonly actions: readonly KnownAction[];
  /** How many there are, those that are not known included. */
  readonly actionCount: number;
  readonly resource: Starting;
}

/** @param amount what is known to count against the quota */
export function knownProvisioning({ resource, instances, memory }: ProvisionedAmount): KnownProvisioning {
  const { address } = resource;
  const version = versionLabel(resource, startedVersion(resource));
  const plain = { address, version, memory, base: instances, resource };
  const setting = resource.is("scf_alias") ? undefined : (resource as Provisioned);
  const parts = setting && provisioningOf(setting);
  // Of an alias that releases versions, or of a setting that nothing changes by the clock.
  if (!setting || !parts || isDynamic(parts)) {
    const minimum = parts?.part("minimum");
    return {
      ...plain,
      minimum: typeof minimum === "number" ? minimum : undefined,
      actions: [],
      actionCount: 0,
    };
  }
  return {
    ...plain,
    minimum: undefined,
    actions: knownActions(setting),
    actionCount: actionsOf(setting).length,
  };
}

export function knownActions(resource: Provisioned): readonly KnownAction[] {
  return actionsOf(resource).flatMap(({ parts }): KnownAction[] => {
    const [name, cron, instances] = ["name", "cron", "instances"].map(parts.part);
    const schedule = typeof cron === "string" ? readSchedule(cron) : undefined;
    return schedule && typeof cron === "string" && typeof name === "string" && typeof instances === "number"
      ? [{ name, cron, schedule, instances }]
      : [];
  });
}

/** How many instances there are, and which action set them. */
export interface SetInstances {
  readonly instances: number;
  /** Name of the action; undefined before the first one. */
  readonly action: string | undefined;
}

/**
 * The instances at an instant: what the last action set, the later one in the list where two came at once (CON-SCHED).
 *
 * @param since actions before it never ran
 */
export function instancesAt({ base, actions }: KnownProvisioning, since: number, at: number): SetInstances {
  let latest: { readonly instant: number; readonly action: KnownAction } | undefined;
  for (const action of actions) {
    const instant = lastInstant(action.schedule, since, at);
    if (instant !== undefined && (!latest || instant >= latest.instant)) latest = { instant, action };
  }
  return latest
    ? { instances: latest.action.instances, action: latest.action.name }
    : { instances: base, action: undefined };
}

/**
 * What actions set in a span of time, in order: at each instant the number of the later one in the list (CON-SCHED).
 *
 * @param from the first instant that counts
 * @param to the first one that does not count any more
 */
export function runsBetween(
  { actions }: KnownProvisioning,
  from: number,
  to: number,
): readonly (readonly [instant: number, instances: number])[] {
  const runs = new Map<number, number>();
  for (const { schedule, instances } of actions) {
    for (const instant of instantsBetween(schedule, from, to)) runs.set(instant, instances);
  }
  return [...runs].sort(([left], [right]) => left - right);
}
