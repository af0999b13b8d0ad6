import { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { CONFIGURATION_ROLE, FUNCTION_SERVICE } from "../model/permissions";
import { roleSchema, type RoleProperties } from "../model/resources/role";
import type { Resolvable } from "../model/resource-schema";
import type { IGrantable } from "./grants";
import { nameFromPath } from "./names";
import { Policy, type IPolicy } from "./policy";
import { PolicyAttachment, checkPolicy, freeId } from "./policy-attachment";
import type { PolicyStatement } from "./policy-statement";

/** A role, by name. */
export interface IRole {
  /** The name, for other resources to refer to. */
  readonly nameReference: Resolvable<string>;
  /** Tells attachments of one policy apart. */
  readonly attachmentId: string;
}

/** What a role is called, and who may take it on (CAM-ROLE). */
export interface RoleProps {
  /**
   * Name, unique in the account. A change replaces the role.
   * @default made from the construct's path
   */
  readonly name?: RoleProperties["roleName"];
  /**
   * Services that may take it on (CAM-ROLE).
   * @default ["scf.qcloud.com"], what functions need (FN-ROLE)
   */
  readonly trustedServices?: readonly string[];
  /**
   * Accounts whose users may take it on, by account id.
   * @default none
   */
  readonly trustedAccounts?: readonly string[];
  /**
   * For people.
   * @default none
   */
  readonly description?: RoleProperties["description"];
  /**
   * Tags, by key (TAG-RESERVED).
   * @default none
   */
  readonly tags?: RoleProperties["tags"];
}

/** An identity that functions run with. */
export class Role extends Construct implements IRole, IGrantable {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** A role that exists already: who may take it on is not known, so that is not checked. */
  static fromName(name: string): IRole {
    return { nameReference: name, attachmentId: name };
  }

  /**
   * The role that the platform itself works with, `SCF_QcsRole`: it reads packages, and makes triggers. Functions can run
   * with it as well; every account has it once somebody has agreed to it in the console (CAM-ROLE).
   */
  static readonly configuration: IRole = Role.fromName(CONFIGURATION_ROLE);

  /** The name that it has on the platform. */
  readonly roleName: string;
  /** The name, for other resources to refer to. */
  readonly nameReference: Resolvable<string>;
  readonly attachmentId: string;
  private ownPolicy: Policy | undefined;

  constructor(scope: Construct, id: string, given: RoleProps = {}) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.roleName = props.name ?? nameFromPath(this, "role");
    this.attachmentId = this.node.id;
    const resource = new ResourceElement(this, roleSchema, () => ({
      roleName: this.roleName,
      trustedServices: props.trustedServices ?? [FUNCTION_SERVICE],
      trustedAccounts: props.trustedAccounts,
      description: props.description,
      tags: props.tags,
    }));
    this.nameReference = resource.reference("roleName");
  }

  /** Attaches a policy, an own or a preset one. */
  attachPolicy(policy: IPolicy): void {
    checkPolicy(this, policy);
    new PolicyAttachment(this, freeId(this, `Has-${policy.attachmentId}`, policy), { policy, to: this });
  }

  /** Adds to a policy of the role's own, which is made and attached with the first statement. */
  addToPolicy(statement: PolicyStatement): void {
    if (!this.ownPolicy) {
      this.ownPolicy = new Policy(this, "Policy");
      new PolicyAttachment(this, "PolicyAttachment", { policy: this.ownPolicy, to: this });
    }
    this.ownPolicy.addToPolicy(statement);
  }
}
