import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const asyncInvocationSchema = defineResource({
  kind: "scf_async_invocation",
  title: "asynchronous invocation",
  description: "What becomes of events that a function gets asynchronously and does not run at once.",
  properties: {
    namespace: { type: z.string(), description: "Namespace of the function.", immutable: true },
    functionName: { type: z.string(), description: "The function.", immutable: true },
    retryAttempts: {
      type: z.number(),
      description: "How often a run that ended in an error is tried again.",
      source: "EXE-DLQ, API AsyncTriggerConfig.RetryConfig",
    },
    maximumEventAge: {
      type: z.number(),
      description: "Seconds that an event waits to be run before it is given up.",
      source: "EXE-DLQ, API AsyncTriggerConfig.MsgTTL",
    },
  },
  attributes: {},
});
export type AsyncInvocationProperties = PropertiesOf<typeof asyncInvocationSchema>;
