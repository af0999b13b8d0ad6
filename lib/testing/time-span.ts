/** A length of time, such as a `Duration`. */
export interface TimeSpan {
  toSeconds(): number;
}

export function milliseconds(span: TimeSpan): number {
  return span.toSeconds() * 1_000;
}
