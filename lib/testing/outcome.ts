import { ScfError } from "../model/error";

/** What came of an assertion. */
export interface Outcome {
  readonly passed: boolean;
  /** Why it failed; of one that passed, why its opposite would have. */
  readonly text: () => string;
}

/**
 * @param assertion what the test called
 * @throws ScfError `ASSERTION` when it has not passed
 */
export function demand(assertion: Assertion, work: () => Outcome): void {
  asCalled(assertion, () => {
    const { passed, text } = work();
    if (!passed) throw new ScfError("ASSERTION", `${text()}`);
  });
}

type Assertion = (...values: never[]) => unknown;

/**
 * Runs what an assertion does. The stack of an error that is thrown on purpose begins at the assertion's caller, so that test
 * runners show the test's own line, and its message says what to do, since they show nothing else of an error.
 */
export function asCalled<T>(assertion: Assertion, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!ScfError.is(error)) throw error;
    if (error.fix !== undefined) error.message += `\n${error.fix}`;
    Error.captureStackTrace(error, assertion);
    throw error;
  }
}
