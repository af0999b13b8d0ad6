import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/** What Terraform's configuration has for a value with tokens in it. */
export function terraformValue(value: unknown, scope: IConstruct): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false }) as unknown;
}

export function terraformText(value: unknown, scope: IConstruct): string {
  return String(terraformValue(value, scope));
}
