import { type Comparison, Words } from "./comparison";
import { Matcher } from "./matcher";

type Fields = Readonly<Record<string, unknown>>;

/** Compares a value with a pattern that has been checked. */
export function compare(pattern: unknown, actual: unknown, comparison: Comparison): void {
  if (Matcher.is(pattern)) pattern.compare(actual, comparison);
  else if (Array.isArray(pattern)) compareItems(pattern, actual, comparison);
  else if (typeof pattern === "object" && pattern !== null)
    compareFields(pattern as Fields, actual, comparison);
  // No plan holds NaN, and -0 is what 0 is.
  else if (pattern === actual) comparison.isRight();
  else comparison.isWrong(pattern, actual);
}

function compareItems(pattern: readonly unknown[], actual: unknown, comparison: Comparison): void {
  if (!Array.isArray(actual)) return comparison.isWrong(pattern, actual, leaves(pattern));
  if (pattern.length === 0 && actual.length === 0) return comparison.isRight();
  for (const [index, item] of pattern.entries()) compare(item, actual[index], comparison.at(index));
  for (let index = pattern.length; index < actual.length; index++) {
    comparison.at(index).isWrong(new Words("no more items"), actual[index]);
  }
}

function compareFields(pattern: Fields, actual: unknown, comparison: Comparison): void {
  if (typeof actual !== "object" || actual === null || Array.isArray(actual)) {
    return comparison.isWrong(pattern, actual, leaves(pattern));
  }
  const names = Object.keys(pattern);
  const fields = actual as Fields;
  const more = comparison.isExact ? Object.keys(fields).filter((name) => !names.includes(name)) : [];
  if (names.length + more.length === 0) return comparison.isRight();
  for (const name of names) {
    compare(pattern[name], Object.hasOwn(fields, name) ? fields[name] : undefined, comparison.at(name));
  }
  for (const name of more) comparison.at(name).isWrong(undefined, fields[name]);
}

/** How many values a pattern asks for. */
export function leaves(pattern: unknown): number {
  const parts = Matcher.is(pattern)
    ? pattern.nested
    : typeof pattern === "object" && pattern !== null
      ? Object.values(pattern)
      : [];
  let sum = 0;
  for (const part of parts) sum += leaves(part);
  return Math.max(1, sum);
}
