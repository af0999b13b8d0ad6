import { ScfError } from "../model/error";
import { compare, leaves } from "./compare";
import { type Comparison, Words } from "./comparison";
import { Matcher } from "./matcher";
import { pairItems } from "./pair-items";
import { INSIDE_JSON, show } from "./show";

/** What can be asked of a value beside being the same. Each stands wherever a value stands in a pattern. */
export const Match = {
  /** The value is not set. It stands for a property, not for an item of a list. */
  absent: (): Matcher => new Absent("Match.absent", [], true),

  /** The value is set, to whatever. */
  any: (): Matcher => new Present("Match.any"),

  /** The value is the same, and an object has nothing more, at any depth. */
  exact: (pattern: unknown): Matcher => new Exactly("Match.exact", [pattern]),

  /** The value has what is given and may have more. Patterns are like that by themselves: it is needed inside of `exact` only. */
  like: (pattern: unknown): Matcher => new Like("Match.like", [pattern]),

  /**
   * The list has an item for each of these, in any order, and may have more.
   *
   * @throws ScfError `MATCH_MISUSE` for what is no list
   */
  arrayWith: (items: readonly unknown[]): Matcher => new ArrayWith("Match.arrayWith", [listOf(items)]),

  /** The value does not match, or is not set. */
  not: (pattern: unknown): Matcher => new Not("Match.not", [pattern], true),

  /**
   * The value is text in which the expression is found.
   *
   * @throws ScfError `MATCH_MISUSE` for text that is no regular expression
   */
  regularExpression: (expression: RegExp | string): Matcher =>
    new Expression("Match.regularExpression", [regularExpression(expression)]),

  /** The value is text that is JSON, and what it says matches: a policy document, a message. */
  serializedJson: (pattern: unknown): Matcher => new SerializedJson("Match.serializedJson", [pattern]),
} as const;

class Absent extends Matcher {
  compare(actual: unknown, comparison: Comparison): void {
    if (actual === undefined) comparison.isRight();
    else comparison.isWrong(undefined, actual);
  }
}

class Present extends Matcher {
  compare(actual: unknown, comparison: Comparison): void {
    if (actual === undefined || actual === null) comparison.isWrong(this, actual);
    else comparison.isRight();
  }
}

class Exactly extends Matcher {
  compare(actual: unknown, comparison: Comparison): void {
    compare(this.nested[0], actual, comparison.exactly(true));
  }
}

class Like extends Matcher {
  compare(actual: unknown, comparison: Comparison): void {
    compare(this.nested[0], actual, comparison.exactly(false));
  }
}

class ArrayWith extends Matcher {
  compare(actual: unknown, comparison: Comparison): void {
    const patterns = this.nested[0] as readonly unknown[];
    if (!Array.isArray(actual)) return comparison.isWrong(this, actual, leaves(this));
    if (patterns.length === 0) return comparison.isRight();
    pairItems(patterns, actual, comparison);
  }
}

class Not extends Matcher {
  compare(actual: unknown, comparison: Comparison): void {
    const trial = comparison.trial();
    compare(this.nested[0], actual, trial);
    if (trial.matches) comparison.isWrong(this, actual);
    else comparison.isRight();
  }
}

class Expression extends Matcher {
  compare(actual: unknown, comparison: Comparison): void {
    const [expression] = this.nested as readonly [RegExp];
    // One with the flag `g` or `y` would go on where it ended the last time.
    expression.lastIndex = 0;
    if (typeof actual === "string" && expression.test(actual)) comparison.isRight();
    else comparison.isWrong(this, actual);
  }
}

class SerializedJson extends Matcher {
  compare(actual: unknown, comparison: Comparison): void {
    const parsed = typeof actual === "string" ? parse(actual) : undefined;
    if (parsed === undefined) {
      comparison.isWrong(new Words(`text that is JSON, like ${show(this.nested[0])}`), actual, leaves(this));
    } else compare(this.nested[0], parsed, comparison.at(INSIDE_JSON));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A program in JavaScript may give a single item. */
function listOf(items: readonly unknown[]): readonly unknown[] {
  if (Array.isArray(items)) return items;
  throw new ScfError("MATCH_MISUSE", `Match.arrayWith: ${show(items)} is no list.`, {
    fix: "Write the items in brackets: Match.arrayWith([…]).",
  });
}

function regularExpression(expression: RegExp | string): RegExp {
  if (typeof expression !== "string") return expression;
  try {
    return new RegExp(expression);
  } catch (cause) {
    throw new ScfError(
      "MATCH_MISUSE",
      `Match.regularExpression: ${JSON.stringify(expression)} is no regular expression: ${(cause as Error).message}.`,
      { fix: "Correct it, or write it between slashes, so that the editor checks it.", cause },
    );
  }
}
