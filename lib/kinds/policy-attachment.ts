import {
  policyAttachmentSchema,
  type PolicyAttachmentProperties,
} from "../model/resources/policy-attachment";
import { onceKnown } from "./access-lag";
import { consistency } from "./consistency";
import { everyRole } from "./every-principal";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { allPages, forEachOf, shared } from "./pages";
import { asFound } from "./plan-shape";

const SHAPE = "role/policy";

export const policyAttachmentKind: Kind<typeof policyAttachmentSchema> = {
  schema: policyAttachmentSchema,
  identity: ({ roleName, policyName }) => `${policyName} on ${roleName}`,
  exclusive: ({ roleName }) => [`role ${roleName}`],
  replacement: "delete-first",
  timeoutMs: 60_000,
  consistencyMs: consistency.accessManagement,

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

  import: {
    id: SHAPE,

    async find(context, id) {
      const title = policyAttachmentSchema.title;
      const [roleName = "", policyName = ""] = importParts(title, SHAPE, /^([^/]+)\/([^/]+)$/, id);
      return readLive(context, { roleName, policyName });
    },

    async list(context) {
      return forEachOf(await everyRole(context), async ({ RoleName: roleName = "" }) =>
        (await attachedTo(context, roleName)).map((policyName) =>
          asFound(policyAttachmentSchema, `${roleName}/${policyName}`, {
            properties: { roleName, policyName },
            attributes: {},
          }),
        ),
      );
    },
  },
};

/** Names of the policies of a role; none when it is gone. */
async function attachedTo(context: ReadContext, RoleName: string): Promise<readonly string[]> {
  const attached = await shared(context, `policies of role ${RoleName}`, () =>
    unlessNotFound(
      allPages(100, async (offset, Rp) => {
        const page = await context.call("cam", "ListAttachedRolePolicies", {
          RoleName,
          Page: offset / Rp + 1,
          Rp,
        });
        return { items: page.List ?? [], total: page.TotalNum ?? 0 };
      }),
    ),
  );
  return (attached ?? []).flatMap(({ PolicyName }) => PolicyName ?? []);
}

async function readLive(
  context: ReadContext,
  { roleName, policyName }: PolicyAttachmentProperties,
): Promise<Live | undefined> {
  const isAttached = (await attachedTo(context, roleName)).includes(policyName);
  return isAttached ? { properties: { roleName, policyName }, attributes: {} } : undefined;
}
