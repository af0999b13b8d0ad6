import type { KindName } from "../model/resources";
import type { ModelResource } from "./app-model";

let slots = 0;

/**
 * Computes something once per resource, for facts that many rules ask for. Kept in the resource itself: a table from
 * resources to facts would be gone through in every garbage collection of a large app.
 */
export function perResource<K extends KindName, T>(
  compute: (resource: ModelResource<K>) => T,
): (resource: ModelResource<K>) => T {
  const slot = slots++;
  return (resource) => {
    const memory = (resource.memory ??= []);
    const known = memory[slot] as { readonly value: T } | undefined;
    if (known) return known.value;
    const value = compute(resource);
    memory[slot] = { value };
    return value;
  };
}
