import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { addressOf } from "./address";
import { StackSynthesis } from "./stack-synthesis";

/** What the rules say about a construct and everything below it. */
export class Findings {
  /** Those of a stack, or of any other construct. */
  static of(scope: Construct): Findings {
    return new Findings(scope);
  }

  private constructor(private readonly scope: Construct) {}

  /**
   * Accepts the warnings of one rule here and below. They stay in the report, with the reason. An acknowledgement that
   * matches nothing is a finding itself, so that none outlives its cause.
   *
   * @param rule id as it stands in the finding, for example `CLB-BETA`
   * @param reason why this is fine, for whoever reads the program next
   */
  acknowledge(rule: string, reason: string): void {
    const { acknowledgements } = StackSynthesis.of(TerraformStack.of(this.scope));
    acknowledgements.push({ rule, address: addressOf(this.scope), reason });
  }
}
