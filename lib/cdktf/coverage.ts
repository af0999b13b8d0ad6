import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { addressOf } from "./address";
import { AppSynthesis } from "./app-synthesis";

/** Whether an address is that of a scope or of something below it; a scope outside of every stack has whole stacks below. */
export function coverageOf(scope: IConstruct): (address: string) => boolean {
  const address = scopeAddress(scope);
  if (address !== "") return (other) => other === address || other.startsWith(`${address}/`);
  if (!scope.node.scope) return () => true;
  const app = AppSynthesis.of(scope);
  return (other) => app.stackOf(other)?.stack.node.scopes.includes(scope) ?? false;
}

/** How findings name a scope; empty outside of every stack. */
export function scopeAddress(scope: IConstruct): string {
  return scope.node.scopes.some((one) => TerraformStack.isStack(one)) ? addressOf(scope) : "";
}
