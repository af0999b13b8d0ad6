import {
  policyAttachmentSchema,
  type PolicyAttachmentProperties,
} from "../model/resources/policy-attachment";
import { onceKnown } from "./access-lag";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { allPages } from "./pages";

export const policyAttachmentKind: Kind<typeof policyAttachmentSchema> = {
  schema: policyAttachmentSchema,
  identity: ({ roleName, policyName }) => `${policyName} on ${roleName}`,
  exclusive: ({ roleName }) => [`role ${roleName}`],
  replacement: "delete-first",
  timeoutMs: 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await onceKnown(context, `${wanted.policyName} and ${wanted.roleName} to be known`, () =>
      context.call("cam", "AttachRolePolicy", {
        AttachRoleName: wanted.roleName,
        PolicyName: wanted.policyName,
      }),
    );
    return {};
  },

  async delete(context, { properties }) {
    await unlessNotFound(
      context.call("cam", "DetachRolePolicy", {
        DetachRoleName: properties.roleName,
        PolicyName: properties.policyName,
      }),
    );
  },
};

async function readLive(context: ReadContext, known: PolicyAttachmentProperties): Promise<Live | undefined> {
  const attached = await unlessNotFound(
    allPages(100, async (offset, Rp) => {
      const page = await context.call("cam", "ListAttachedRolePolicies", {
        RoleName: known.roleName,
        Page: offset / Rp + 1,
        Rp,
      });
      return { items: page.List ?? [], total: page.TotalNum ?? 0 };
    }),
  );
  if (!attached?.some((policy) => policy.PolicyName === known.policyName)) return undefined;
  return { properties: { roleName: known.roleName, policyName: known.policyName }, attributes: {} };
}
