import { randomInt } from "node:crypto";
import { account, formatTime, parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { allowsService, checkTrustDocument } from "./document";
import { pageOfNumber } from "./paging";
import { lookUpPolicy } from "./policies";
import type { PolicyRow } from "./policies";

interface RoleRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly document: string;
  readonly console_login: number;
  readonly session_duration: number;
  readonly tags: string;
  readonly created: number;
  readonly modified: number;
}

interface RoleTag {
  Key: string;
  Value: string;
}

const descriptionCharacters = 1000;
const sessionSeconds = 7200;

export function lookUpRoleByName(context: Context, name: string): RoleRow | undefined {
  return context.database.get<RoleRow>("SELECT * FROM roles WHERE name = ?", name);
}

export function trustsService(role: RoleRow, service: string): boolean {
  return allowsService(role.document, service);
}

/** By id or by name; the id decides when both are given. */
function findRole(context: Context, id: string | undefined, name: string | undefined): RoleRow {
  if (id === undefined && name === undefined) {
    refuse("InvalidParameter.ParamError", "The id or the name of a role is needed");
  }
  const found =
    id === undefined
      ? lookUpRoleByName(context, name ?? "")
      : context.database.get<RoleRow>("SELECT * FROM roles WHERE id = ?", id);
  return found ?? refuse("InvalidParameter.RoleNotExist", `The role ${id ?? name ?? ""} does not exist`);
}

function findPolicy(context: Context, id: number | undefined, name: string | undefined): PolicyRow {
  if (id === undefined && name === undefined) {
    refuse("InvalidParameter.ParamError", "PolicyId or PolicyName is needed");
  }
  return (
    lookUpPolicy(context, id, name) ??
    refuse("InvalidParameter.PolicyIdNotExist", `The policy ${id ?? name} does not exist`)
  );
}

function checkRoleDescription(description: string): void {
  if (description.length <= descriptionCharacters) return;
  refuse(
    "InvalidParameter.DescriptionLengthOverlimit",
    `The description has ${description.length} characters; ${descriptionCharacters} at most are allowed`,
  );
}

function describeRole(role: RoleRow) {
  return {
    RoleId: role.id,
    RoleName: role.name,
    RoleArn: `qcs::cam::uin/${account.uin}:roleName/${role.name}`,
    RoleType: "user",
    Description: role.description,
    PolicyDocument: role.document,
    ConsoleLogin: role.console_login,
    SessionDuration: role.session_duration,
    Tags: parseJson<RoleTag[]>(role.tags),
    AddTime: formatTime(role.created),
    UpdateTime: formatTime(role.modified),
  };
}

/** Ids of roles are numbers past what JSON can carry, written as text. */
function mintRoleId(): string {
  return `46116860184${String(randomInt(1e8)).padStart(8, "0")}`;
}

