import { Construct } from "constructs";
import { addressOf, ResourceElement } from "../cdktf";
import { ScfError } from "../model/error";
import { kindOf } from "../model/misfit";
import { groupPolicyAttachmentSchema } from "../model/resources/group-policy-attachment";
import { policyAttachmentSchema } from "../model/resources/policy-attachment";
import { userPolicyAttachmentSchema } from "../model/resources/user-policy-attachment";
import type { IPolicy } from "./policy";
import type { Principal } from "./principal";

/** Which policy whom is given. */
export interface PolicyAttachmentProps {
  /** The policy, an own or a preset one. */
  readonly policy: IPolicy;
  /** The role, user or group that gets what it allows. */
  readonly to: Principal;
}

/** Gives a role, a user or a group what a policy allows. */
export class PolicyAttachment extends Construct {
  constructor(scope: Construct, id: string, props: PolicyAttachmentProps) {
    super(scope, id);
    const { policy, to } = props;
    checkPolicy(this, policy);
    checkPrincipal(this, to);
    const policyName = policy.nameReference;
    if (!("principalType" in to)) {
      const roleName = to.nameReference;
      new ResourceElement(this, policyAttachmentSchema, () => ({ roleName, policyName }));
    } else if (to.principalType === "user") {
      const { userName, uin } = to;
      new ResourceElement(this, userPolicyAttachmentSchema, () => ({ userName, uin, policyName }));
    } else {
      const { groupId } = to;
      new ResourceElement(this, groupPolicyAttachmentSchema, () => ({ groupId, policyName }));
    }
  }
}

/** Programs in plain JavaScript may give a name instead. */
export function checkPolicy(scope: Construct, policy: unknown): void {
  if ((policy as IPolicy | null | undefined)?.nameReference !== undefined) return;
  const name = JSON.stringify(typeof policy === "string" ? policy : "name");
  throw new ScfError("POLICY", `${addressOf(scope)}: a policy must be a Policy, but is ${kindOf(policy)}.`, {
    fix: `Say Policy.fromName(${name}).`,
  });
}

/** Programs in plain JavaScript may give a name instead. */
export function checkPrincipal(scope: Construct, to: unknown): void {
  const given = to as
    { readonly principalType?: unknown; readonly nameReference?: unknown } | null | undefined;
  if (given?.principalType !== undefined || given?.nameReference !== undefined) return;
  const says = (kind: string, name: unknown) => `${kind}(${JSON.stringify(name)})`;
  const user = says("User.fromName", typeof to === "string" ? to : "name");
  throw new ScfError(
    "PRINCIPAL",
    `${addressOf(scope)}: a policy is attached to a role, a user or a group, but what is given is ${kindOf(to)}.`,
    {
      fix:
        typeof to === "number"
          ? `Say ${says("Group.fromId", to)}.`
          : `Say ${user}; or Role.fromName for a role, and Group.fromId for a group.`,
    },
  );
}

/** An id below `scope` that tells what is attached; with a part of its address where two have the same id. */
export function freeId(scope: Construct, id: string, other: IPolicy | Principal): string {
  const plain = id.replaceAll("/", "-");
  if (!scope.node.tryFindChild(plain)) return plain;
  return Construct.isConstruct(other) ? `${plain}-${other.node.addr.slice(-8)}` : plain;
}
