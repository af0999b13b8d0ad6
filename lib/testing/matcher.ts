import type { Comparison } from "./comparison";

const MATCHER = Symbol.for("cdktf-scf/testing/matcher");

/** Stands in a pattern where more is asked of a value than to be the same. `Match` makes them. */
export abstract class Matcher {
  /** @internal */
  readonly [MATCHER] = true;

  /** Works across two copies of the library. */
  static is(value: unknown): value is Matcher {
    return typeof value === "object" && value !== null && MATCHER in value;
  }

  /**
   * As it stands in messages.
   *
   * @param name as the program calls it: `Match.like`
   * @param nested the patterns in it, to be shown in parentheses
   * @param takesAbsence whether a value that is not set can be what it asks for
   * @internal
   */
  constructor(
    readonly name: string,
    readonly nested: readonly unknown[] = [],
    readonly takesAbsence = false,
  ) {}

  /** @internal */
  abstract compare(actual: unknown, comparison: Comparison): void;
}
