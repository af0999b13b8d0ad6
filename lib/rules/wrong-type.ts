import type { z } from "zod";
import { isSymbolic } from "../model/value";
import { isAccepted } from "./accepted-shape";
import { closest } from "./edit-distance";
import { listed, quote } from "./text";

/** What is wrong with the type of a value, in the words of the people who gave it. */

type Issue = z.core.$ZodIssue;
export type Path = readonly PropertyKey[];

/** An issue with its path from the resource down. */
export interface Located {
  readonly issue: Issue;
  readonly path: Path;
}

/** What is wrong with the properties of a resource, as far as they are known. */
export function issuesOf(type: z.ZodType, properties: unknown): Located[] {
  if (isAccepted(type, properties)) return [];
  const result = type.safeParse(properties);
  return result.success ? [] : relevantIssues(result.error.issues, [], properties);
}

/**
 * Leaves out what zod says of symbolic values: their type is known once they are resolved. Of a union, the alternative
 * that fits best speaks.
 */
function relevantIssues(issues: readonly Issue[], base: Path, properties: unknown): Located[] {
  return issues.flatMap((issue): Located[] => {
    const path = [...base, ...issue.path];
    if (isAtOrBelowSymbolic(properties, path)) return [];
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ issue, path }];
    const alternatives = issue.errors
      .map((errors) => relevantIssues(errors, path, properties))
      .sort((left, right) => rank(left, path) - rank(right, path));
    return alternatives[0] ?? [];
  });
}

/** An alternative of another type altogether fits worse than one with some wrong parts. */
function rank(issues: readonly Located[], path: Path): number {
  return (
    issues.length +
    (issues.some((located) => located.path.length === path.length && located.issue.code === "invalid_type")
      ? 100
      : 0)
  );
}

function isAtOrBelowSymbolic(root: unknown, path: Path): boolean {
  let value = root;
  for (const key of path) {
    value = childOf(value, key);
    if (isSymbolic(value)) return true;
  }
  return false;
}

/** What an object or a list has of its own under a key. */
export function childOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

/** What is wrong, and what to do about it. */
export interface Sentence {
  readonly message: string;
  readonly fix?: string;
}

/** How values are spoken of. */
export interface Wording {
  /** What people call the place. */
  readonly name: string;
  /** Nothing is said of the value but its type. */
  readonly isSecret: boolean;
}

/** An issue in the words of people. */
export function sentence({ issue, path }: Located, properties: unknown, wording: Wording): Sentence {
  const { isSecret } = wording;
  const name = `\`${wording.name}\``;
  const value = path.reduce(childOf, properties);
  const actual = described(value, isSecret);
  const wrongForm = { message: `${name} has a value of the wrong form: ${actual}` };
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined)
        return { message: `${name} is missing`, fix: `give ${typeName(issue.expected)}` };
      return {
        message: `${name} must be ${typeName(issue.expected)}, but is ${actual}`,
        ...(issue.expected === "string" && ["number", "boolean"].includes(typeof value)
          ? { fix: "write it in quotes" }
          : { fix: `give ${typeName(issue.expected)}` }),
      };
    case "invalid_value":
      return oneOf(name, issue.values.map(String), value, isSecret);
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options)
        ? oneOf(name, issue.options.map(String), value, isSecret)
        : wrongForm;
    case "unrecognized_keys":
      return {
        message: `${name} has no ${listed(issue.keys.map((key) => `\`${key}\``))}`,
        fix: `remove ${issue.keys.length === 1 ? "it" : "them"}, or correct the spelling`,
      };
    default:
      return wrongForm;
  }
}

function oneOf(name: string, allowed: readonly string[], value: unknown, isSecret: boolean): Sentence {
  const quoted = listed(allowed.map(quote), "or");
  const meant = typeof value === "string" && !isSecret ? closest(value, allowed) : undefined;
  return {
    message: `${name} must be ${quoted}, but is ${described(value, isSecret)}`,
    fix: meant === undefined ? `use ${quoted}` : `did you mean ${meant}?`,
  };
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: "text",
    number: "a number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    record: "an object",
  };
  return names[expected] ?? expected;
}

/** The value for a message; of a secret only its type. */
export function described(value: unknown, isSecret: boolean): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return isSecret ? "text" : `the text ${quote(value)}`;
    case "number":
      return isSecret ? "a number" : `the number ${String(value)}`;
    case "boolean":
      return isSecret ? "true or false" : String(value);
    case "object":
      return "an object";
    default:
      return `a ${typeof value}`;
  }
}

/** `statement[0].action`. */
export function pathText(path: Path): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`))
    .join("");
}
