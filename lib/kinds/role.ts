import { roleSchema, type RoleProperties } from "../model/resources/role";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { readTags, writeTags } from "./ownership";

export const roleKind: Kind<typeof roleSchema> = {
  schema: roleSchema,
  identity: ({ roleName }) => roleName,
  exclusive: ({ roleName }) => [`role ${roleName}`],
  replacement: "delete-first",
  timeoutMs: 60_000,

  read: (context, { properties }) => readLive(context, properties.roleName),
  find: (context, wanted) => readLive(context, wanted.roleName),

  async create(context, wanted) {
    const { RoleId } = await context.call("cam", "CreateRole", {
      RoleName: wanted.roleName,
      PolicyDocument: trustOf(wanted),
      Tags: writeTags(undefined, context.owner),
      ...(wanted.description ? { Description: wanted.description } : {}),
    });
    return { roleId: RoleId ?? "" };
  },

  async update(context, wanted, _recorded, changed) {
    if (changed.has("trustedServices")) {
      await context.call("cam", "UpdateAssumeRolePolicy", {
        RoleName: wanted.roleName,
        PolicyDocument: trustOf(wanted),
      });
    }
    if (changed.has("description")) {
      await context.call("cam", "UpdateRoleDescription", {
        RoleName: wanted.roleName,
        Description: wanted.description ?? "",
      });
    }
    return {};
  },

  async delete(context, { properties }) {
    await unlessNotFound(context.call("cam", "DeleteRole", { RoleName: properties.roleName }));
  },
};

function trustOf({ trustedServices }: RoleProperties): string {
  return JSON.stringify({
    version: "2.0",
    statement: [{ action: "name/sts:AssumeRole", effect: "allow", principal: { service: trustedServices } }],
  });
}

async function readLive(context: ReadContext, roleName: string): Promise<Live | undefined> {
  const role = (await unlessNotFound(context.call("cam", "GetRole", { RoleName: roleName })))?.RoleInfo;
  if (!role) return undefined;
  const { owner } = readTags(role.Tags);
  return {
    properties: {
      roleName,
      trustedServices: servicesOf(role.PolicyDocument ?? ""),
      description: role.Description ?? "",
    },
    attributes: { roleId: role.RoleId ?? "" },
    ...(owner === undefined ? {} : { owner }),
  };
}

interface TrustDocument {
  readonly statement?: readonly { readonly principal?: { readonly service?: string | readonly string[] } }[];
}

/** A trust document that nobody can read trusts no service: it shows as drift and is written again. */
function servicesOf(text: string): string[] {
  try {
    const document = JSON.parse(text) as TrustDocument;
    return (document.statement ?? []).flatMap((statement) => statement.principal?.service ?? []).sort();
  } catch {
    return [];
  }
}
