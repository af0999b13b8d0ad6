/** When a timer fires. */
export class Schedule {
  /**
   * A schedule by its fields.
   *
   * @param expression seven fields: second, minute, hour, day, month, weekday, year (TRG-CRON); `0 0 2 * * * *` is every
   *   night at two
   */
  static cron(expression: string): Schedule {
    return new Schedule(expression);
  }

  /** Tells a schedule from anything else that has an expression. */
  protected readonly schedule = true;

  private constructor(
    /** The seven fields. */
    readonly expression: string,
  ) {}
}
