/** Stands for the latest value where there was none. */
const NOTHING = Symbol("nothing");

/**
 * Computes something of a value, and not again while the same value follows: neighbours in a plan share most of their
 * objects (`ResourceElement`).
 */
export function perValue<V, T>(compute: (value: V) => T): (value: V) => T {
  let latest: unknown = NOTHING;
  let computed: T;
  return (value) => {
    if (value !== latest) {
      computed = compute(value);
      latest = value;
    }
    return computed;
  };
}
