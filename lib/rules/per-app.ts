import type { AppModel } from "./app-model";

/** Computes something once per app, for rules that need the same index. */
export function perApp<T>(compute: (app: AppModel) => T): (app: AppModel) => T {
  const computed = new WeakMap<AppModel, { readonly value: T }>();
  return (app) => {
    const known = computed.get(app);
    if (known) return known.value;
    const value = compute(app);
    computed.set(app, { value });
    return value;
  };
}

/** Puts items into lists by key, in the order of their first appearance; items without a key are left out. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
