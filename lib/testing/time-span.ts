/** A length of time, such as a `Duration`. */
export interface TimeSpan {
  /** Its length in seconds. */
  toSeconds(): number;
}

export function milliseconds(span: TimeSpan): number {
  return span.toSeconds() * 1_000;
}
