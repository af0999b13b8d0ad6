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
    if (!passed) throw new ScfError("ASSERTION", text());
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
    if (ScfError.is(error)) showAt(error, callerOf(assertion));
    throw error;
  }
}

/** The same for what takes a while: by the time it fails, the stack does not show who called any more. */
export async function asCalledAsync<T>(assertion: Assertion, work: () => Promise<T>): Promise<T> {
  const caller = callerOf(assertion);
  try {
    return await work();
  } catch (error) {
    if (ScfError.is(error)) showAt(error, caller);
    throw error;
  }
}

/** The stack as text, without its first line. */
function callerOf(assertion: Assertion): () => string {
  const here: { stack?: string } = {};
  Error.captureStackTrace(here, assertion);
  return () => (here.stack ?? "").replace(/^[^\n]*/, "");
}

function showAt(error: ScfError, caller: () => string): void {
  if (error.fix !== undefined) error.message += `\n${error.fix}`;
  error.stack = `${error.name}: ${error.message}${caller()}`;
}
