import { lastInstant, readSchedule, type Schedule } from "../../rules/schedules";
import {
  actionsOf,
  isDynamic,
  provisioningOf,
  versionMemory,
  type Provisioned,
} from "../../rules/provisioning";
import { functionLabel, versionLabel } from "../questions/versions";

/** A scheduled action whose parts are all known. */
export interface KnownAction {
  readonly name: string;
  readonly cron: string;
  readonly schedule: NonNullable<Schedule>;
  readonly instances: number;
}

/** The provisioned concurrency of a version, as far as the plan says. */
export interface KnownProvisioning {
  readonly address: string;
  readonly function: string;
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
  readonly resource: Provisioned;
}

/** Undefined when memory or instances are known at deployment only. */
export function knownProvisioning(resource: Provisioned): KnownProvisioning | undefined {
  const parts = provisioningOf(resource);
  const memory = versionMemory(resource);
  if (!parts || typeof memory !== "number") return undefined;
  const dynamic = isDynamic(parts);
  const base = parts.part(dynamic ? "maximum" : "instances");
  const minimum = parts.part("minimum");
  if (typeof base !== "number") return undefined;
  const actions = dynamic ? [] : knownActions(resource);
  return {
    address: resource.address,
    function: functionLabel(resource),
    version: versionLabel(resource, resource.raw("qualifier")),
    memory,
    base,
    minimum: dynamic && typeof minimum === "number" ? minimum : undefined,
    actions,
    actionCount: dynamic ? 0 : actionsOf(resource).length,
    resource,
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
