import { ScfError } from "../model/error";
import { compare } from "./compare";
import type { Comparison } from "./comparison";
import { Matcher } from "./matcher";

/**
 * Takes a value out of what matches, for a closer look. It stands where the value stands in a pattern, and holds one value for
 * every match of the assertion; an assertion that fails captures nothing.
 */
export class Capture extends Matcher {
  private readonly taken: unknown[] = [];
  private position = 0;

  /**
   * @param pattern what the value is expected to be besides
   * @default any value that is set
   */
  constructor(pattern?: unknown) {
    super("Capture", pattern === undefined ? [] : [pattern]);
  }

  /** Of all matches so far, in the order of their construct paths. */
  get values(): readonly unknown[] {
    return this.taken;
  }

  /**
   * The value that it stands at: the first one, until `next` is called. Its type is taken on trust.
   *
   * @throws ScfError `CAPTURE_EMPTY` when nothing was captured
   */
  as<T>(): T {
    if (this.taken.length > 0) return this.taken[this.position] as T;
    throw new ScfError("CAPTURE_EMPTY", "Nothing was captured.", {
      fix: "Ask for the value after the assertion that the capture stands in, and only once it has passed.",
    });
  }

  /** Goes on to the value of the next match; false when there is none, and the value stays the same. */
  next(): boolean {
    if (this.position + 1 >= this.taken.length) return false;
    this.position += 1;
    return true;
  }

  /** @internal */
  take(value: unknown): void {
    // A copy: a test may sort what it looks at, and the plan stays as it is.
    this.taken.push(value === undefined ? value : JSON.parse(JSON.stringify(value)));
  }

  /** @internal */
  compare(actual: unknown, comparison: Comparison): void {
    if (this.nested.length > 0) compare(this.nested[0], actual, comparison);
    else if (actual === undefined || actual === null) comparison.isWrong(this, actual);
    else comparison.isRight();
    comparison.captured.push([this, actual]);
  }
}
