import { ScfError } from "../../model/error";
import type { TerraformObject } from "../plugin/value";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * How long an operation may take, in milliseconds; undefined where the resource does not say.
 *
 * @throws ScfError `TIMEOUT_FORM`
 */
export function timeoutOf(
  resource: TerraformObject,
  operation: "create" | "update" | "delete",
): number | undefined {
  const text = (resource["timeouts"] as TerraformObject | null | undefined)?.[operation];
  if (typeof text !== "string") return undefined;
  const match = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.exec(text);
  let milliseconds = 0;
  for (const [, amount = "", unit = ""] of match ? text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g) : []) {
    milliseconds += Number(amount) * (UNITS[unit] as number);
  }
  if (milliseconds > 0) return milliseconds;
  throw new ScfError("TIMEOUT_FORM", `\`timeouts.${operation}\` is ${JSON.stringify(text)}.`, {
    fix: "Give a time such as `30s`, `5m` or `1h30m`.",
  });
}
