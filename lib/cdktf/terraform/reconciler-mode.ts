import type { TerraformStack } from "cdktf";
import type { Plan } from "../../model/plan";
import type { TerraformSynthesis } from "./synthesis";

/** Terraform runs the bundled reconciler on the plan, from one `null_resource`. */
export class ReconcilerMode implements TerraformSynthesis {
  constructor(private readonly stack: TerraformStack) {}

  expression(_kind: string, address: string, name: string): string {
    throw new Error(`\`${name}\` of ${address} cannot be read in ${this.stack.node.path}.`);
  }

  write(_plan: Plan, _directory: string): void {}
}
