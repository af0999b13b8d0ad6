import { stackOf } from "../model/stack-of";
import type { Project } from "./project";
import { stateOf } from "./reconciliation";

/** The other stacks that the deployed resources of a stack depend on. */
export function referredStacks(project: Project, stack: string): string[] {
  const resources = Object.values(stateOf(project, stack)?.resources ?? {});
  const addresses = resources.flatMap(({ dependencies }) => dependencies);
  const others = new Set(addresses.map(stackOf));
  others.delete(stack);
  return [...others].sort();
}
