import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { triggerTarget } from "./trigger-target";

export const timerTriggerSchema = defineResource({
  kind: "scf_timer_trigger",
  title: "timer trigger",
  description: "Starts a function on a schedule.",
  properties: {
    ...triggerTarget,
    triggerName: {
      type: z.string(),
      description: "Name, unique among the function's timers: 1–100 letters, digits, `_` and `-`.",
      source: "API CreateTrigger.TriggerName",
      immutable: true,
    },
    cron: {
      type: z.string(),
      description: "Seven fields: second, minute, hour, day, month, weekday, year.",
      source: "TRG-CRON",
    },
    enabled: { type: z.boolean(), description: "Whether it fires.", source: "TRG-ENABLE" },
    message: {
      type: z.string().optional(),
      description: "Text that the function gets with each event.",
      source: "API CreateTrigger.CustomArgument",
    },
    description: {
      type: z.string().optional(),
      description: "For people; the platform gets 930 characters of it and a mark of ownership.",
      source: "API CreateTrigger.Description",
    },
  },
  attributes: {},
});
export type TimerTriggerProperties = PropertiesOf<typeof timerTriggerSchema>;
