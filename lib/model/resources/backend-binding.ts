import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

/** One rule of a security group; the first that fits decides. */
const securityGroupRule = z.strictObject({
  action: z.enum(["allow", "drop"]),
  source: z.string(),
  port: z.string(),
  protocol: z.enum(["TCP", "UDP", "ALL"]),
});
/** A rule of a security group as a plan has it. */
export type SecurityGroupRuleProperties = z.output<typeof securityGroupRule>;

/** What the program says of a back-end beyond what is sent. */
const backendFacts = z.strictObject({
  type: z.enum(["instance", "network-interface", "data-center"]),
  instanceId: z.string().optional(),
  address: z.string().optional(),
  port: z.number(),
  region: z.string().optional(),
  vpcId: z.string().optional(),
  attached: z.boolean().optional(),
  primary: z.boolean().optional(),
  securityGroup: z.array(securityGroupRule).optional(),
});
/** What the program says of a back-end for the rules to check; never sent. */
export type BackendFacts = z.output<typeof backendFacts>;

const boundBackend = z.strictObject({
  instanceId: z.string().optional(),
  address: z.string().optional(),
  port: z.number(),
  weight: z.number(),
});
/** A back-end as a plan has it. */
export type BoundBackend = z.output<typeof boundBackend>;

export const backendBindingSchema = defineResource({
  kind: "clb_backend_binding",
  title: "back-end binding",
  description: "All back-end servers of a forwarding rule, or of a layer-4 listener.",
  properties: {
    loadBalancerId: { type: z.string(), description: "Id of the load balancer.", immutable: true },
    listenerId: { type: z.string(), description: "Id of the listener.", immutable: true },
    locationId: {
      type: z.string().optional(),
      description: "Id of the forwarding rule; absent where the listener has targets itself.",
      source: "API RegisterTargets.LocationId",
      immutable: true,
    },
    backends: {
      type: z.array(boundBackend),
      description: "An instance id or an address each, with a port and a weight of 0–100.",
      source: "BCK-CVM, BCK-ENI, BCK-IDC",
      unordered: true,
    },
    facts: {
      type: z.array(backendFacts),
      description: "What the program says of the back-ends.",
      source: "BCK-CVM, BCK-ENI, BCK-X1, BCK-X2, BCK-IDC, BCK-SG",
      checkOnly: true,
    },
  },
  attributes: {},
});
export type BackendBindingProperties = PropertiesOf<typeof backendBindingSchema>;
