import { ScfError } from "../../model/error";
import { instantsBetween, readSchedule, type Schedule } from "../../rules/schedules";
import { described } from "../questions/described";
import { startedBy } from "../questions/destination";
import { modelOf, type PlannedStacks } from "../questions/planned-stacks";
import { describeRoutes, routesOf, type Route } from "../questions/routes";
import { unknownText } from "../questions/unknown";
import { functionLabel, versionLabel } from "../questions/versions";
import { knownActions } from "./provisioned";
import { actionsOf } from "../../rules/provisioning";
import { asCalled } from "../outcome";
import { instantOf, timeText, type Time } from "./time";

const HOUR = 3_600_000;
const MOST_HOURS = 24 * 366;
/** More lines than these are no help to anybody. */
const MOST_LINES = 50;

/** Which time is looked at. */
export interface SchedulesOptions {
  /** The first instant that counts. */
  readonly from: Time;
  /**
   * For how long, from more than 0 to 8,784 hours.
   * @default 24
   */
  readonly hours?: number;
}

/** A timer, and when it fires. */
export interface ScheduledTimer {
  /** Address of the trigger. */
  readonly trigger: string;
  /** Address of the function. */
  readonly function: string;
  /** `alias live`, `version 3`, `$LATEST`. */
  readonly starts: string;
  readonly versions: readonly Route[];
  /** The seven fields, or why they are not known. */
  readonly cron: string;
  /** Whether it fires at all; undefined when it is known at deployment only. */
  readonly enabled: boolean | undefined;
  /** In order, in UTC+8: `2026-03-01T02:00:00+08:00`. None where the timer is disabled or its schedule not known. */
  readonly times: readonly string[];
}

/** A scheduled action of provisioned concurrency, and when it runs. */
export interface ScheduledAction {
  /** Address of the provisioned concurrency. */
  readonly provisioned: string;
  /** Address of the function. */
  readonly function: string;
  readonly version: string;
  /** Name of the action. */
  readonly action: string;
  readonly cron: string;
  /** How many instances it sets. */
  readonly instances: number;
  /** In order, in UTC+8. */
  readonly times: readonly string[];
}

/** What happens by the clock. */
export interface Schedules {
  /** In UTC+8, as everything below. */
  readonly from: string;
  /** The first instant that does not count any more. */
  readonly to: string;
  /** By address. */
  readonly timers: readonly ScheduledTimer[];
  /** By address, and in the order of the actions. */
  readonly actions: readonly ScheduledAction[];
  /** What the plan does not say, a sentence each. */
  readonly unknown: readonly string[];
}

/**
 * Which timers fire when, and which scheduled actions change provisioned concurrency. Schedules are read in UTC+8 in every region; where
 * both day and weekday are given, either is enough.
 *
 * @throws ScfError `TIME_FORM` when `from` is no point in time, `HOURS_FORM` when `hours` is no duration
 */
export function schedules(plan: PlannedStacks, options: SchedulesOptions): Schedules {
  return asCalled(schedules, () => {
    const { hours = 24 } = options;
    if (!(hours > 0 && hours <= MOST_HOURS)) {
      throw new ScfError(
        "HOURS_FORM",
        `\`hours\` is ${hours}: more than 0 and at most 8,784, a year, are possible.`,
        {
          fix: "Use 24 for a day.",
        },
      );
    }
    const from = instantOf(options.from, "from");
    const to = from + hours * HOUR;
    const timesOf = (schedule: Schedule): string[] =>
      schedule ? [...instantsBetween(schedule, from, to)].map(timeText) : [];
    const unknown: string[] = [];
    const app = modelOf(plan);
    const timers = app.ofKind("scf_timer_trigger").map((trigger): ScheduledTimer => {
      const { qualifier, routing } = startedBy(trigger);
      const [cron, enabled]: unknown[] = [trigger.get("cron"), trigger.get("enabled")];
      const schedule = typeof cron === "string" ? readSchedule(cron) : undefined;
      if (!schedule) unknown.push(`${trigger.address}: its schedule is known at deployment only, or is none`);
      if (typeof enabled !== "boolean")
        unknown.push(`${trigger.address}: whether it fires is known at deployment only`);
      return {
        trigger: trigger.address,
        function: functionLabel(trigger),
        starts: qualifier,
        versions: routesOf(routing),
        cron: typeof cron === "string" ? cron : unknownText(app, trigger.raw("cron")),
        enabled: typeof enabled === "boolean" ? enabled : undefined,
        times: enabled === true ? timesOf(schedule) : [],
      };
    });
    const actions = app.ofKind("scf_provisioned_concurrency").flatMap((resource) => {
      const known = knownActions(resource);
      if (known.length < actionsOf(resource).length) {
        unknown.push(`${resource.address}: not all of its scheduled actions are known before the deployment`);
      }
      return known.map(({ name, cron, schedule, instances }): ScheduledAction => ({
        provisioned: resource.address,
        function: functionLabel(resource),
        version: versionLabel(resource, resource.raw("qualifier")),
        action: name,
        cron,
        instances,
        times: timesOf(schedule),
      }));
    });
    return described({ from: timeText(from), to: timeText(to), timers, actions, unknown }, describe);
  });
}

function describe({ timers, actions, unknown }: Schedules): string {
  const lines = [
    ...timers.flatMap(({ times, trigger, starts, function: owner, versions }) =>
      times.map((time) => `${time}  ${trigger} starts ${starts} of ${owner}: ${describeRoutes(versions)}`),
    ),
    ...actions.flatMap(({ times, action, instances, version, function: owner }) =>
      times.map((time) => `${time}  ${action} sets ${instances} instances of ${owner}: ${version}`),
    ),
  ].sort();
  const rest = lines.length - MOST_LINES;
  return [
    ...lines.slice(0, MOST_LINES),
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...unknown.map((sentence) => `not known: ${sentence}`),
  ].join("\n");
}
