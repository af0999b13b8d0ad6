import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

/** A function for the examples of guardrails. */
export function exampleFunction(stack: Construct, props: Partial<scf.FunctionProps>): scf.Function {
  return new scf.Function(stack, "orders", {
    runtime: scf.Runtime.NODEJS_16_13,
    handler: "index.main_handler",
    code: scf.Code.fromInline("exports.main_handler = async () => 'orders';"),
    ...props,
  });
}
