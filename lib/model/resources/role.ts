import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const roleSchema = defineResource({
  kind: "cam_role",
  title: "role",
  description: "An identity that a service or an account takes on.",
  properties: {
    roleName: { type: z.string(), description: "Name, unique in the account.", immutable: true },
    trustedServices: {
      type: z.array(z.string()),
      description: "Services that may take it on; functions need `scf.qcloud.com`.",
      source: "FN-ROLE, CAM-ROLE",
      unordered: true,
    },
    trustedAccounts: {
      type: z.array(z.string()).optional(),
      description: "Account ids of the accounts that may take it on.",
      source: "API CreateRole.PolicyDocument",
      unordered: true,
    },
    description: {
      type: z.string().optional(),
      description: "For people.",
      source: "API CreateRole.Description",
    },
    tags: {
      type: z.record(z.string(), z.string()).optional(),
      description: "Tags of the role, by key.",
      source: "API CreateRole.Tags",
    },
  },
  attributes: { roleId: { type: z.string(), description: "Id that the platform gave it." } },
});
export type RoleProperties = PropertiesOf<typeof roleSchema>;
