import type { KindName } from "../model/resources";
import type { ModelResource } from "./app-model";

let slots = 0;

/** Stands for what was computed and is undefined. */
const NOTHING = Symbol("nothing");

/**
 * Computes something once per resource, for facts that many rules ask for. Kept in the resource itself: a table from
 * resources to facts would be gone through in every garbage collection of a large app.
 */
export function perResource<K extends KindName, T>(
  compute: (resource: ModelResource<K>) => T,
): (resource: ModelResource<K>) => T {
  const slot = slots++;
  return (resource) => {
    // With room for all facts and no more, as many resources keep some.
    const memory = (resource.memory ??= new Array<unknown>(slots));
    const known = memory[slot];
    if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
    const value = compute(resource);
    memory[slot] = value === undefined ? NOTHING : value;
    return value;
  };
}
