import { create } from "./create";
import { immutableReferences } from "./decision";
import { deleteObject } from "./delete";
import type { Executor, Outcome, Target } from "./executor";
import { isProtected, protectedError } from "./lifecycle";
import { update } from "./update";

/**
 * Makes the next generation of a resource. What was to be deleted first was so in a step of its own, unless it turns out
 * only now whether a replacement is needed.
 */
export async function replace(executor: Executor, target: Target): Promise<Outcome> {
  const { change, resource, slots, started } = target;
  const { address } = change;
  if (change.tentative) {
    const recorded = executor.fold.resources.get(address);
    const inReplaced = [...immutableReferences(resource)].some((other) => executor.replaced.has(other));
    const comparison = recorded && executor.compareWithRecord(target, recorded);
    if (comparison && comparison.replace === "no" && !inReplaced) return update(executor, target);
    if (change.operation === "replace" && isProtected(recorded, resource.planned.lifecycle)) {
      throw protectedError([{ ...change, isPlanned: true }]);
    }
    if (change.deletesFirst)
      await (
        await deleteObject(executor, address, { change, slots, started })
      ).recorded;
  }
  if (change.deletesFirst) executor.replaced.add(address);
  const standsBeside = change.operation === "replace" && !change.deletesFirst;
  return create(executor, target, standsBeside ? "beside" : "alone");
}
