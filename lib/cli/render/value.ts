import { isForeignToken, isJoin, isReference, isSecretReference, type Value } from "../../model/value";

const UNKNOWN = "(known after apply)";
export const SENSITIVE = "(sensitive)";
/** Longer texts say how long they are: a policy document or a certificate would bury what matters. */
const LONGEST_TEXT = 120;

/** A value on one line, as people read it. */
export function renderValue(value: Value | undefined): string {
  if (value === undefined || value === null) return "(not set)";
  if (typeof value === "string") return renderText(value);
  if (typeof value !== "object") return String(value);
  if (isReference(value)) return `(${value.$ref.attribute} of ${value.$ref.address})`;
  if (isSecretReference(value)) return SENSITIVE;
  if (isForeignToken(value) || isJoin(value)) return UNKNOWN;
  if (Object.hasOwn(value, "$fingerprint")) return SENSITIVE;
  if (Array.isArray(value)) return `[${value.map((item: Value) => renderValue(item)).join(", ")}]`;
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${renderValue(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

export function renderUnknown(): string {
  return UNKNOWN;
}

function renderText(text: string): string {
  // Hashes are told apart by their beginning.
  if (/^(sha256:)?[0-9a-f]{64}$/.test(text)) return `${text.slice(0, text.length - 52)}…`;
  if (text.length <= LONGEST_TEXT) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, LONGEST_TEXT)).slice(0, -1)}…" (${text.length} characters)`;
}

/** Where two values differ: the deepest paths, so that one changed key of a big object is one line. */
export function eachDifference(
  before: Value | undefined,
  after: Value | undefined,
  visit: (path: string, before: Value | undefined, after: Value | undefined) => void,
  path = "",
): void {
  if (isPlainObject(before) && isPlainObject(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      const name = path === "" ? key : `${path}.${key}`;
      eachDifference(before[key], after[key], visit, name);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    visit(path, before, after);
  }
}

function isPlainObject(value: Value | undefined): value is { readonly [key: string]: Value } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !isReference(value) && !isSecretReference(value) && !isForeignToken(value) && !isJoin(value);
}
