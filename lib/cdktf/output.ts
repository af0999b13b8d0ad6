import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { PlannedOutput } from "../model/plan";
import { Defaults } from "./defaults";
import { toPlanValue } from "./plan-values";
import { StackSynthesis } from "./stack-synthesis";

/** What an output holds. */
export interface OutputProps {
  /** What to show after a deploy: text, a number, or an attribute of a construct. */
  readonly value: unknown;
  /**
   * What it is, for people.
   * @default none
   */
  readonly description?: string;
  /**
   * Whether the value must not be shown.
   * @default false
   */
  readonly sensitive?: boolean;
}

/** A value that a deploy shows at its end, and that `cdktf-scf output` reads back. Its name is the construct's id. */
export class OutputElement extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  private readonly props: OutputProps;

  constructor(scope: Construct, id: string, given: OutputProps) {
    super(scope, id);
    this.props = Defaults.complete(this, given);
    StackSynthesis.of(TerraformStack.of(this)).addOutput(this);
  }

  /** @internal */
  plan(): PlannedOutput {
    return {
      value: toPlanValue(this.props.value, this) ?? null,
      ...(this.props.description === undefined ? {} : { description: this.props.description }),
      ...(this.props.sensitive ? { sensitive: true } : {}),
    };
  }
}
