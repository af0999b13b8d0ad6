import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { healthCheckSchema } from "./health-check";

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
    certificateId: {
      type: z.string().optional(),
      description: "Id of the domain's server certificate, on a listener with SNI.",
      source: "API RuleInput.Certificate, ModifyDomainAttributes.Certificate",
    },
    scheduler: {
      type: z.enum(["WRR", "LEAST_CONN", "IP_HASH"]).optional(),
      description: "How back-ends take turns; `WRR` when absent.",
      source: "API RuleInput.Scheduler",
    },
    sessionExpireSeconds: {
      type: z.number().optional(),
      description: "How long a client stays with one back-end, 30–86400 s. Absent: not at all.",
      source: "API RuleInput.SessionExpireTime",
    },
    healthCheck: {
      type: healthCheckSchema.optional(),
      description: "How back-ends are probed.",
      source: "API RuleInput.HealthCheck",
    },
  },
  attributes: { locationId: { type: z.string(), description: "Id that the platform gave it, `loc-…`." } },
});
export type ForwardingRuleProperties = PropertiesOf<typeof forwardingRuleSchema>;
