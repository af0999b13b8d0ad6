import { PlatformError } from "../platform/errors";
import type { OperationContext } from "./kind";

/** How long other services may not know yet what access management has just made (api: other clients wait 5–10 s). */
export const LAG_MILLISECONDS = 60_000;

/** How services say that they do not know a role or policy. */
const unknownYet = new Set([
  "FailedOperation.QcsRoleNotFound",
  "ResourceNotFound.Role",
  "InvalidParameter.RoleNotExist",
  "InvalidParameter.PolicyIdNotExist",
  "ResourceNotFound.PolicyIdNotFound",
  "ResourceNotFound.NotFound",
]);

/** Makes a call that needs a role, and again while the role may not have spread yet. */
export function onceRoleIsKnown<T>(
  context: OperationContext,
  role: string,
  call: () => Promise<T>,
): Promise<T> {
  return onceKnown(context, `role ${role} to be known everywhere`, call);
}

/** Makes a call that needs something of access management, and again while that may not have spread yet. */
export async function onceKnown<T>(
  context: OperationContext,
  what: string,
  call: () => Promise<T>,
): Promise<T> {
  const giveUpAt = context.now() + LAG_MILLISECONDS;
  const { value } = await context.waitFor(what, async () => {
    try {
      return { value: await call() };
    } catch (error) {
      if (PlatformError.is(error) && unknownYet.has(error.code) && context.now() < giveUpAt) return undefined;
      throw error;
    }
  });
  return value;
}
