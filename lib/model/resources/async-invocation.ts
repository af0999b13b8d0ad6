import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const asyncInvocationSchema = defineResource({
  kind: "scf_async_invocation",
  title: "asynchronous invocation",
  description:
    "What becomes of asynchronous events of a function that fail. Every function has this setting once.",
  properties: {
    namespace: { type: z.string(), description: "Namespace of the function.", immutable: true },
    functionName: { type: z.string(), description: "The function.", immutable: true },
    retryAttempts: {
      type: z.number(),
      description: "How often a run that failed is tried again: 0–2, and 0 with asynchronous execution.",
      source: "EXE-DLQ, EXE-RETRY, API AsyncTriggerConfig.RetryConfig",
    },
    maximumEventAge: {
      type: z.number(),
      description: "Seconds after which an event that could not be delivered is given up: 60–21,600.",
      source: "EXE-DLQ, API AsyncTriggerConfig.MsgTTL",
    },
  },
  attributes: {},
});
export type AsyncInvocationProperties = PropertiesOf<typeof asyncInvocationSchema>;
