import { isErrorOfClass, PlatformError } from "../platform/errors";

/**
 * "No such function" has two codes; the second also means "illegal name", but names are checked before any call is made
 * (source: the SDK's comment on the code, and the official Terraform provider).
 */
export function isFunctionNotFound(error: unknown): boolean {
  return (
    isNotFound(error) || (PlatformError.is(error) && error.code === "InvalidParameterValue.FunctionName")
  );
}

function isNotFound(error: unknown): boolean {
  return isErrorOfClass(error, "not-found");
}

/** The answer, or undefined when what was asked for is not there. */
export async function unlessNotFound<T>(call: Promise<T>, notFound = isNotFound): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (notFound(error)) return undefined;
    throw error;
  }
}
