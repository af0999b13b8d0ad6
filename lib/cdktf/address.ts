import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** How plans, state and findings name a construct: its path, beginning with the stack's id wherever the stack itself stands. */
export function addressOf(construct: IConstruct): string {
  let scope: IConstruct | undefined = construct;
  let address = scope.node.id;
  while (!isStack(scope)) {
    scope = scope.node.scope;
    // Outside of every stack: cdktf says what is wrong.
    if (!scope) return TerraformStack.of(construct).node.id;
    address = `${scope.node.id}/${address}`;
  }
  return address;
}

function isStack(construct: IConstruct): boolean {
  return TerraformStack.isStack(construct);
}
