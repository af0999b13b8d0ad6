import { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { presetPolicies, type PresetPolicyName } from "../model/preset-policies";
import { policySchema, type PolicyProperties } from "../model/resources/policy";
import type { Resolvable } from "../model/resource-schema";
import { conditionDocument } from "./condition";
import type { IGrantable } from "./grants";
import { nameFromPath } from "./names";
import { PolicyAttachment, checkPrincipal, freeId } from "./policy-attachment";
import type { PolicyStatement } from "./policy-statement";
import type { Principal } from "./principal";

/** A policy that can be attached. */
export interface IPolicy {
  /** The name, for other resources to refer to. */
  readonly nameReference: Resolvable<string>;
  /** Tells attachments to one role apart. */
  readonly attachmentId: string;
}

/** What a policy is called, and what it allows (CAM-DOC). */
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
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  /** A policy that exists already, the platform's preset ones among them (CAM-PRESET). */
  static fromName(name: string): IPolicy {
    return { nameReference: name, attachmentId: name };
  }

  /** The platform's preset policies that the documents name, by name (CAM-PRESET). They cannot be changed. */
  static readonly presets = Object.fromEntries(
    Object.keys(presetPolicies).map((name) => [name, Policy.fromName(name)]),
  ) as Readonly<Record<PresetPolicyName, IPolicy>>;

  /** The name that it has on the platform. */
  readonly policyName: string;
  /** The name, for other resources to refer to. */
  readonly nameReference: Resolvable<string>;
  readonly attachmentId: string;
  private readonly statements: PolicyStatement[];

  constructor(scope: Construct, id: string, given: PolicyProps = {}) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.policyName = props.name ?? nameFromPath(this, "policy");
    this.attachmentId = this.node.id;
    this.statements = [...(props.statements ?? [])];
    const resource = new ResourceElement(this, policySchema, () => ({
      policyName: this.policyName,
      version: "2.0",
      statement: this.statements.map((statement) => ({
        effect: statement.effect,
        action: statement.actions,
        resource: statement.resources,
        condition: conditionDocument(statement.conditions ?? spelledAsInDocuments(statement)),
      })),
      description: props.description,
    }));
    this.nameReference = resource.reference("policyName");
  }

  /** Adds a statement, as grants do. */
  addToPolicy(statement: PolicyStatement): void {
    this.statements.push(statement);
  }

  /** Gives a role, a user or a group what this policy allows. */
  attachTo(principal: Principal): void {
    checkPrincipal(this, principal);
    new PolicyAttachment(this, freeId(this, `To-${principal.attachmentId}`, principal), {
      policy: this,
      to: principal,
    });
  }
}

/** The platform spells it `condition`: without a look at that, a program in plain JavaScript would allow more than it says. */
function spelledAsInDocuments(statement: PolicyStatement): PolicyStatement["conditions"] {
  return (statement as { readonly condition?: PolicyStatement["conditions"] }).condition;
}
