import { alarmTargetTypes, metricFacts, metricPeriods, metrics, type MetricFacts } from "../model/metrics";
import { canonicalJson, isSymbolic, type Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { closest } from "./edit-distance";
import { otherRegion } from "./other-region";
import { perApp } from "./per-app";
import type { Rule } from "./rule";
import { listed, quote } from "./text";
import { notKnownYet } from "./unchecked";

/** Restrictions of metrics and alarms: section 14 of the rules. */

const alarms = { document: "scf-operation-guide", section: "配置告警" } as const;

const metricNames = Object.keys(metrics);
const regionMetrics = metricNames.filter((name) => metricFacts(name)?.dimensions.includes("region"));

export const monitoringRules: readonly Rule[] = [
  {
    id: "MON-METRIC",
    severity: "error",
    statement:
      "an alarm watches metrics that the platform has, in the dimension and with the statistic that it has them in",
    source: { document: "scf-operation-guide", section: "监控指标说明" },
    fix: `use one of ${metricNames.join(", ")}`,
    check(app, report) {
      for (const alarm of app.ofKind("monitor_alarm_policy")) {
        const places = [{ address: alarm.address }];
        const conditions = app.dereference(alarm.raw("conditions"));
        if (Array.isArray(conditions) && conditions.length === 0) {
          report({
            message: "the alarm has no conditions",
            places,
            fix: "say which metric it watches, and from when on it is told",
          });
        }
        if (app.hasForeignToken(alarm.raw("conditions"))) report(notKnownYet(alarm.address, "conditions"));
        for (const { metric } of conditionsOf(alarm)) {
          if (typeof metric === "string" && !metricFacts(metric))
            report({ ...unknownMetric(metric), places });
        }
        for (const watched of watchedBy(alarm)) {
          const facts = typeof watched.metric === "string" ? metricFacts(watched.metric) : undefined;
          const problem = facts && problemOfUse(watched, facts);
          if (problem) report({ ...problem, places });
        }
      }
    },
  },
  {
    id: "MON-PERIOD",
    severity: "error",
    statement: "metrics are collected over 1 or 5 minutes",
    source: { document: "scf-operation-guide", section: "监控指标说明" },
    fix: `use ${listed(metricPeriods.map(String), "or")}`,
    check(app, report) {
      for (const alarm of app.ofKind("monitor_alarm_policy")) {
        for (const { metric, periodMinutes } of conditionsOf(alarm)) {
          if (typeof periodMinutes !== "number") continue;
          if ((metricPeriods as readonly number[]).includes(periodMinutes)) continue;
          const about = typeof metric === "string" ? ` of the condition on ${quote(metric)}` : "";
          report({
            message: `the period${about} is ${periodMinutes} minutes: metrics are collected over ${listed(
              metricPeriods.map(String),
              "or",
            )}`,
            places: [{ address: alarm.address }],
            fix: `use ${periodMinutes < 3 || periodMinutes === 60 ? 1 : 5}`,
          });
        }
      }
    },
  },
  {
    id: "MON-TARGET",
    severity: "error",
    statement: "an alarm policy watches one version or one alias of a function, in its own region",
    source: alarms,
    fix: "give it metrics of one version or alias, and make another alarm policy for another",
    check(app, report) {
      for (const alarm of app.ofKind("monitor_alarm_policy")) {
        const places = [{ address: alarm.address }];
        const type: unknown = alarm.get("targetType");
        if (type === UNKNOWN && app.hasForeignToken(alarm.raw("targetType"))) {
          report(notKnownYet(alarm.address, "targetType"));
        }
        // Without conditions there is nothing to watch, which MON-METRIC tells of.
        if (type === "") continue;
        if (typeof type === "string" && !(alarmTargetTypes as readonly string[]).includes(type)) {
          report({
            message:
              type === "region"
                ? "the alarm watches a whole region: alarm policies watch a version or an alias"
                : `the alarm watches a target of type ${quote(type)}: alarm policies watch a version or an alias`,
            places,
            ...(type === "region"
              ? { fix: "watch the aliases that matter, each with a policy of its own" }
              : {}),
          });
        } else if (typeof type === "string" && alarm.raw("target") === undefined) {
          report({ message: `the alarm does not say which ${type} it watches`, places });
        }
        const targets = new Map(watchedBy(alarm).map((watched) => [watched.identity, watched]));
        if (targets.size > 1) {
          report({
            message: `the conditions of the alarm watch ${targets.size} targets: ${listed(
              [...targets.values()].map(({ text }) => text),
            )}`,
            places,
          });
        }
        const problem = otherRegion(
          alarm,
          { own: "alarm policy", other: "function" },
          watchedFunction(alarm),
        );
        if (problem) report(problem);
      }
    },
  },
];

type Alarm = ModelResource<"monitor_alarm_policy">;
type Fields = { readonly [name: string]: Value };

/** The objects of a list of the plan, whatever a program in plain JavaScript has put there. */
function objectsIn(alarm: Alarm, property: "conditions" | "watched"): readonly Fields[] {
  const { app } = alarm;
  const list = app.dereference(alarm.raw(property));
  return (Array.isArray(list) ? (list as readonly Value[]) : []).flatMap((item) => {
    const object = app.dereference(item);
    return typeof object === "object" && object !== null && !isSymbolic(object) && !Array.isArray(object)
      ? [object as Fields]
      : [];
  });
}

interface Condition {
  readonly metric: unknown;
  readonly periodMinutes: unknown;
}

function conditionsOf(alarm: Alarm): readonly Condition[] {
  return objectsIn(alarm, "conditions").map((fields) => ({
    metric: alarm.app.follow(fields["metric"]),
    periodMinutes: alarm.app.follow(fields["periodMinutes"]),
  }));
}

/** What the metric of one condition belongs to. */
interface Watched {
  readonly metric: unknown;
  readonly statistic: unknown;
  readonly type: unknown;
  /** The same for the same version or alias. */
  readonly identity: string;
  /** For people: `alias live of orders`. */
  readonly text: string;
}

const watchedByAlarm = perApp((app: AppModel) => {
  const byAddress = new Map<string, readonly Watched[]>();
  for (const alarm of app.ofKind("monitor_alarm_policy")) {
    byAddress.set(
      alarm.address,
      objectsIn(alarm, "watched").map((fields) => watchedFrom(app, fields)),
    );
  }
  return byAddress;
});

function watchedBy(alarm: Alarm): readonly Watched[] {
  return watchedByAlarm(alarm.app).get(alarm.address) ?? [];
}

function watchedFrom(app: AppModel, fields: Fields): Watched {
  const known = (name: string): unknown => app.follow(fields[name]);
  const text = (name: string): string | undefined => {
    const value = known(name);
    return typeof value === "string" ? value : undefined;
  };
  const type = text("type") ?? "target";
  const name = text("functionName") ?? "a function";
  const parts = ["type", "namespace", "functionName", "qualifier"].map((part) => {
    const value = known(part);
    return value === UNKNOWN ? { unknown: app.dereference(fields[part]) } : value;
  });
  return {
    metric: known("metric"),
    statistic: known("statistic"),
    type: known("type"),
    identity: canonicalJson(parts),
    text: type === "region" ? "the region" : `${type} ${text("qualifier") ?? "not published yet"} of ${name}`,
  };
}

function watchedFunction(alarm: Alarm): ModelResource<"scf_function"> | undefined {
  const target = alarm.app.dereference(alarm.raw("target"));
  if (typeof target !== "object" || target === null || isSymbolic(target) || Array.isArray(target)) {
    return undefined;
  }
  return alarm.app.targetOfKind((target as Fields)["functionName"], "scf_function");
}

function unknownMetric(name: string): { message: string; fix?: string } {
  const meant =
    metricNames.find((known) => metricFacts(known)?.apiName.toLowerCase() === name.toLowerCase()) ??
    closest(name, metricNames);
  return {
    message: `there is no metric ${quote(name)}`,
    ...(meant === undefined ? {} : { fix: `did you mean ${meant}?` }),
  };
}

function problemOfUse(
  { metric, statistic, type }: Watched,
  facts: MetricFacts,
): { message: string; fix: string } | undefined {
  if (type === "region" && !facts.dimensions.includes("region")) {
    return {
      message: `metric ${quote(metric)} exists for single functions, not for a region`,
      fix: `use it on a version or an alias; metrics of a region are ${listed(regionMetrics)}`,
    };
  }
  if (typeof statistic === "string" && statistic !== facts.statistic) {
    return {
      message: `metric ${quote(metric)} has the statistic ${quote(facts.statistic)}, not ${quote(statistic)}`,
      fix: `use ${quote(facts.statistic)}`,
    };
  }
  return undefined;
}
