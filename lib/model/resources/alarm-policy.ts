import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

const targetType = z.strictObject({
  namespace: z.string(),
  functionName: z.string(),
  qualifier: z.string(),
});

const conditionType = z.strictObject({
  metric: z.string(),
  comparison: z.enum([">", ">=", "<", "<=", "==", "!="]),
  threshold: z.number(),
  periodMinutes: z.number(),
  occurrences: z.number(),
  repeatSeconds: z.number(),
});
export type PlannedCondition = z.output<typeof conditionType>;

export const alarmPolicySchema = defineResource({
  kind: "monitor_alarm_policy",
  title: "alarm policy",
  description: "Tells people when a metric of a function passes a threshold.",
  properties: {
    policyName: {
      type: z.string(),
      description: "Name: at most 60 characters.",
      source: "API CreateAlarmPolicy.PolicyName",
    },
    targetType: {
      type: z.string(),
      description: "What it watches: `version` or `alias`.",
      source: "MON-TARGET",
      immutable: true,
    },
    target: {
      type: targetType.optional(),
      description: "The function, and the version or alias of it, that it watches.",
      source: "MON-TARGET",
    },
    functionRegion: {
      type: z.string().optional(),
      description:
        "Region of a function that no stack declares, where the program says that it is not the stack's own.",
      source: "MON-TARGET",
      checkOnly: true,
    },
    conditions: {
      type: z.array(conditionType),
      description:
        "When it goes off: metric, comparison, threshold in the metric's unit, period of 1 or 5 minutes, periods in a row, and seconds until it is told again.",
      source: "MON-METRIC, MON-PERIOD",
      unordered: true,
    },
    match: {
      type: z.enum(["any", "all"]),
      description: "Whether one condition is enough, or all have to hold.",
      source: "API AlarmPolicyCondition.IsUnionRule",
    },
    noticeIds: {
      type: z.array(z.string()).optional(),
      description: "Notification templates that say who is told, and how.",
      source: "API CreateAlarmPolicy.NoticeIds",
      unordered: true,
    },
    enabled: {
      type: z.boolean(),
      description: "Whether it watches.",
      source: "API CreateAlarmPolicy.Enable",
    },
    description: {
      type: z.string().optional(),
      description: "For people: at most 100 letters, digits, `_` and `-`.",
      source: "API CreateAlarmPolicy.Remark",
    },
    watched: {
      type: z.array(
        z.strictObject({
          metric: z.string(),
          statistic: z.string().optional(),
          type: z.string(),
          namespace: z.string().optional(),
          functionName: z.string().optional(),
          qualifier: z.string().optional(),
        }),
      ),
      description: "What the metric of each condition belongs to, and how its values are taken together.",
      source: "MON-METRIC, MON-TARGET",
      checkOnly: true,
    },
  },
  attributes: { policyId: { type: z.string(), description: "Id that the platform gave it." } },
});
export type AlarmPolicyProperties = PropertiesOf<typeof alarmPolicySchema>;
