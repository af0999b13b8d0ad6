import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { triggerTarget } from "./trigger-target";

export const ckafkaTriggerSchema = defineResource({
  kind: "scf_ckafka_trigger",
  title: "CKafka trigger",
  description: "Starts a function with the messages of a CKafka topic.",
  properties: {
    ...triggerTarget,
    instanceId: {
      type: z.string(),
      description: "The CKafka instance, `ckafka-…`.",
      source: "API CreateTrigger.TriggerName",
      immutable: true,
    },
    topic: {
      type: z.string(),
      description: "Name of the topic.",
      source: "API CreateTrigger.TriggerName",
      immutable: true,
    },
    offset: {
      type: z.string(),
      description:
        "Where reading begins: `latest`, `earliest`, or a point in time in milliseconds since 1970.",
      source: "API CreateTrigger.TriggerDesc",
      immutable: true,
    },
    consumerGroup: {
      type: z.string().optional(),
      description: "The consumer group that reads; the platform makes one when absent.",
      source: "API CreateTrigger.TriggerDesc",
      immutable: true,
    },
    maxMessages: {
      type: z.number(),
      description: "Messages that one start takes at most.",
      source: "API CreateTrigger.TriggerDesc",
    },
    retries: {
      type: z.number(),
      description: "How often messages are tried again that the function failed on.",
      source: "API CreateTrigger.TriggerDesc",
    },
    maxWait: {
      type: z.number(),
      description: "Seconds to wait for as many messages as one start takes: 1–60.",
      source: "API CreateTrigger.TriggerDesc",
    },
    enabled: { type: z.boolean(), description: "Whether it fires.", source: "TRG-ENABLE" },
    description: {
      type: z.string().optional(),
      description: "For people; the platform gets 930 characters of it and a mark of ownership.",
      source: "API CreateTrigger.Description",
    },
  },
  attributes: {},
});
export type CkafkaTriggerProperties = PropertiesOf<typeof ckafkaTriggerSchema>;
