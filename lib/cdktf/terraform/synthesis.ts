import type { IResolvable } from "cdktf";
import type { IConstruct } from "constructs";
import type { Plan } from "../../model/plan";
import type { Reference } from "../../model/value";

/** What Terraform is told of the resources of one stack. */
export interface TerraformSynthesis {
  /**
   * How Terraform's configuration names a property or attribute of a resource of this stack: `${scf_function.orders.function_id}`.
   *
   * @param consumer the construct whose configuration asks for it; it may stand in another stack
   */
  expression(kind: string, address: string, name: string, consumer: IConstruct): string | IResolvable;
  /** Called before cdktf writes the first stack, for what a resource of this stack refers to in another. */
  prepare?(reference: Reference): void;
  /** Told when the plans of all stacks are known, before cdktf writes anything of this stack. */
  planned?(plan: Plan, others: (stack: string) => OtherStack | undefined): void;
  /** Has a value kept where the plans of other stacks find it; absent where Terraform's own state holds it. */
  keep?(address: string, name: string): void;
  /** Writes what Terraform needs beside `cdk.tf.json`, once the plan is written. */
  write(plan: Plan, directory: string): void;
}

/** Another stack of the app that has a plan. */
export interface OtherStack {
  readonly terraform: TerraformSynthesis | undefined;
}
