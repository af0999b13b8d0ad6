import { compare, leaves } from "./compare";
import { Comparison, Words } from "./comparison";
import { show } from "./show";

/**
 * Gives each pattern an item of its own that matches it, whatever their order; a pattern that finds none is shown beside the
 * item that is closest to it.
 */
export function pairItems(
  patterns: readonly unknown[],
  items: readonly unknown[],
  comparison: Comparison,
): void {
  const trials = patterns.map((pattern) =>
    items.map((item, index) => {
      const trial = new Comparison([...comparison.path, index], comparison.isExact);
      compare(pattern, item, trial);
      return trial;
    }),
  );
  const itemOf = assign(trials);
  const taken = new Set(itemOf);
  for (const [pattern, row] of trials.entries()) {
    const item = itemOf[pattern];
    if (item !== undefined) comparison.takeOver(row[item] as Comparison);
    else missing(patterns[pattern], items, row, taken, comparison);
  }
}

/** The item of each pattern; as many patterns as possible have one. */
function assign(trials: readonly (readonly Comparison[])[]): readonly (number | undefined)[] {
  const itemOf: (number | undefined)[] = trials.map(() => undefined);
  const patternOf = new Map<number, number>();
  const place = (pattern: number, seen: Set<number>): boolean => {
    for (const [item, trial] of (trials[pattern] ?? []).entries()) {
      if (!trial.matches || seen.has(item)) continue;
      seen.add(item);
      const holder = patternOf.get(item);
      if (holder !== undefined && !place(holder, seen)) continue;
      patternOf.set(item, pattern);
      itemOf[pattern] = item;
      return true;
    }
    return false;
  };
  for (const pattern of trials.keys()) place(pattern, new Set());
  return itemOf;
}

function missing(
  pattern: unknown,
  items: readonly unknown[],
  row: readonly Comparison[],
  taken: ReadonlySet<number | undefined>,
  comparison: Comparison,
): void {
  const closest = [...row.entries()]
    .filter(([item, trial]) => !taken.has(item) && trial.right.length > 0)
    .sort(([, left], [, right]) => left.wrongValues - right.wrongValues)[0];
  // An item that has nothing of it is not the one that was meant.
  if (closest) comparison.takeOver(closest[1]);
  else comparison.isWrong(new Words(`an item like ${show(pattern)}`), items, leaves(pattern));
}
