import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const functionBindingSchema = defineResource({
  kind: "clb_function_binding",
  title: "function binding",
  description: "Sends the requests of a forwarding rule to a version or alias of a function.",
  properties: {
    loadBalancerId: { type: z.string(), description: "Id of the load balancer.", immutable: true },
    listenerId: { type: z.string(), description: "Id of the listener.", source: "CLB-RULE", immutable: true },
    locationId: {
      type: z.string(),
      description: "Id of the forwarding rule.",
      source: "CLB-RULE",
      immutable: true,
    },
    namespace: {
      type: z.string(),
      description: "Namespace of the function.",
      source: "CLB-RULE",
      immutable: true,
    },
    functionName: {
      type: z.string(),
      description: "The function.",
      source: "CLB-RULE, CLB-REGION",
      immutable: true,
    },
    functionRegion: {
      type: z.string().optional(),
      description:
        "Region of a function that no stack declares, where the program says that it is not the stack's own.",
      source: "CLB-REGION",
      checkOnly: true,
    },
    qualifier: {
      type: z.string(),
      description: "Version number, `$LATEST`, or name of the alias.",
      source: "CLB-RULE",
      immutable: true,
    },
    qualifierType: {
      type: z.enum(["version", "alias"]),
      description: "Which of the two the qualifier is.",
      source: "API FunctionInfo.FunctionQualifierType",
      immutable: true,
    },
    weight: { type: z.number(), description: "0–100; 0 takes no new requests.", source: "CLB-WEIGHT" },
  },
  attributes: {},
});
export type FunctionBindingProperties = PropertiesOf<typeof functionBindingSchema>;
