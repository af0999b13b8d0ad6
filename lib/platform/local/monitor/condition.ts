import { comparisons, metricPeriods, metrics, repeatIntervals } from "../../../model/metrics";
import type { Request } from "../../api";
import { refuse } from "../context";

export type AlarmCondition = NonNullable<Request<"monitor", "CreateAlarmPolicy">["Condition"]>;
type AlarmRule = AlarmCondition["Rules"][number];

const metricNames = Object.values(metrics).map(({ apiName }) => apiName as string);
const operators = Object.values(comparisons) as string[];
const periods = metricPeriods.map((minutes) => minutes * 60);
const invalid = "InvalidParameterValue";

/** MON-METRIC, MON-PERIOD, and what the API says of the rest of a condition. */
export function checkCondition(condition: AlarmCondition | undefined): AlarmCondition {
  if (!condition) refuse("MissingParameter", "An alarm policy needs a Condition");
  if (![0, 1].includes(condition.IsUnionRule)) {
    refuse(invalid, "IsUnionRule is 0 for any rule or 1 for all rules");
  }
  if (condition.Rules.length === 0) refuse(invalid, "An alarm policy needs one rule at least");
  condition.Rules.forEach(checkRule);
  return condition;
}

function checkRule(rule: AlarmRule): void {
  if (!metricNames.includes(rule.MetricName ?? "")) {
    refuse(invalid, `Functions have no metric ${(rule.MetricName ?? "").slice(0, 60)}`);
  }
  if (!periods.includes(rule.Period ?? 0)) {
    refuse(invalid, `Period is ${periods.join(" or ")} seconds, not ${rule.Period ?? "absent"}`);
  }
  if (!operators.includes(rule.Operator ?? "")) {
    refuse(invalid, `Operator is one of ${operators.join(", ")}`);
  }
  if (!/^\d+(\.\d+)?$/.test(rule.Value ?? "")) refuse(invalid, "Value is a number that is not negative");
  const times = rule.ContinuePeriod ?? 1;
  if (!Number.isInteger(times) || times < 1) refuse(invalid, "ContinuePeriod is a whole number from 1");
  if (!repeatIntervals.includes(rule.NoticeFrequency ?? 0)) {
    refuse(invalid, `NoticeFrequency is one of ${repeatIntervals.join(", ")} seconds`);
  }
}
