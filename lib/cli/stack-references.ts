import * as fs from "node:fs";
import * as path from "node:path";
import { parsePlan, PLAN_FILE } from "../model/plan";
import type { Project } from "./project";
import { stateOf } from "./reconciliation";

/** The other stacks that the deployed resources of a stack depend on. */
export function referredStacks(project: Project, stack: string): string[] {
  const resources = Object.values(stateOf(project, stack)?.resources ?? {});
  const addresses = resources.flatMap(({ dependencies }) => dependencies);
  const others = new Set(addresses.map((address) => address.split("/", 1)[0] ?? ""));
  for (const name of lastPlanned(project, stack)) others.add(name);
  others.delete(stack);
  return [...others].sort();
}

/** What the stack's last plan says, if there still is one: a state may know of dependencies inside of its stack only. */
function lastPlanned(project: Project, stack: string): readonly string[] {
  const file = path.join(project.output, "stacks", stack, PLAN_FILE);
  try {
    return parsePlan(fs.readFileSync(file, "utf8"), file).dependsOnStacks;
  } catch {
    return [];
  }
}
