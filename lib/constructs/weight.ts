/** A share of the traffic. */
export class Weight {
  /**
   * A share in percent.
   *
   * @param amount 0–100 (ALS-WEIGHT)
   */
  static percent(amount: number): Weight {
    return new Weight(amount);
  }

  private constructor(private readonly amount: number) {}

  /** The same share in percent. */
  toPercent(): number {
    return this.amount;
  }
}
