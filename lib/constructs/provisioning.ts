import type { PlannedProvisioning } from "../model/resources/provisioned-concurrency";
import type { Schedule } from "./schedule";

/** A change of the number of instances at certain times. Of two at the same instant the later one in the list wins. */
export interface ScheduledAction {
  /** Name, unique in its version (CON-SCHED). */
  readonly name: string;
  /** When the number changes. Instances start at about 100 a minute: leave them time (QTA-PBURST). */
  readonly schedule: Schedule;
  /** How many instances there are from then on; 0 ends a window (CON-SCHED). */
  readonly instances: number;
}

/** How many instances there are, and when it is another number (CON-SCHED). */
export interface StaticProvisioningProps {
  /**
   * How many instances there are while no scheduled action has changed that; 0 or more.
   * @default 0
   */
  readonly instances?: number;
  /**
   * Changes by the clock, at most 10 by default (CON-SCHED).
   * @default none
   */
  readonly actions?: readonly ScheduledAction[];
}

/** Between which numbers of instances the platform may choose (CON-DYN). */
export interface DynamicProvisioningProps {
  /** The least that there are; 1 or more (CON-DYN). */
  readonly minimum: number;
  /** The most that there are; not below the minimum (CON-DYN). */
  readonly maximum: number;
  /** Share of the instances that are to be busy, between 0 and 1: 0.8 turns 100 busy ones into 125 (CON-DYN). */
  readonly utilization: number;
}

/** How many instances of a version are started before requests come: one way or the other, never both (CON-KIND). */
export class Provisioning {
  /** A number of instances, which scheduled actions may change. */
  static static(props: StaticProvisioningProps): Provisioning {
    return new Provisioning(() => ({
      type: "static",
      ...plannedDynamic(props),
      instances: props.instances ?? 0,
      ...plannedActions(props),
    }));
  }

  /** As many instances as the load needs, between two limits. The platform never shows these settings again. */
  static dynamic(props: DynamicProvisioningProps): Provisioning {
    return new Provisioning(() => ({
      type: "dynamic",
      ...plannedStatic(props),
      minimum: props.minimum,
      maximum: props.maximum,
      utilization: props.utilization,
    }));
  }

  private constructor(
    /** Called when the plan is made. */
    readonly toPlan: () => PlannedProvisioning,
  ) {}
}

/** Programs in plain JavaScript can mix both ways: what is of the other one stays in the plan, and CON-KIND tells of it. */
function plannedStatic(props: DynamicProvisioningProps): object {
  const { instances, actions } = props as StaticProvisioningProps;
  return {
    ...(instances === undefined ? {} : { instances }),
    ...(actions === undefined ? {} : plannedActions({ actions })),
  };
}

function plannedDynamic(props: StaticProvisioningProps): object {
  const { minimum, maximum, utilization } = props as Partial<DynamicProvisioningProps>;
  return {
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(utilization === undefined ? {} : { utilization }),
  };
}

function plannedActions({ actions }: StaticProvisioningProps): object {
  return actions === undefined
    ? {}
    : {
        actions: actions.map(({ name, schedule, instances }) => ({
          name,
          cron: schedule?.expression,
          instances,
        })),
      };
}
