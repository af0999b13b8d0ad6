import { roleSchema, type RoleProperties } from "../model/resources/role";
import { OWNER_TAG } from "../model/owner-tag";
import type { Response } from "../platform/api";
import { consistency } from "./consistency";
import { everyRole } from "./every-principal";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { readTags, writeTags } from "./ownership";
import { asFound } from "./plan-shape";

const SHAPE = "name";

export const roleKind: Kind<typeof roleSchema> = {
  schema: roleSchema,
  identity: ({ roleName }) => roleName,
  exclusive: ({ roleName }) => [`role ${roleName}`],
  replacement: "delete-first",
  // In the tags of CreateRole.
  marked: true,
  timeoutMs: 60_000,
  consistencyMs: consistency.accessManagement,

  async read(context, { properties, attributes }) {
    const live = await readLive(context, properties.roleName);
    return isOther(attributes.roleId, live) ? undefined : live;
  },

  find: (context, wanted) => readLive(context, wanted.roleName),

  async create(context, wanted) {
    const { RoleId } = await context.call("cam", "CreateRole", {
      RoleName: wanted.roleName,
      PolicyDocument: trustOf(wanted),
      Tags: writeTags(wanted.tags, context.owner),
      ...(wanted.description ? { Description: wanted.description } : {}),
    });
    return { roleId: RoleId ?? "" };
  },

  async update(context, wanted, _recorded, changed) {
    if (changed.has("trustedServices") || changed.has("trustedAccounts")) {
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
    if (changed.has("tags")) await updateTags(context, wanted);
    return {};
  },

  async delete(context, { properties, attributes }) {
    // Somebody may have deleted it and made another of its name: that one is theirs.
    const { roleId } = attributes;
    if (roleId && isOther(roleId, await readLive(context, properties.roleName))) return;
    await unlessNotFound(context.call("cam", "DeleteRole", { RoleName: properties.roleName }));
  },

  import: {
    id: SHAPE,

    async find(context, id) {
      return readLive(context, importParts(roleSchema.title, SHAPE, /^([^/:]+)$/, id)[0] ?? "");
    },

    async mark(context, { properties: { roleName: RoleName } }) {
      await context.call("cam", "TagRole", { RoleName, Tags: [{ Key: OWNER_TAG, Value: context.owner }] });
    },

    async list(context) {
      return (await everyRole(context)).map((role) => asFound(roleSchema, role.RoleName ?? "", liveOf(role)));
    },
  },
};

/** The mark of ownership stays as it is. */
async function updateTags(
  context: OperationContext,
  { roleName: RoleName, tags = {} }: RoleProperties,
): Promise<void> {
  const live = (await readLive(context, RoleName))?.properties["tags"] ?? {};
  const TagKeys = Object.keys(live).filter((key) => !Object.hasOwn(tags, key));
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (TagKeys.length > 0) await context.call("cam", "UntagRole", { RoleName, TagKeys });
  if (Tags.length > 0) await context.call("cam", "TagRole", { RoleName, Tags });
}

/** The platform gives no id twice: another role has been made in the place of the one that is recorded. */
function isOther(roleId: string | undefined, live: Live | undefined): boolean {
  const found = live?.attributes["roleId"];
  return Boolean(roleId) && Boolean(found) && found !== roleId;
}

function trustOf({ trustedServices, trustedAccounts = [] }: RoleProperties): string {
  const principal = {
    ...(trustedServices.length > 0 || trustedAccounts.length === 0 ? { service: trustedServices } : {}),
    ...(trustedAccounts.length > 0 ? { qcs: trustedAccounts.map(accountPrincipal) } : {}),
  };
  return JSON.stringify({
    version: "2.0",
    statement: [{ action: "name/sts:AssumeRole", effect: "allow", principal }],
  });
}

/** Whoever may act for a whole account. */
function accountPrincipal(uin: string): string {
  return `qcs::cam::uin/${uin}:root`;
}

async function readLive(context: ReadContext, roleName: string): Promise<Live | undefined> {
  const role = (await unlessNotFound(context.call("cam", "GetRole", { RoleName: roleName })))?.RoleInfo;
  return role && liveOf(role);
}

function liveOf(role: NonNullable<Response<"cam", "GetRole">["RoleInfo"]>): Live {
  const { tags, owner } = readTags(role.Tags);
  return {
    properties: {
      roleName: role.RoleName ?? "",
      ...trustFrom(role.PolicyDocument ?? ""),
      description: role.Description ?? "",
      tags,
    },
    attributes: { roleId: role.RoleId ?? "" },
    ...(owner === undefined ? {} : { owner }),
  };
}

interface Principal {
  readonly service?: string | readonly string[];
  readonly qcs?: string | readonly string[];
}
interface TrustDocument {
  readonly statement?: readonly { readonly principal?: Principal }[];
}

/** A trust document that nobody can read trusts nobody: it shows as drift and is written again. */
function trustFrom(text: string): { trustedServices: string[]; trustedAccounts: string[] } {
  const principals = principalsIn(text);
  return {
    trustedServices: principals.flatMap((principal) => principal.service ?? []).sort(),
    // A user of an account, which a plan cannot say, shows as it is.
    trustedAccounts: principals
      .flatMap((principal) => principal.qcs ?? [])
      .map((name) => /^qcs::cam::uin\/(\d+):root$/.exec(name)?.[1] ?? name)
      .sort(),
  };
}

function principalsIn(text: string): readonly Principal[] {
  try {
    const document = JSON.parse(text) as TrustDocument;
    return (document.statement ?? []).map((statement) => statement.principal ?? {});
  } catch {
    return [];
  }
}
