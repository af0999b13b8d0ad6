import {
  groupPolicyAttachmentSchema,
  type GroupPolicyAttachmentProperties,
} from "../model/resources/group-policy-attachment";
import { onceKnown } from "./access-lag";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { allPages } from "./pages";
import { requirePolicyId } from "./policy-lookup";

type Properties = GroupPolicyAttachmentProperties;

export const groupPolicyAttachmentKind: Kind<typeof groupPolicyAttachmentSchema> = {
  schema: groupPolicyAttachmentSchema,
  identity: ({ groupId, policyName }) => `${policyName} on user group ${groupId}`,
  exclusive: ({ groupId }) => [`user group ${groupId}`],
  replacement: "delete-first",
  timeoutMs: 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    const policyId = await requirePolicyId(context, wanted.policyName);
    await onceKnown(context, `${wanted.policyName} to be known`, () =>
      context.call("cam", "AttachGroupPolicy", { PolicyId: policyId, AttachGroupId: wanted.groupId }),
    );
    return {};
  },

  async delete(context, { properties }) {
    const policyId = await attachedId(context, properties);
    if (policyId === undefined) return;
    await unlessNotFound(
      context.call("cam", "DetachGroupPolicy", { PolicyId: policyId, DetachGroupId: properties.groupId }),
    );
  },
};

async function attachedId(
  context: ReadContext,
  { groupId, policyName }: Properties,
): Promise<number | undefined> {
  const attached = await unlessNotFound(
    allPages(100, async (offset, Rp) => {
      const page = await context.call("cam", "ListAttachedGroupPolicies", {
        TargetGroupId: groupId,
        Keyword: policyName,
        Page: offset / Rp + 1,
        Rp,
      });
      return { items: page.List ?? [], total: page.TotalNum ?? 0 };
    }),
  );
  return attached?.find((policy) => policy.PolicyName === policyName)?.PolicyId;
}

async function readLive(context: ReadContext, known: Properties): Promise<Live | undefined> {
  if ((await attachedId(context, known)) === undefined) return undefined;
  return { properties: { groupId: known.groupId, policyName: known.policyName }, attributes: {} };
}
