/** A length of time that says its unit. */
export class Duration {
  /**
   * A time in seconds.
   *
   * @param amount whole or not, 0 or more
   */
  static seconds(amount: number): Duration {
    return new Duration(amount);
  }

  /**
   * A time in minutes.
   *
   * @param amount whole or not, 0 or more
   */
  static minutes(amount: number): Duration {
    return new Duration(amount * 60);
  }

  /**
   * A time in hours.
   *
   * @param amount whole or not, 0 or more
   */
  static hours(amount: number): Duration {
    return new Duration(amount * 3600);
  }

  private constructor(private readonly amount: number) {}

  /** The same length in seconds. */
  toSeconds(): number {
    return this.amount;
  }

  /** The time with its unit. */
  toString(): string {
    return `${this.amount} s`;
  }
}
