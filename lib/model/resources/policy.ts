import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

/** A statement of a policy document, in the platform's own spelling. */
const statementType = z.strictObject({
  effect: z.enum(["allow", "deny"]),
  action: z.array(z.string()),
  resource: z.array(z.string()),
  condition: z
    .record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])))
    .optional(),
});

export const policySchema = defineResource({
  kind: "cam_policy",
  title: "policy",
  description: "What whoever it is attached to may do.",
  properties: {
    policyName: { type: z.string(), description: "Name, unique in the account.", immutable: true },
    version: { type: z.string(), description: 'Version of the policy language: "2.0".', source: "CAM-DOC" },
    statement: {
      type: z.array(statementType),
      description: "Its statements.",
      source: "CAM-DOC, CAM-ACT, CAM-RES, CAM-STAR, CAM-COND, CAM-WIDE",
    },
    description: {
      type: z.string().optional(),
      description: "For people.",
      source: "API CreatePolicy.Description",
    },
  },
  attributes: { policyId: { type: z.number(), description: "Id that the platform gave it." } },
});
export type PolicyProperties = PropertiesOf<typeof policySchema>;
