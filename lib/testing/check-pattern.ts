import { ScfError } from "../model/error";
import type { KindName } from "../model/resources";
import { schemaOf } from "../model/resources";
import { closest } from "../rules/edit-distance";
import { Capture } from "./capture";
import type { Path } from "./comparison";
import { Matcher } from "./matcher";
import { checkKind } from "./resources";
import { show, showPath } from "./show";

/**
 * Refuses a pattern that could never say what its author means, whatever there is to compare it with.
 *
 * @throws ScfError `MATCH_MISUSE`, `KIND_UNKNOWN`
 */
export function checkPattern(kind: KindName, pattern: unknown): void {
  checkKind(kind);
  checkNames(kind, pattern);
  checkValue(pattern, [], "whole");
}

type Place = "whole" | "property" | "item" | "negated";

function checkValue(pattern: unknown, path: Path, place: Place): void {
  const where = path.length === 0 ? "the properties" : `\`${showPath(path)}\``;
  if (pattern === undefined) {
    misuse(
      `${where} ${path.length === 0 ? "are" : "is"} expected to be undefined`,
      "Write Match.absent() for a value that is not set, or leave it out when any value is right.",
    );
  }
  if (typeof pattern === "function" || typeof pattern === "symbol" || typeof pattern === "bigint") {
    misuse(`${where} is compared with a ${typeof pattern}, which no plan holds`, "Give a value, or call it.");
  }
  if (pattern instanceof RegExp) {
    misuse(
      `${where} is compared with ${String(pattern)} itself`,
      `Write Match.regularExpression(${String(pattern)}).`,
    );
  }
  if (Matcher.is(pattern)) return checkMatcher(pattern, path, place, where);
  if (Array.isArray(pattern)) {
    for (const [index, item] of pattern.entries()) checkValue(item, [...path, index], "item");
  } else if (typeof pattern === "object" && pattern !== null) {
    for (const [name, item] of Object.entries(pattern)) {
      checkValue(item, [...path, name], place === "negated" ? place : "property");
    }
  }
}

function checkMatcher(matcher: Matcher, path: Path, place: Place, where: string): void {
  if (matcher.takesAbsence && matcher.nested.length === 0 && place !== "property" && place !== "negated") {
    misuse(
      place === "item"
        ? `${where} is an item of a list, and an item is always there: it cannot be Match.absent()`
        : `${where} are always there: they cannot be Match.absent()`,
      place === "item"
        ? "Leave the item out; to say that no item is like this, write Match.not(Match.arrayWith([…]))."
        : "Write hasNo to say that there is no such resource.",
    );
  }
  if (place === "negated" && matcher instanceof Capture) {
    misuse(
      `${where} has a Capture inside of Match.not, which matches when there is nothing to capture`,
      "Put the Capture outside: new Capture(Match.not(…)).",
    );
  }
  const below = matcher.name === "Match.not" ? "negated" : place;
  for (const nested of matcher.nested) {
    if (!(nested instanceof RegExp)) checkValue(nested, path, below);
  }
}

/** TypeScript says so itself, where the pattern is written in place. */
function checkNames(kind: KindName, pattern: unknown): void {
  if (Matcher.is(pattern)) {
    for (const nested of pattern.nested) checkNames(kind, nested);
    return;
  }
  if (typeof pattern !== "object" || pattern === null || Array.isArray(pattern)) {
    misuse(
      `the properties of a resource are compared with ${show(pattern)}`,
      "Give an object: { memory: 256 }.",
    );
  }
  const names = Object.keys(schemaOf(kind)?.metadata ?? {});
  for (const name of Object.keys(pattern)) {
    if (names.includes(name)) continue;
    const meant = closest(name, names);
    misuse(
      `${kind} has no property \`${name}\``,
      meant ? `Did you mean \`${meant}\`?` : `It has: ${names.sort().join(", ")}.`,
    );
  }
}

function misuse(message: string, fix: string): never {
  throw new ScfError("MATCH_MISUSE", `This pattern cannot be compared: ${message}.`, { fix });
}
