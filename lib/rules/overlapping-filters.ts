import { groupBy } from "./per-app";

/** Which objects of one bucket, and what has to happen to them. */
export interface ObjectFilter {
  readonly event: string;
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * Pairs of filters that differ and that one object can pass both: one's prefix begins with the other's, one's suffix ends
 * with the other's, and the events are the same or one stands for the other. At most one pair per filter. Looks prefixes
 * and suffixes up instead of comparing every filter with every other: a bucket can have thousands.
 */
export function overlappingFilters<T extends ObjectFilter>(filters: readonly T[]): [T, T][] {
  const distinct = [...groupBy(filters, (filter) => key(filter.event, filter.prefix, filter.suffix)).values()]
    .map(([first]) => first)
    .filter((filter) => filter !== undefined);
  const prefixLengths = lengths(distinct, "prefix");
  const suffixLengths = lengths(distinct, "suffix");
  const exact = new Index<T>();
  const byEnding = new Index<T>();
  for (const filter of distinct) {
    exact.add(key(filter.prefix, filter.suffix), filter);
    for (const ending of endings(filter.suffix, suffixLengths))
      byEnding.add(key(filter.prefix, ending), filter);
  }
  const pairs: [T, T][] = [];
  const paired = new Map<T, Set<T>>();
  for (const filter of distinct) {
    const other = firstOverlap(filter, { exact, byEnding, prefixLengths, suffixLengths });
    if (!other || paired.get(other)?.has(filter)) continue;
    pairs.push([other, filter]);
    paired.set(filter, new Set([other]));
  }
  return pairs;
}

interface Indexes<T extends ObjectFilter> {
  readonly exact: Index<T>;
  readonly byEnding: Index<T>;
  readonly prefixLengths: readonly number[];
  readonly suffixLengths: readonly number[];
}

function firstOverlap<T extends ObjectFilter>(filter: T, indexes: Indexes<T>): T | undefined {
  for (const length of indexes.prefixLengths) {
    if (length > filter.prefix.length) break;
    const beginning = filter.prefix.slice(0, length);
    const longer = indexes.byEnding.find(key(beginning, filter.suffix), filter);
    if (longer) return longer;
    for (const ending of endings(filter.suffix, indexes.suffixLengths)) {
      const shorter = indexes.exact.find(key(beginning, ending), filter);
      if (shorter) return shorter;
    }
  }
  return undefined;
}

/** Filters by a key, one per event. */
class Index<T extends ObjectFilter> {
  private readonly filters = new Map<string, Map<string, T>>();

  add(at: string, filter: T): void {
    const byEvent = this.filters.get(at) ?? new Map<string, T>();
    this.filters.set(at, byEvent);
    if (!byEvent.has(filter.event)) byEvent.set(filter.event, filter);
  }

  find(at: string, filter: T): T | undefined {
    for (const other of this.filters.get(at)?.values() ?? []) {
      if (other !== filter && eventsOverlap(other.event, filter.event)) return other;
    }
    return undefined;
  }
}

/** `cos:ObjectCreated:*` stands for `cos:ObjectCreated:Put`. */
function eventsOverlap(left: string, right: string): boolean {
  return left === right || standsFor(left, right) || standsFor(right, left);
}

function standsFor(pattern: string, event: string): boolean {
  return pattern.endsWith("*") && event.startsWith(pattern.slice(0, -1));
}

function lengths(filters: readonly ObjectFilter[], part: "prefix" | "suffix"): number[] {
  return [...new Set(filters.map((filter) => filter[part].length))].sort((left, right) => left - right);
}

function endings(suffix: string, suffixLengths: readonly number[]): string[] {
  return suffixLengths
    .filter((length) => length <= suffix.length)
    .map((length) => suffix.slice(suffix.length - length));
}

function key(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
