import { Construct } from "constructs";
import { Defaults } from "../../cdktf";
import { AlarmPolicy } from "../alarm-policy";
import type { Alias } from "../alias";
import { Function, type FunctionProps } from "../function";
import type { Schedule } from "../schedule";
import { Trigger } from "../trigger";

/** The longest that a function runs while somebody waits for it, in seconds (FN-TIMEOUT). */
const LONGEST_WAITED_FOR = 900;

/** When a job runs, and who is told of failures. */
export interface ScheduledJobOptions {
  /** When it runs, once or more often. */
  readonly schedule: Schedule | readonly [Schedule, ...Schedule[]];
  /**
   * Text that the function gets each time.
   * @default none
   */
  readonly message?: string;
  /**
   * Whether it runs. A job that is paused stays where it is, and can be invoked by hand.
   * @default false
   */
  readonly paused?: boolean;
  /**
   * Notification templates that tell people of a run that failed, by id.
   * @default nobody is told
   */
  readonly noticeIds?: readonly string[];
}

/** A job longer than 15 minutes is executed asynchronously without being told so (FN-TIMEOUT). */
export type ScheduledJobProps = FunctionProps & ScheduledJobOptions;

/**
 * Work that is done at set times: the function, the alias `live` that the timers start, and an alarm for runs that failed.
 */
export class ScheduledJob extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  readonly function: Function;
  /** What the timers start: it moves to a new version when code or configuration change. */
  readonly live: Alias<"event">;
  /** Absent when nobody is to be told. */
  readonly alarm: AlarmPolicy | undefined;

  constructor(scope: Construct, id: string, given: ScheduledJobProps) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    const { schedule, message, paused = false, noticeIds = [] } = props;
    const isLong = props.timeout !== undefined && props.timeout.toSeconds() > LONGEST_WAITED_FOR;
    this.function = new Function(this, "function", {
      ...props,
      ...(isLong && props.asyncExecution === undefined ? { asyncExecution: true } : {}),
    });
    this.live = this.function.addAlias("live", { version: this.function.currentVersion });
    const schedules = Array.isArray(schedule) ? (schedule as readonly Schedule[]) : [schedule as Schedule];
    schedules.forEach((one, index) => {
      this.live.addTrigger(
        schedules.length === 1 ? "timer" : `timer-${index + 1}`,
        Trigger.timer({ schedule: one, enabled: !paused, ...(message === undefined ? {} : { message }) }),
      );
    });
    if (noticeIds.length > 0) {
      this.alarm = new AlarmPolicy(this, "alarm", {
        conditions: [{ metric: this.live.metrics.errors(), comparison: ">", threshold: 0 }],
        noticeIds,
      });
    }
  }
}
