import type { Found } from "../../kinds/kind";
import type { AlarmPolicyProperties, PlannedCondition } from "../../model/resources/alarm-policy";
import { call, literal, object, type Expression } from "./expression";
import { idOf } from "./names";
import { invocable } from "./versions";
import { objectsOf, orderedBy, seconds, text, unless, valueOf, type Writing } from "./writing";

/** Metrics that have a method of their own. */
const methods: Readonly<Record<string, string>> = {
  duration: "duration",
  invocation: "invocations",
  error: "errors",
  concurrent_executions: "concurrentExecutions",
  throttle: "throttles",
  mem: "memory",
  mem_duration: "memoryDuration",
  out_flow: "outgoingTraffic",
  syserr: "systemErrors",
  http_4xx: "functionErrors",
  http_2xx: "successes",
  http_432: "resourceLimits",
  http_433: "timeouts",
  http_434: "memoryLimits",
};
const HOUR = 3600;

export function writeAlarms(writing: Writing): void {
  const { program, stack } = writing;
  for (const found of orderedBy(objectsOf(writing, "monitor_alarm_policy"), "policyName")) {
    const name = text(found, "policyName");
    const watched = watchedBy(writing, found);
    if (watched === undefined) {
      program.leftOut.push(
        `alarm policy ${name} (${found.id}): what it watches is left out, or has no construct`,
      );
      continue;
    }
    const plain = idOf(name, "alarm");
    const id = program.id(stack, [], plain, `${plain}-alarm`);
    const conditions = (valueOf(found, "conditions") ?? []) as readonly PlannedCondition[];
    const notices = (valueOf(found, "noticeIds") ?? []) as readonly string[];
    const props = object(
      {
        name: literal(name),
        conditions: { items: conditions.map((condition) => conditionOf(condition, watched)) },
        match: unless(text(found, "match"), "any"),
        noticeIds: notices.length === 0 ? undefined : literal(notices),
        enabled: unless(valueOf(found, "enabled"), true),
        description: unless(text(found, "description"), ""),
      },
      { open: true },
    );
    program.add("Alarms", call("new scf.AlarmPolicy", "stack", literal(id), props));
    program.stands(`${stack}/${id}`, found.id);
  }
}

/** The expression that metrics are asked of. */
function watchedBy(writing: Writing, found: Found): string | undefined {
  const target = valueOf(found, "target") as AlarmPolicyProperties["target"] | undefined;
  if (!target) return text(found, "targetType") === "region" ? "scf.Metrics.ofRegion(stack)" : undefined;
  const owner = writing.functions.get(`${target.namespace}/${target.functionName}`);
  const use = owner && invocable(writing, owner, target.qualifier);
  return use && `${use.expression}.metrics`;
}

function conditionOf(condition: PlannedCondition, watched: string): Expression {
  const { metric, comparison, threshold, periodMinutes, occurrences, repeatSeconds } = condition;
  const method = methods[metric];
  return object({
    metric: method === undefined ? call(`${watched}.metric`, literal(metric)) : `${watched}.${method}()`,
    comparison: literal(comparison),
    threshold: literal(threshold),
    periodMinutes: unless(periodMinutes, 1),
    occurrences: unless(occurrences, 1),
    repeat: seconds(repeatSeconds, HOUR),
  });
}
