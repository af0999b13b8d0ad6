import {
  groupPolicyAttachmentSchema,
  type GroupPolicyAttachmentProperties,
} from "../model/resources/group-policy-attachment";
import { onceKnown } from "./access-lag";
import { consistency } from "./consistency";
import { everyGroup } from "./every-principal";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { allPages, forEachOf, shared } from "./pages";
import { asFound } from "./plan-shape";
import { requirePolicyId } from "./policy-lookup";

type Properties = GroupPolicyAttachmentProperties;

const SHAPE = "group id/policy";

export const groupPolicyAttachmentKind: Kind<typeof groupPolicyAttachmentSchema> = {
  schema: groupPolicyAttachmentSchema,
  identity: ({ groupId, policyName }) => `${policyName} on user group ${groupId}`,
  exclusive: ({ groupId }) => [`user group ${groupId}`],
  replacement: "delete-first",
  timeoutMs: 60_000,
  consistencyMs: consistency.accessManagement,

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

  import: {
    id: SHAPE,

    async find(context, id) {
      const title = groupPolicyAttachmentSchema.title;
      const [groupId = "", policyName = ""] = importParts(title, SHAPE, /^(\d+)\/([^/]+)$/, id);
      return readLive(context, { groupId: Number(groupId), policyName });
    },

    async list(context) {
      return forEachOf(await everyGroup(context), async ({ GroupId: groupId = 0 }) =>
        (await attachedTo(context, groupId)).map(({ PolicyName: policyName = "" }) =>
          asFound(groupPolicyAttachmentSchema, `${groupId}/${policyName}`, {
            properties: { groupId, policyName },
            attributes: {},
          }),
        ),
      );
    },
  },
};

async function attachedTo(context: ReadContext, groupId: number) {
  const attached = await shared(context, `policies of user group ${groupId}`, () =>
    unlessNotFound(
      allPages(100, async (offset, Rp) => {
        const page = await context.call("cam", "ListAttachedGroupPolicies", {
          TargetGroupId: groupId,
          Page: offset / Rp + 1,
          Rp,
        });
        return { items: page.List ?? [], total: page.TotalNum ?? 0 };
      }),
    ),
  );
  return attached ?? [];
}

async function attachedId(
  context: ReadContext,
  { groupId, policyName }: Properties,
): Promise<number | undefined> {
  return (await attachedTo(context, groupId)).find((policy) => policy.PolicyName === policyName)?.PolicyId;
}

async function readLive(context: ReadContext, known: Properties): Promise<Live | undefined> {
  if ((await attachedId(context, known)) === undefined) return undefined;
  return { properties: { groupId: known.groupId, policyName: known.policyName }, attributes: {} };
}
