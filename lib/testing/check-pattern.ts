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
  checkValue(pattern, { path: [], place: "whole", isNegated: false, around: [] });
}

interface Spot {
  readonly path: Path;
  readonly place: "whole" | "property" | "item";
  /** Whether it is inside of Match.not. */
  readonly isNegated: boolean;
  /** The objects and lists that it is in. */
  readonly around: readonly object[];
}

function checkValue(pattern: unknown, spot: Spot): void {
  const { path, around } = spot;
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
  if (typeof pattern !== "object" || pattern === null) return;
  if (around.includes(pattern)) {
    misuse(`${where} holds itself`, "Give plain values: of a construct, its path or a property.");
  }
  const below: Spot = { ...spot, around: [...around, pattern] };
  if (Matcher.is(pattern)) {
    checkMatcher(pattern, below, where);
  } else if (Array.isArray(pattern)) {
    for (const [index, item] of pattern.entries()) {
      checkValue(item, { ...below, path: [...path, index], place: "item" });
    }
  } else {
    checkObject(pattern, where);
    for (const [name, item] of Object.entries(pattern)) {
      checkValue(item, { ...below, path: [...path, name], place: "property" });
    }
  }
}

/** A Map, a Date or a Promise has no properties to compare: any object would be like it. */
function checkObject(pattern: object, where: string): void {
  const type = Object.prototype.toString.call(pattern).slice("[object ".length, -1);
  if (type === "Object") return;
  misuse(`${where} is compared with a ${type}, which no plan holds`, "Give plain values.");
}

function checkMatcher(matcher: Matcher, spot: Spot, where: string): void {
  const { place, isNegated } = spot;
  const isAbsence = matcher.takesAbsence && matcher.nested.length === 0;
  if (isAbsence && place !== "property" && !isNegated) {
    misuse(
      place === "item"
        ? `${where} is an item of a list, and an item is always there: it cannot be Match.absent()`
        : `${where} are always there: they cannot be Match.absent()`,
      place === "item"
        ? "Leave the item out; to say that no item is like this, write Match.not(Match.arrayWith([…]))."
        : "Write hasNo to say that there is no such resource.",
    );
  }
  if (isNegated && matcher instanceof Capture) {
    misuse(
      `${where} has a Capture inside of Match.not, which matches when there is nothing to capture`,
      "Put the Capture outside: new Capture(Match.not(…)).",
    );
  }
  for (const nested of matcher.nested) {
    if (nested instanceof RegExp) continue;
    checkValue(nested, { ...spot, isNegated: isNegated || matcher.name === "Match.not" });
  }
}

/** TypeScript says so itself, where the pattern is written in place. */
function checkNames(kind: KindName, pattern: unknown): void {
  if (Matcher.is(pattern)) {
    for (const nested of pattern.nested) checkNames(kind, nested);
    return;
  }
  if (
    typeof pattern !== "object" ||
    pattern === null ||
    Array.isArray(pattern) ||
    pattern instanceof RegExp
  ) {
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
