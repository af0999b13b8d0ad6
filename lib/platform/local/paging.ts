import { refuse } from "./context";

const defaultPage = 20;
const largestPage = 100;

/** The part of a list that `Offset` and `Limit` of a call name. */
export function pageRange(
  offset: number | undefined,
  limit: number | undefined,
  code: string,
): { readonly offset: number; readonly limit: number } {
  if (offset !== undefined && (!Number.isInteger(offset) || offset < 0)) {
    refuse(code, `Offset is a whole number from 0, not ${offset}`);
  }
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 0)) {
    refuse(code, `Limit is a whole number from 0, not ${limit}`);
  }
  return { offset: offset ?? 0, limit: Math.min(limit ?? defaultPage, largestPage) };
}
