import { isReference, type Value } from "../../model/value";
import type { AppModel } from "../../rules/app-model";

/** How every answer begins that a plan cannot give. */
export const UNKNOWN_ANSWER = "unknown";

/** Why a value is not known before the deployment: `unknown: a value of another provider`. */
export function unknownText(app: AppModel, value: Value | undefined): string {
  return `${UNKNOWN_ANSWER}: ${reason(app, value)}`;
}

function reason(app: AppModel, value: Value | undefined): string {
  if (app.hasForeignToken(value)) return "a value of another provider";
  const end = app.dereference(value);
  return isReference(end) ? `${end.$ref.attribute} of ${end.$ref.address}` : "known at deployment only";
}
