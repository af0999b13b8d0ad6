import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const userPolicyAttachmentSchema = defineResource({
  kind: "cam_user_policy_attachment",
  title: "user policy attachment",
  description: "Gives a user what a policy allows.",
  properties: {
    userName: {
      type: z.string().optional(),
      description: "The user, by name; a user has a name or an account id here.",
      source: "API GetUser.Name",
      immutable: true,
    },
    uin: {
      type: z.string().optional(),
      description: "The user, by account id: digits.",
      source: "API AttachUserPolicy.AttachUin",
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
export type UserPolicyAttachmentProperties = PropertiesOf<typeof userPolicyAttachmentSchema>;
