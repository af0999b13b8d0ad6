import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * How plans, state and findings name a construct: its path, beginning with the stack's id wherever the stack itself
 * stands; the main child `Resource` does not count.
 */
export function addressOf(construct: IConstruct): string {
  const stack = TerraformStack.of(construct);
  if (construct === stack) return stack.node.id;
  const inside = construct.node.path.slice(stack.node.path === "" ? 0 : stack.node.path.length + 1);
  return `${stack.node.id}/${inside.replace(/\/Resource$/, "")}`;
}
