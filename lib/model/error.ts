/**
 * An error with a literal code and a sentence for the person who can act on it. Everything this library throws on
 * purpose is one of these; the command line prints the sentence and never a stack trace.
 */
export class ScfError extends Error {
  /** What a program can test for, for example `STATE_DAMAGED`. Stable across versions. */
  readonly code: string;
  /** What to do about it, as a sentence of its own. */
  readonly fix: string | undefined;

  constructor(code: string, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ScfError";
    this.code = code;
    this.fix = options.fix;
  }

  /** Works across two copies of the library, where `instanceof` does not. */
  static is(value: unknown): value is ScfError {
    return value instanceof Error && value.name === "ScfError" && "code" in value;
  }
}