export const roles = {
  CreateRole(context, request) {
    const { database, now } = context;
    const name = request.RoleName;
    if (!/^[A-Za-z0-9_+=,.@-]{1,128}$/.test(name)) {
      refuse("InvalidParameter.RoleNameError", "The name of a role has 1 to 128 letters, digits and _+=,.@-");
    }
    if (lookUpRoleByName(context, name))
      refuse("InvalidParameter.RoleNameInUse", `The role ${name} exists already`);
    checkRoleDescription(request.Description ?? "");
    checkTrustDocument(request.PolicyDocument);
    const id = mintRoleId();
    database.run(
      `INSERT INTO roles
         (id, name, description, document, console_login, session_duration, tags, created, modified)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      name,
      request.Description ?? "",
      request.PolicyDocument,
      request.ConsoleLogin ?? 0,
      request.SessionDuration ?? sessionSeconds,
      JSON.stringify(request.Tags ?? []),
      now,
      now,
    );
    return { RoleId: id };
  },

  GetRole(context, request) {
    return { RoleInfo: describeRole(findRole(context, request.RoleId, request.RoleName)) };
  },

  DescribeRoleList(context, request) {
    const { limit, offset } = pageOfNumber(request.Page, request.Rp);
    const wanted = request.Tags ?? [];
    const found = context.database
      .all<RoleRow>("SELECT * FROM roles ORDER BY created, id")
      .filter(({ tags }) => {
        const own = parseJson<RoleTag[]>(tags);
        return wanted.every((tag) => own.some(({ Key, Value }) => Key === tag.Key && Value === tag.Value));
      });
    return { TotalNum: found.length, List: found.slice(offset, offset + limit).map(describeRole) };
  },

  /** Sets these tags, and leaves the others. */
  TagRole(context, request) {
    const role = findRole(context, request.RoleId, request.RoleName);
    const set = new Set(request.Tags.map(({ Key }) => Key));
    const kept = parseJson<RoleTag[]>(role.tags).filter(({ Key }) => !set.has(Key));
    const tags = JSON.stringify([...kept, ...request.Tags]);
    context.database.run("UPDATE roles SET tags = ?, modified = ? WHERE id = ?", tags, context.now, role.id);
    return {};
  },

  UntagRole(context, request) {
    const role = findRole(context, request.RoleId, request.RoleName);
    const removed = new Set(request.TagKeys);
    const tags = JSON.stringify(parseJson<RoleTag[]>(role.tags).filter(({ Key }) => !removed.has(Key)));
    context.database.run("UPDATE roles SET tags = ?, modified = ? WHERE id = ?", tags, context.now, role.id);
    return {};
  },

  /** Policies that were attached are detached; functions that run as this role keep its name. */
  DeleteRole(context, request) {
    const role = findRole(context, request.RoleId, request.RoleName);
    context.database.run("DELETE FROM roles WHERE id = ?", role.id);
    return {};
  },

  UpdateAssumeRolePolicy(context, request) {
    const role = findRole(context, request.RoleId, request.RoleName);
    checkTrustDocument(request.PolicyDocument);
    context.database.run(
      "UPDATE roles SET document = ?, modified = ? WHERE id = ?",
      request.PolicyDocument,
      context.now,
      role.id,
    );
    return {};
  },

  UpdateRoleDescription(context, request) {
    const role = findRole(context, request.RoleId, request.RoleName);
    checkRoleDescription(request.Description);
    context.database.run(
      "UPDATE roles SET description = ?, modified = ? WHERE id = ?",
      request.Description,
      context.now,
      role.id,
    );
    return {};
  },

  /** Attaching what is attached changes nothing. */
  AttachRolePolicy(context, request) {
    const role = findRole(context, request.AttachRoleId, request.AttachRoleName);
    const policy = findPolicy(context, request.PolicyId, request.PolicyName);
    context.database.run(
      "INSERT INTO role_policies (role, policy, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      role.id,
      policy.id,
      context.now,
    );
    return {};
  },

  DetachRolePolicy(context, request) {
    const role = findRole(context, request.DetachRoleId, request.DetachRoleName);
    const policy = findPolicy(context, request.PolicyId, request.PolicyName);
    context.database.run("DELETE FROM role_policies WHERE role = ? AND policy = ?", role.id, policy.id);
    return {};
  },

  ListAttachedRolePolicies(context, request) {
    const role = findRole(context, request.RoleId, request.RoleName);
    const { limit, offset } = pageOfNumber(request.Page, request.Rp);
    const type = request.PolicyType;
    const preset = type === "QCS" ? 1 : type === "User" ? 0 : null;
    const attached = context.database
      .all<PolicyRow & { attached: number }>(
        `SELECT policies.*, role_policies.created AS attached FROM role_policies
         JOIN policies ON policies.id = policy
         WHERE role = ? AND (? IS NULL OR preset = ?) AND instr(name, ?) > 0 ORDER BY policy`,
        role.id,
        preset,
        preset,
        request.Keyword ?? "",
      )
      .map((row) => ({
        PolicyId: row.id,
        PolicyName: row.name,
        PolicyType: row.preset === 1 ? "QCS" : "User",
        CreateMode: 2,
        Description: row.description,
        AddTime: formatTime(row.attached),
      }));
    return { TotalNum: attached.length, List: attached.slice(offset, offset + limit) };
  },
} satisfies Partial<Handlers<"cam">>;
