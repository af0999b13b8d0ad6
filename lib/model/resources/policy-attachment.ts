import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const policyAttachmentSchema = defineResource({
  kind: "cam_policy_attachment",
  title: "policy attachment",
  description: "Gives a role what a policy allows.",
  properties: {
    roleName: { type: z.string(), description: "The role.", immutable: true },
    policyName: {
      type: z.string(),
      description: "The policy, an own or a preset one.",
      source: "CAM-PRESET",
      immutable: true,
    },
  },
  attributes: {},
});
export type PolicyAttachmentProperties = PropertiesOf<typeof policyAttachmentSchema>;
