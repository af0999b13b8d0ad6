import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { noSwitch, triggerTarget } from "./trigger-target";

export const mpsTriggerSchema = defineResource({
  kind: "scf_mps_trigger",
  title: "MPS trigger",
  description: "Starts a function when a task of Media Processing Service has ended.",
  properties: {
    ...triggerTarget,
    eventType: {
      type: z.enum(["WorkflowTask", "EditMediaTask"]),
      description: "Which tasks: those of workflows, or those that edit media.",
      source: "API MPS BindTrigger.EventType",
      immutable: true,
    },
    ...noSwitch,
  },
  attributes: {},
});
export type MpsTriggerProperties = PropertiesOf<typeof mpsTriggerSchema>;
