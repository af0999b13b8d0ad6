/** Stacks in an order in which each comes after those before it. A circle, which synthesis refuses, is cut where it closes. */
export function orderNames(names: readonly string[], before: (name: string) => readonly string[]): string[] {
  const ordered = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string): void => {
    if (ordered.has(name) || open.has(name) || !names.includes(name)) return;
    open.add(name);
    for (const other of [...before(name)].sort()) visit(other);
    ordered.add(name);
  };
  for (const name of [...names].sort()) visit(name);
  return [...ordered];
}
