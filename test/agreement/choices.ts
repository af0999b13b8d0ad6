import { fc } from "../fast-check";

/**
 * What a random program is made of: numbers that are read one by one, each as one choice. 0 is the plainest one, and so is
 * everything after the last number: when fast-check shortens the list and makes its numbers smaller, the program shrinks.
 */
export const programs: fc.Arbitrary<Choices> = fc
  .noBias(fc.array(fc.nat({ max: 0xffff }), { maxLength: 500, size: "max" }))
  .map((numbers) => new Choices(numbers));

/** One choice in so many that could be wrong is: about one program in two has none that is. */
const ONE_WRONG_IN = 100;

export class Choices {
  private next = 0;

  constructor(private readonly numbers: readonly number[]) {}

  /** What fast-check prints of it. */
  [fc.toStringMethod](): string {
    return `a program of ${this.numbers.length} choices`;
  }

  /** The same from the beginning, so that a program can be written twice. */
  again(): Choices {
    return new Choices(this.numbers);
  }

  /** A whole number from 0 to one below the limit. */
  below(limit: number): number {
    return this.number() % limit;
  }

  from<T>(values: readonly [T, ...T[]]): T {
    return at(values, this.number());
  }

  /** Seldom one of the wrong values; otherwise one of the right ones. */
  mostly<R, W = R>(right: readonly [R, ...R[]], wrong: readonly [W, ...W[]]): R | W {
    const number = this.number();
    const index = Math.floor(number / ONE_WRONG_IN);
    return number % ONE_WRONG_IN === ONE_WRONG_IN - 1 ? at(wrong, index) : at(right, index);
  }

  /** Whether something happens that makes a program wrong. */
  seldom(): boolean {
    return this.mostly([false], [true]);
  }

  chance(percent: number): boolean {
    return this.number() % 100 >= 100 - percent;
  }

  /** Something that programs may have or leave out. */
  maybe<T>(percent: number, make: () => T): T | undefined {
    return this.chance(percent) ? make() : undefined;
  }

  /** As many as the choice says, at most `most`. */
  several<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.below(most + 1) }, (_, index) => make(index));
  }

  /** A different choice every time, as far as there are enough. */
  some<T>(values: readonly T[], most: number): T[] {
    const left = [...values];
    return this.several(Math.min(most, values.length), () => left.splice(this.below(left.length), 1)[0] as T);
  }

  private number(): number {
    return this.numbers[this.next++] ?? 0;
  }
}

function at<T>(values: readonly [T, ...T[]], index: number): T {
  return values[index % values.length] as T;
}
