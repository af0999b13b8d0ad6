import { DefaultTokenResolver, ref, StringConcat, Tokenization, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * How the configuration of a consumer names what `name` is in the configuration of a stack: in another stack by way of an output
 * and a remote state, which cdktf adds.
 */
export function expressionFor(consumer: IConstruct, stack: TerraformStack, name: string): string {
  // Preparing is when cdktf lets one stack refer to another.
  const context = { scope: consumer, resolver, preparing: true };
  return Tokenization.resolve(ref(name, stack), context) as string;
}
