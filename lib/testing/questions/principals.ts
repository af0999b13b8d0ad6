import { ScfError } from "../../model/error";
import type { KindName } from "../../model/resources";
import type { Value } from "../../model/value";
import type { AppModel, ModelResource } from "../../rules/app-model";
import { account, identityOf } from "../../rules/identity";
import { groupBy } from "../../rules/per-app";
import { listed, quote } from "../../rules/text";
import { find, pathUnknown } from "./lookup";
import { modelOf, prepare, type PlannedStacks } from "./planned-stacks";
import { unknownText } from "./unknown";

/** A policy by what the plan says of it. */
export interface AttachedPolicy {
  /** Its name, or why it is not known. */
  readonly name: string;
  /** The policy itself, where the plan has it. */
  readonly declared?: ModelResource<"cam_policy">;
}

/** Whoever has policies. */
export interface Principal {
  /** Address of a role or policy; the name of others. */
  readonly address: string;
  /** Id of the account that it is in; empty for the one that deploys. */
  readonly account: string;
  readonly policies: readonly AttachedPolicy[];
}

/** Kinds of attachments, and what those are that have policies by them. */
const holders = {
  cam_policy_attachment: "role",
  cam_user_policy_attachment: "user",
  cam_group_policy_attachment: "group",
} as const satisfies Partial<Record<KindName, string>>;

type Attachment = ModelResource<keyof typeof holders>;

const asked = ["cam_role", "cam_policy"] as const;

/**
 * A role or a policy by its path, or whoever has policies by a name, where the plan does not have it.
 *
 * @throws ScfError `PATH_UNKNOWN` when that is none of these, `PATH_AMBIGUOUS` or `NAME_AMBIGUOUS` when it is several
 */
export function findPrincipal(plan: PlannedStacks, text: string): Principal {
  const app = modelOf(plan);
  const byHolder = groupBy(attachmentsOf(app), holderKey);
  if (prepare(plan).resources.at(asked, text)) {
    const resource = find(plan, text, asked);
    const { address } = resource;
    const policies = resource.is("cam_policy")
      ? [{ name: nameOf(resource), declared: resource }]
      : (byHolder.get(roleKey(resource as ModelResource<"cam_role">)) ?? []).map(policyOf);
    return { address, account: account(resource), policies };
  }
  const declared = new Set(app.ofKind("cam_role").map(roleKey));
  const named = [...byHolder].filter(
    ([key, [first]]) => !declared.has(key) && first && holderName(first) === text,
  );
  const [holder, ...more] = named.flatMap(([, attachments]) => (attachments[0] ? [attachments] : []));
  const [first] = holder ?? [];
  if (!holder || !first) throw pathUnknown(plan, text, asked, "role, user, group or policy");
  if (more.length === 0) {
    return { address: text, account: account(first), policies: holder.map(policyOf) };
  }
  const nouns = named.flatMap(([, [attachment]]) => (attachment ? [`a ${holders[attachment.kind]}`] : []));
  throw new ScfError("NAME_AMBIGUOUS", `${quote(text)} is the name of ${listed(nouns)}.`, {
    fix: "Ask about one of their policies by its path, or about one stack.",
  });
}

function attachmentsOf(app: AppModel): readonly Attachment[] {
  const kinds = Object.keys(holders) as (keyof typeof holders)[];
  return kinds.flatMap((kind) => [...app.ofKind(kind)] as unknown as Attachment[]);
}

function roleKey(role: ModelResource<"cam_role">): string {
  return `${account(role)}|role|${identityOf(role, role.raw("roleName"))}`;
}

function holderKey(attachment: Attachment): string {
  return `${account(attachment)}|${holders[attachment.kind]}|${identityOf(attachment, holderValue(attachment))}`;
}

function holderValue({ planned: { properties } }: Attachment): Value | undefined {
  return properties["roleName"] ?? properties["userName"] ?? properties["uin"] ?? properties["groupId"];
}

function holderName(attachment: Attachment): string | undefined {
  const name = attachment.app.follow(holderValue(attachment));
  return typeof name === "string" || typeof name === "number" ? String(name) : undefined;
}

function policyOf(attachment: Attachment): AttachedPolicy {
  const { app } = attachment;
  const value = attachment.planned.properties["policyName"];
  const identity = identityOf(attachment, value);
  const declared =
    app.targetOfKind(value, "cam_policy") ??
    app
      .ofKind("cam_policy")
      .find(
        (policy) =>
          account(policy) === account(attachment) &&
          identityOf(policy, policy.raw("policyName")) === identity,
      );
  if (declared) return { name: nameOf(declared), declared };
  const name = app.follow(value);
  return { name: typeof name === "string" ? name : unknownText(app, value) };
}

function nameOf(policy: ModelResource<"cam_policy">): string {
  const name: unknown = policy.get("policyName");
  return typeof name === "string" ? name : `policy ${quote(policy.address)}`;
}
