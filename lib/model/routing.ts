/**
 * Which of its two versions an alias gives a request to. The local platform and the simulation of a plan both decide by
 * this, so that they cannot disagree.
 */

/** What a request has to bring along to get the second version (ALS-RULE). */
export interface RoutingMatch {
  /** `invoke.headers.<name>` (ALS-KEY). */
  readonly key: string;
  /** `exact` or `range`. */
  readonly method: string;
  /** The text that the value equals, or the range that it lies in (ALS-EXACT, ALS-RANGE). */
  readonly expression: string;
}

/** By name; names differ by capitals, too. */
export type RoutingHeaders = ReadonlyMap<string, string>;

const KEY_PREFIX = "invoke.headers.";

/** A draw of a request is a whole number from 0 up to, and without, this one. */
export const DRAWS = 1_000_000;

/**
 * Whether a request is among the share of the second version (ALS-WEIGHT).
 *
 * @param share from 0 to 1
 * @param draw a whole number from 0 to 999,999, drawn by chance
 */
export function isInShare(share: number, draw: number): boolean {
  return draw < share * DRAWS;
}

/** Whether a request goes to the second version. An expression that is no range matches nothing. */
export function matchesHeaders(match: RoutingMatch, headers: RoutingHeaders): boolean {
  const value = headers.get(headerOf(match));
  if (value === undefined) return false;
  return match.method === "exact" ? value === match.expression : isInRange(match.expression, value);
}

/** The name of the header that a match looks at. */
export function headerOf({ key }: RoutingMatch): string {
  return key.startsWith(KEY_PREFIX) ? key.slice(KEY_PREFIX.length) : key;
}

/** The documents write numbers where the SDK wants text: both are read. */
export function routingHeaders(values: object): RoutingHeaders {
  return new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** ALS-RANGE: `(a,b)` without its ends, `[a,b]` with them. Numbers may have more digits than JavaScript's hold exactly. */
function isInRange(range: string, value: string): boolean {
  const [, open, low, high] = /^\s*([[(])\s*([+-]?\d+)\s*,\s*([+-]?\d+)\s*[\])]\s*$/.exec(range) ?? [];
  if (low === undefined || high === undefined || !/^-?\d+$/.test(value)) return false;
  const number = BigInt(value);
  return open === "["
    ? number >= BigInt(low) && number <= BigInt(high)
    : number > BigInt(low) && number < BigInt(high);
}
