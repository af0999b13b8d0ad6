import { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import type { Comparison, MetricPeriod } from "../model/metrics";
import { alarmPolicySchema, type AlarmPolicyProperties } from "../model/resources/alarm-policy";
import { ScfError } from "../model/error";
import { Duration } from "./duration";
import { otherRegionOf } from "./function-region";
import type { IFunction } from "./invocable";
import type { IFunctionMetric, IRegionMetric } from "./metric";
import { nameFromPath } from "./names";

/** A metric that passes a threshold (MON-METRIC). */
export interface AlarmCondition {
  /** What is watched: `live.metrics.errors()`. All conditions of an alarm policy watch the same version or alias (MON-TARGET). */
  readonly metric: IFunctionMetric;
  /** How the metric is compared with the threshold. */
  readonly comparison: Comparison;
  /** In the unit of the metric; 0 or more. */
  readonly threshold: number;
  /**
   * Over how many minutes the metric is taken together: 1 or 5 (MON-PERIOD).
   * @default 1
   */
  readonly periodMinutes?: MetricPeriod;
  /**
   * In how many periods in a row it has to hold: a whole number from 1.
   * @default 1
   */
  readonly occurrences?: number;
  /**
   * After how long an alarm that lasts is told again: never (0 seconds), 5, 10, 15 or 30 minutes, or 1, 2, 3, 6, 12 or 24
   * hours.
   * @default 1 hour
   */
  readonly repeat?: Duration;
}

/** What an alarm policy watches, and whom it tells (MON-TARGET). */
export interface AlarmPolicyProps {
  /** When it goes off; one at least. */
  readonly conditions: readonly [AlarmCondition, ...AlarmCondition[]];
  /**
   * Whether one condition is enough, or all have to hold.
   * @default "any"
   */
  readonly match?: AlarmPolicyProperties["match"];
  /**
   * Notification templates that say who is told and how, by id. They exist already: this library does not make them.
   * @default nobody is told; the console shows the alarm
   */
  readonly noticeIds?: readonly string[];
  /**
   * Whether it watches.
   * @default true
   */
  readonly enabled?: AlarmPolicyProperties["enabled"];
  /**
   * Name: at most 60 characters.
   * @default made from the construct's path
   */
  readonly name?: AlarmPolicyProperties["policyName"];
  /**
   * For people: at most 100 letters, digits, `_` and `-`.
   * @default none
   */
  readonly description?: AlarmPolicyProperties["description"];
}

/** Tells people when a metric of a version or an alias passes a threshold. */
export class AlarmPolicy extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** The name that it has on the platform. */
  readonly alarmPolicyName: string;
  private readonly resource: ResourceElement;

  constructor(scope: Construct, id: string, given: AlarmPolicyProps) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.alarmPolicyName = props.name ?? nameFromPath(this, "alarm_policy");
    this.resource = new ResourceElement(this, alarmPolicySchema, () => {
      // Absent in plain JavaScript only, where MON-METRIC tells of it.
      const conditions: readonly AlarmCondition[] = props.conditions ?? [];
      const watched = conditions.map(({ metric }) => watchedBy(metric, this.resource.address));
      const first = watched.find(isWatchable) ?? watched[0];
      const owner = conditions
        .map(({ metric }: { metric: IFunctionMetric | IRegionMetric }) =>
          metric.dimension === "function" ? metric.target.function : undefined,
        )
        .find((candidate) => candidate !== undefined);
      return {
        policyName: this.alarmPolicyName,
        targetType: first?.type ?? "",
        functionRegion: owner && otherRegionOf(owner, this),
        target: first && isWatchable(first) ? targetOf(first) : undefined,
        conditions: conditions.map((condition) => ({
          metric: condition.metric.name,
          comparison: condition.comparison,
          threshold: condition.threshold,
          periodMinutes: condition.periodMinutes ?? 1,
          occurrences: condition.occurrences ?? 1,
          repeatSeconds: (condition.repeat ?? Duration.hours(1)).toSeconds(),
        })),
        match: props.match ?? "any",
        noticeIds: props.noticeIds,
        enabled: props.enabled ?? true,
        description: props.description,
        watched,
      };
    });
  }

  /** Id that the platform gave it, as a token. */
  get alarmPolicyId(): string {
    return this.resource.attribute("policyId");
  }
}

/** What a metric belongs to. A metric of a region gets here in plain JavaScript only, and is reported (MON-TARGET). */
function watchedBy(metric: IFunctionMetric | IRegionMetric, user: string) {
  const { name, statistic } = metric;
  if (metric.dimension === "region") return { metric: name, statistic, type: "region" as const };
  const { target } = metric;
  if (typeof target !== "object" || target === null) {
    throw new ScfError("METRIC_FORM", `${user}: ${JSON.stringify(metric)} does not say what is watched.`, {
      fix: "Give a metric of a version or an alias: `live.metrics.errors()`.",
    });
  }
  if (!("function" in target)) {
    // `Metrics.of(orders)` in plain JavaScript: MON-TARGET asks for a version or an alias.
    const { namespaceReference, nameReference } = target as IFunction;
    return {
      metric: name,
      statistic,
      type: "function" as const,
      namespace: namespaceReference,
      functionName: nameReference,
      qualifier: undefined,
    };
  }
  return {
    metric: name,
    statistic,
    type: target.qualifierType,
    namespace: target.function.namespaceReference,
    functionName: target.function.nameReference,
    qualifier: target.qualifier,
  };
}

type Watched = ReturnType<typeof watchedBy>;
type Watchable = Extract<Watched, { type: "version" | "alias" }>;

function isWatchable(watched: Watched): watched is Watchable {
  return watched.type === "version" || watched.type === "alias";
}

function targetOf({ namespace, functionName, qualifier }: Watchable) {
  return { namespace, functionName, qualifier };
}
