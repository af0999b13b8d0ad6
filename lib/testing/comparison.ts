import type { Capture } from "./capture";

export type Path = readonly (string | number)[];

/** What is expected where no value can be. */
export class Words {
  constructor(readonly text: string) {}
}

/** A value that is not as it is expected to be. */
export interface WrongLeaf {
  readonly path: Path;
  /** A pattern; words when what is expected is not a value. */
  readonly expected: unknown;
  /** Undefined when there is none. */
  readonly found: unknown;
  /** How many values are wrong by this: an object that is missing lacks all that is expected of it. */
  readonly values: number;
}

/** What came of comparing one value with a pattern: what is wrong in it, what is right, and what was captured. */
export class Comparison {
  readonly wrong: WrongLeaf[];
  readonly right: Path[];
  readonly captured: (readonly [capture: Capture, value: unknown])[];

  /**
   * @param path where the value stands
   * @param isExact whether what the pattern leaves out must not be there
   */
  constructor(
    readonly path: Path = [],
    readonly isExact = false,
    whole?: Comparison,
  ) {
    this.wrong = whole?.wrong ?? [];
    this.right = whole?.right ?? [];
    this.captured = whole?.captured ?? [];
  }

  /** Of a value below this one; what comes of it is part of this. */
  at(key: string | number): Comparison {
    return new Comparison([...this.path, key], this.isExact, this);
  }

  /** Of the same value, where what is left out counts from here on, or does not. */
  exactly(isExact: boolean): Comparison {
    return new Comparison(this.path, isExact, this);
  }

  /** Of the same value, apart: what comes of it is no part of this until it is taken over. */
  trial(): Comparison {
    return new Comparison(this.path, this.isExact);
  }

  takeOver(trial: Comparison): void {
    this.wrong.push(...trial.wrong);
    this.right.push(...trial.right);
    this.captured.push(...trial.captured);
  }

  isWrong(expected: unknown, found: unknown, values = 1): void {
    this.wrong.push({ path: this.path, expected, found, values });
  }

  isRight(): void {
    this.right.push(this.path);
  }

  get matches(): boolean {
    return this.wrong.length === 0;
  }

  get wrongValues(): number {
    let sum = 0;
    for (const { values } of this.wrong) sum += values;
    return sum;
  }
}
