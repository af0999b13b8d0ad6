import type { Plan } from "../../model/plan";
import type { Value } from "../../model/value";
import type { ModelResource } from "../../rules/app-model";
import { identityOf } from "../../rules/identity";
import { groupBy } from "../../rules/per-app";
import { quote } from "../../rules/text";
import { candidateOf, choose, type Candidate } from "./lookup";
import { modelOf } from "./model";
import { unknownText } from "./unknown";

/** A policy by what the plan says of it. */
export interface AttachedPolicy {
  /** Its name, or why it is not known. */
  readonly name: string;
  /** The policy itself, where the stack declares it. */
  readonly declared?: ModelResource<"cam_policy">;
}

/** Whoever has policies. */
export interface Principal extends Candidate {
  readonly policies: readonly AttachedPolicy[];
}

type Attachment = ModelResource<
  "cam_policy_attachment" | "cam_user_policy_attachment" | "cam_group_policy_attachment"
>;

/**
 * A role, a user or group that a policy is attached to, a policy by itself, or one attachment.
 *
 * @throws ScfError `TARGET_UNKNOWN`, `TARGET_AMBIGUOUS` or `TARGET_KIND` when that is none of these, or several
 */
export function findPrincipal(plan: Plan, text: string): Principal {
  const app = modelOf(plan);
  const attachments: readonly Attachment[] = [
    ...app.ofKind("cam_policy_attachment"),
    ...app.ofKind("cam_user_policy_attachment"),
    ...app.ofKind("cam_group_policy_attachment"),
  ] as Attachment[];
  const byHolder = groupBy(attachments, holderIdentity);
  const roles = app.ofKind("cam_role").map((role): Principal => {
    const own = byHolder.get(identityOf(role, role.raw("roleName"))) ?? [];
    return { ...candidateOf(role), policies: own.map(policyOf) };
  });
  const declared = new Set(app.ofKind("cam_role").map((role) => identityOf(role, role.raw("roleName"))));
  const others = [...byHolder].flatMap(([identity, own]): Principal[] => {
    const [first] = own;
    if (!first || declared.has(identity)) return [];
    const name = holderName(first);
    return name === undefined ? [] : [{ address: name, names: [], policies: own.map(policyOf) }];
  });
  const policies = app.ofKind("cam_policy").map((policy): Principal => ({
    ...candidateOf(policy),
    policies: [{ name: nameOf(policy), declared: policy }],
  }));
  const single = attachments.map((attachment): Principal => ({
    address: attachment.address,
    names: [attachment.address.slice(attachment.address.indexOf("/") + 1)],
    policies: [policyOf(attachment)],
  }));
  // A role is what is meant where something else has its name as well.
  const groups = [roles, others, policies, single];
  const group = groups.find((candidates) =>
    candidates.some(({ address, names }) => address === text || names.includes(text)),
  );
  return choose(plan, text, ["role", "user", "group", "policy"], group ?? groups.flat());
}

function holderIdentity(attachment: Attachment): string {
  return identityOf(attachment, holderValue(attachment));
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
    app.ofKind("cam_policy").find((policy) => identityOf(policy, policy.raw("policyName")) === identity);
  if (declared) return { name: nameOf(declared), declared };
  const name = app.follow(value);
  return { name: typeof name === "string" ? name : unknownText(app, value) };
}

function nameOf(policy: ModelResource<"cam_policy">): string {
  const name: unknown = policy.get("policyName");
  return typeof name === "string" ? name : `policy ${quote(policy.address)}`;
}
