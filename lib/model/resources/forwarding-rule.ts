import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const forwardingRuleSchema = defineResource({
  kind: "clb_rule",
  title: "forwarding rule",
  description: "Requests of a listener for one domain and path.",
  properties: {
    loadBalancerId: { type: z.string(), description: "Id of the load balancer.", immutable: true },
    listenerId: { type: z.string(), description: "Id of the listener.", source: "CLB-RULE", immutable: true },
    domain: {
      type: z.string(),
      description: "Host name of the requests.",
      source: "CLB-RULE, CLB-DUP",
      immutable: true,
    },
    path: { type: z.string(), description: "Begins with `/`.", source: "CLB-RULE, CLB-DUP", immutable: true },
  },
  attributes: { locationId: { type: z.string(), description: "Id that the platform gave it, `loc-…`." } },
});
export type ForwardingRuleProperties = PropertiesOf<typeof forwardingRuleSchema>;
