import { refuse } from "../context";

const defaultRows = 20;
const mostRows = 200;

/** Pages of this service are counted from 1. */
export function pageOfNumber(
  page: number | undefined,
  rows: number | undefined,
): { readonly limit: number; readonly offset: number } {
  const number = page ?? 1;
  const limit = rows ?? defaultRows;
  if (!Number.isInteger(number) || number < 1)
    refuse("InvalidParameter.ParamError", "Page is a whole number from 1");
  if (!Number.isInteger(limit) || limit < 1 || limit > mostRows) {
    refuse("InvalidParameter.ParamError", `Rp is a whole number from 1 to ${mostRows}`);
  }
  return { limit, offset: (number - 1) * limit };
}
