import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { noSwitch, triggerTarget } from "./trigger-target";

export const clsTriggerSchema = defineResource({
  kind: "scf_cls_trigger",
  title: "CLS trigger",
  description: "Starts a function with the logs that a log topic collects.",
  properties: {
    ...triggerTarget,
    topicId: {
      type: z.string(),
      description: "Id of the log topic.",
      source: "API CLS CreateDeliverCloudFunction.TopicId",
      immutable: true,
    },
    maxWait: {
      type: z.number(),
      description: "Seconds after which collected logs are delivered at the latest.",
      source: "API CLS CreateDeliverCloudFunction.Timeout",
      immutable: true,
    },
    maxMessages: {
      type: z.number(),
      description: "Logs that one start takes at most: 1–10,000.",
      source: "API CLS CreateDeliverCloudFunction.MaxMsgNum",
      immutable: true,
    },
    ...noSwitch,
  },
  attributes: {},
});
export type ClsTriggerProperties = PropertiesOf<typeof clsTriggerSchema>;
