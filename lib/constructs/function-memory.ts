import type { IConstruct } from "constructs";
import { ResourceElement } from "../cdktf";

/**
 * Memory of one instance of a function in MB, as it stands in the plan; undefined when another provider gives it, or when
 * the program does not declare the function.
 */
export function memoryOf(target: IConstruct): number | undefined {
  const resource = ResourceElement.of(target);
  if (!resource) return undefined;
  const memory: unknown = resource.plan([]).properties["memory"];
  if (typeof memory === "number") return memory;
  // What is no number at all is reported as that, and is nobody else's: no second message is needed.
  return typeof memory === "object" ? undefined : 0;
}
