import type { KindName } from "../model/resources";
import { count } from "../rules/text";
import { checkPattern } from "./check-pattern";
import { compare } from "./compare";
import { Comparison } from "./comparison";
import type { Outcome } from "./outcome";
import { askedFor, leafLines, listLines, located, row, type Candidate } from "./report";
import { checkKind, type Resources, titleOf } from "./resources";

/** A resource of the kind at the path is as the pattern says. */
export function resourceAt(
  resources: Resources,
  kind: KindName,
  path: string,
  pattern: unknown = {},
): Outcome {
  checkPattern(kind, pattern);
  const resource = resources.at([kind], path);
  const title = titleOf(kind);
  if (!resource) {
    const text = (): string =>
      [
        `${resources.title} has no ${title} at ${JSON.stringify(path)}.`,
        ...resources.hints([kind], path),
      ].join("\n");
    return { passed: false, text };
  }
  const comparison = compared(resource.properties, pattern);
  const passed = comparison.matches;
  if (passed) capture([{ comparison }]);
  const text = (): string =>
    [
      passed
        ? `${resources.title} has the ${title} ${resource.address}, and should have none like this.`
        : `The ${title} ${resource.address} is not as expected: ${count(comparison.wrongValues, "value")} ${comparison.wrongValues === 1 ? "is" : "are"} wrong.`,
      "",
      ...asked(pattern),
      row("declared", located(resource)),
      ...leafLines(comparison),
    ].join("\n");
  return { passed, text };
}

/** There is a resource of the kind that is as the pattern says. */
export function someResource(resources: Resources, kind: KindName, pattern: unknown = {}): Outcome {
  checkPattern(kind, pattern);
  const candidates = compareAll(resources, kind, pattern);
  const matching = candidates.filter(({ comparison }) => comparison.matches);
  if (matching.length > 0) {
    capture(matching);
    return { passed: true, text: () => foundText(resources, kind, pattern, matching) };
  }
  return { passed: false, text: () => nothingFoundText(resources, kind, pattern, candidates) };
}

/** There is no resource of the kind that is as the pattern says. */
export function noResource(resources: Resources, kind: KindName, pattern: unknown = {}): Outcome {
  checkPattern(kind, pattern);
  const matching = compareAll(resources, kind, pattern).filter(({ comparison }) => comparison.matches);
  return {
    passed: matching.length === 0,
    text: () => foundText(resources, kind, pattern, matching),
  };
}

/** There are so many resources of the kind. */
export function resourceCount(resources: Resources, kind: KindName, expected: number): Outcome {
  checkKind(kind);
  const all = resources.ofKind(kind);
  const text = (): string =>
    [
      `${resources.title} has ${count(all.length, titleOf(kind))}, expected ${expected}.`,
      "",
      ...listLines(all),
    ].join("\n");
  return { passed: all.length === expected, text };
}

/** The resources of the kind that are as the pattern says. */
export function matchingResources(
  resources: Resources,
  kind: KindName,
  pattern: unknown = {},
): Candidate["resource"][] {
  checkPattern(kind, pattern);
  const matching = compareAll(resources, kind, pattern).filter(({ comparison }) => comparison.matches);
  capture(matching);
  return matching.map(({ resource }) => resource);
}

function compareAll(resources: Resources, kind: KindName, pattern: unknown): Candidate[] {
  return resources
    .ofKind(kind)
    .map((resource) => ({ resource, comparison: compared(resource.properties, pattern) }));
}

function compared(properties: unknown, pattern: unknown): Comparison {
  const comparison = new Comparison();
  compare(pattern, properties, comparison);
  return comparison;
}

function capture(matching: readonly { readonly comparison: Comparison }[]): void {
  for (const { comparison } of matching) {
    for (const [into, value] of comparison.captured) into.take(value);
  }
}

function foundText(
  resources: Resources,
  kind: KindName,
  pattern: unknown,
  matching: readonly Candidate[],
): string {
  return [
    `${resources.title} has ${count(matching.length, titleOf(kind))} like this, expected none.`,
    "",
    ...asked(pattern),
    ...listLines(matching.map(({ resource }) => resource)),
  ].join("\n");
}

function nothingFoundText(
  resources: Resources,
  kind: KindName,
  pattern: unknown,
  candidates: readonly Candidate[],
): string {
  const title = titleOf(kind);
  if (candidates.length === 0) {
    return [`${resources.title} has no ${title} at all.`, "", ...asked(pattern)].join("\n").trimEnd();
  }
  const [closest, ...others] = [...candidates].sort(byDistance) as [Candidate, ...Candidate[]];
  const next = others
    .slice(0, 2)
    .map(({ resource, comparison }) => `${resource.address} (${comparison.wrongValues} wrong)`);
  return [
    `${resources.title} has no ${title} like this; ${candidates.length === 1 ? "the one that it has differs" : `the closest of its ${count(candidates.length, title)} differs`} in ${count(closest.comparison.wrongValues, "value")}.`,
    "",
    ...asked(pattern),
    row("closest", located(closest.resource)),
    ...leafLines(closest.comparison),
    ...(next.length > 0 ? [row("next", next.join(", "))] : []),
  ].join("\n");
}

/** The fewest wrong values first, then those where most is set at all, then the most right ones, then by path. */
function byDistance(left: Candidate, right: Candidate): number {
  return (
    left.comparison.wrongValues - right.comparison.wrongValues ||
    left.comparison.missing - right.comparison.missing ||
    right.comparison.right.length - left.comparison.right.length ||
    (left.resource.address < right.resource.address ? -1 : 1)
  );
}

/** Where nothing is asked of the properties, nothing is shown of them. */
function asked(pattern: unknown): string[] {
  const isEmpty = typeof pattern === "object" && pattern !== null && Object.keys(pattern).length === 0;
  return isEmpty ? [] : [askedFor(pattern)];
}
