import { formatTime, parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { pageOfNumber } from "./paging";
import { checkPolicyDocument } from "./document";

export interface PolicyRow {
  readonly id: number;
  readonly name: string;
  readonly preset: number;
  readonly description: string;
  readonly document: string;
  readonly tags: string;
  readonly created: number;
  readonly modified: number;
}

interface Tag {
  Key: string;
  Value: string;
}

const descriptionCharacters = 300;

export function lookUpPolicy(
  context: Context,
  id: number | undefined,
  name: string | undefined,
): PolicyRow | undefined {
  if (id !== undefined) return context.database.get<PolicyRow>("SELECT * FROM policies WHERE id = ?", id);
  return context.database.get<PolicyRow>("SELECT * FROM policies WHERE name = ?", name ?? "");
}

function checkPolicyName(context: Context, name: string): void {
  if (!/^[A-Za-z0-9_+=,.@-]{1,128}$/.test(name)) {
    refuse(
      "InvalidParameter.PolicyNameError",
      "The name of a policy has 1 to 128 letters, digits and _+=,.@-",
    );
  }
  if (lookUpPolicy(context, undefined, name)) {
    refuse("FailedOperation.PolicyNameInUse", `The policy ${name} exists already`);
  }
}

function checkPolicyDescription(description: string): void {
  if (description.length <= descriptionCharacters) return;
  refuse(
    "InvalidParameter.DescriptionLengthOverlimit",
    `The description has ${description.length} characters; ${descriptionCharacters} at most are allowed`,
  );
}

/** Policies are of the type 1 when somebody made them and of the type 2 when the platform did. */
function typeOf(policy: PolicyRow): number {
  return policy.preset === 1 ? 2 : 1;
}

const scopes = { All: "preset IN (0, 1)", QCS: "preset = 1", Local: "preset = 0" } as const;

export const policies = {
  CreatePolicy(context, request) {
    const { database, now } = context;
    checkPolicyName(context, request.PolicyName);
    checkPolicyDescription(request.Description ?? "");
    checkPolicyDocument(request.PolicyDocument);
    const id = database.insert(
      `INSERT INTO policies (name, preset, description, document, tags, created, modified)
       VALUES (?, 0, ?, ?, ?, ?, ?)`,
      request.PolicyName,
      request.Description ?? "",
      request.PolicyDocument,
      JSON.stringify(request.Tags ?? []),
      now,
      now,
    );
    return { PolicyId: id };
  },

  /** By id, in which case a name is a new one; or by name alone. */
  UpdatePolicy(context, request) {
    if (request.PolicyId === undefined && request.PolicyName === undefined) {
      refuse("InvalidParameter.ParamError", "PolicyId or PolicyName is needed");
    }
    const policy =
      lookUpPolicy(context, request.PolicyId, request.PolicyName) ??
      refuse(
        "ResourceNotFound.PolicyIdNotFound",
        `The policy ${request.PolicyId ?? request.PolicyName} does not exist`,
      );
    if (policy.preset === 1)
      refuse("InvalidParameter.PolicyIdError", `${policy.name} is a preset policy: it is read only`);
    const name = request.PolicyName ?? policy.name;
    if (name !== policy.name) checkPolicyName(context, name);
    checkPolicyDescription(request.Description ?? "");
    if (request.PolicyDocument !== undefined) checkPolicyDocument(request.PolicyDocument);
    context.database.run(
      "UPDATE policies SET name = ?, description = ?, document = ?, modified = ? WHERE id = ?",
      name,
      request.Description ?? policy.description,
      request.PolicyDocument ?? policy.document,
      context.now,
      policy.id,
    );
    return { PolicyId: policy.id };
  },

  DeletePolicy(context, request) {
    for (const id of request.PolicyId) {
      const policy =
        lookUpPolicy(context, id, undefined) ??
        refuse("ResourceNotFound.PolicyIdNotFound", `The policy ${id} does not exist`);
      if (policy.preset === 1)
        refuse("InvalidParameter.PolicyIdError", `${policy.name} is a preset policy: it is read only`);
      context.database.run("DELETE FROM policies WHERE id = ?", id);
    }
    return {};
  },

  GetPolicy(context, request) {
    const policy =
      lookUpPolicy(context, request.PolicyId, undefined) ??
      refuse("ResourceNotFound.PolicyIdNotFound", `The policy ${request.PolicyId} does not exist`);
    return {
      PolicyName: policy.name,
      Description: policy.description,
      Type: typeOf(policy),
      PolicyDocument: policy.document,
      PresetAlias: "",
      IsServiceLinkedRolePolicy: 0,
      Tags: parseJson<Tag[]>(policy.tags),
      AddTime: formatTime(policy.created),
      UpdateTime: formatTime(policy.modified),
    };
  },

  ListPolicies(context, request) {
    const scope = request.Scope ?? "All";
    const condition = Object.hasOwn(scopes, scope) ? scopes[scope as keyof typeof scopes] : undefined;
    if (!condition) refuse("InvalidParameter.ScopeError", "Scope is one of All, QCS, Local");
    const { limit, offset } = pageOfNumber(request.Page, request.Rp);
    const where = `FROM policies WHERE ${condition} AND instr(name, ?) > 0`;
    const keyword = request.Keyword ?? "";
    const total = context.database.get<{ n: number }>(`SELECT count(*) AS n ${where}`, keyword);
    const rows = context.database.all<PolicyRow & { attachments: number }>(
      `SELECT *, (SELECT count(*) FROM role_policies WHERE policy = policies.id)
         + (SELECT count(*) FROM user_policies WHERE policy = policies.id)
         + (SELECT count(*) FROM group_policies WHERE policy = policies.id) AS attachments ${where}
       ORDER BY id LIMIT ? OFFSET ?`,
      keyword,
      limit,
      offset,
    );
    return {
      TotalNum: total?.n ?? 0,
      List: rows.map((row) => ({
        PolicyId: row.id,
        PolicyName: row.name,
        Type: typeOf(row),
        Description: row.description,
        CreateMode: 2,
        Attachments: row.attachments,
        Tags: parseJson<Tag[]>(row.tags),
        AddTime: formatTime(row.created),
        UpdateTime: formatTime(row.modified),
      })),
      ServiceTypeList: [],
    };
  },
} satisfies Partial<Handlers<"cam">>;
