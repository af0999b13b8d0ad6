import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { policyAttachmentSchema } from "../model/resources/policy-attachment";
import { policySchema, type PolicyProperties } from "../model/resources/policy";
import type { Resolvable } from "../model/resource-schema";
import type { IGrantable } from "./grants";
import { nameFromPath } from "./names";
import type { PolicyStatement } from "./policy-statement";
import type { IRole } from "./role";

/** A policy that can be attached. */
export interface IPolicy {
  readonly nameReference: Resolvable<string>;
  /** Tells attachments to one role apart. */
  readonly attachmentId: string;
}

export interface PolicyProps {
  /**
   * Name, unique in the account. A change replaces the policy.
   * @default made from the construct's path
   */
  readonly name?: PolicyProperties["policyName"];
  /**
   * For people.
   * @default none
   */
  readonly description?: PolicyProperties["description"];
  /**
   * What it says.
   * @default nothing; statements are added, or come from grants
   */
  readonly statements?: readonly PolicyStatement[];
}

/** What whoever it is attached to may do. */
export class Policy extends Construct implements IPolicy, IGrantable {
  /** A policy that exists already, the platform's preset ones among them (CAM-PRESET). */
  static fromName(name: string): IPolicy {
    return { nameReference: name, attachmentId: name };
  }

  readonly policyName: string;
  readonly nameReference: Resolvable<string>;
  readonly attachmentId: string;
  private readonly statements: PolicyStatement[];

  constructor(scope: Construct, id: string, props: PolicyProps = {}) {
    super(scope, id);
    this.policyName = props.name ?? nameFromPath(this, 128);
    this.attachmentId = this.node.id;
    this.statements = [...(props.statements ?? [])];
    const resource = new ResourceElement(this, "Resource", policySchema, () => ({
      policyName: this.policyName,
      version: "2.0",
      statement: this.statements.map((statement) => ({
        effect: statement.effect,
        action: statement.actions,
        resource: statement.resources,
        condition: statement.conditions,
      })),
      description: props.description,
    }));
    this.nameReference = resource.reference("policyName");
  }

  addToPolicy(statement: PolicyStatement): void {
    this.statements.push(statement);
  }

  /** Gives a role what this policy allows. */
  attachTo(role: IRole): void {
    attachPolicy(this, freeId(this, `To-${role.attachmentId}`, role), this, role);
  }
}

/** An id below `scope` that tells what is attached; with a part of its address where two have the same id. */
export function freeId(scope: Construct, id: string, other: IPolicy | IRole): string {
  if (!scope.node.tryFindChild(id)) return id;
  return Construct.isConstruct(other) ? `${id}-${other.node.addr.slice(-8)}` : id;
}

/** Declares that a role has a policy. */
export function attachPolicy(scope: Construct, id: string, policy: IPolicy, role: IRole): void {
  new ResourceElement(scope, id, policyAttachmentSchema, () => ({
    roleName: role.nameReference,
    policyName: policy.nameReference,
  }));
}
