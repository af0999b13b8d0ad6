import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const groupPolicyAttachmentSchema = defineResource({
  kind: "cam_group_policy_attachment",
  title: "group policy attachment",
  description: "Gives the users of a group what a policy allows.",
  properties: {
    groupId: {
      type: z.number(),
      description: "The group, by the id that the platform gave it.",
      source: "API AttachGroupPolicy.AttachGroupId",
      immutable: true,
    },
    policyName: {
      type: z.string(),
      description: "The policy, an own or a preset one.",
      source: "CAM-PRESET",
      immutable: true,
    },
  },
  attributes: {},
});
export type GroupPolicyAttachmentProperties = PropertiesOf<typeof groupPolicyAttachmentSchema>;
