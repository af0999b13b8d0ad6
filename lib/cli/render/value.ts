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

type Visit = (path: string, before: Value | undefined, after: Value | undefined) => void;

/**
 * Where two values differ: the deepest paths, so that one changed key of a big object is one line. A list of objects is
 * looked into where it is clear which item became which; every other list is one value.
 *
 * @param lists whether lists are looked into at all
 */
export function eachDifference(
  before: Value | undefined,
  after: Value | undefined,
  visit: Visit,
  { path = "", lists = true }: { readonly path?: string; readonly lists?: boolean } = {},
): void {
  if (isSame(before, after)) return;
  if (isPlainObject(before) && isPlainObject(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      eachDifference(before[key], after[key], visit, { path: joined(path, key), lists });
    }
    return;
  }
  const pairs =
    lists && isListOfObjects(before) && isListOfObjects(after) ? pairsOf(before, after) : undefined;
  if (!pairs) visit(path, before, after);
  for (const [index, left, right] of pairs ?? []) {
    eachDifference(left, right, visit, { path: `${path}[${index}]`, lists });
  }
}

/** `tags` and `team` are `tags.team`; `actions` and `[0].cron` are `actions[0].cron`. */
export function joined(path: string, rest: string): string {
  return path === "" || rest === "" || rest.startsWith("[") ? path + rest : `${path}.${rest}`;
}

type Items = readonly Value[];
type Pair = readonly [index: number, before: Value | undefined, after: Value | undefined];

/** Items side by side: all of them, or those that were only added or only taken away; undefined when it is not clear. */
function pairsOf(before: Items, after: Items): Pair[] | undefined {
  if (before.length < after.length) {
    return missingIn(before, after)?.map(([index, item]) => [index, undefined, item]);
  }
  if (before.length > after.length) {
    return missingIn(after, before)?.map(([index, item]) => [index, item, undefined]);
  }
  // Items that have only moved would all look changed.
  const others = new Set(after.map((item) => JSON.stringify(item)));
  const hasMoved = before.some(
    (item, index) => !isSame(item, after[index]) && others.has(JSON.stringify(item)),
  );
  return hasMoved ? undefined : before.map((item, index) => [index, item, after[index]]);
}

/** What a longer list has besides the items of a shorter one; undefined when it lacks some of them, or their order. */
function missingIn(shorter: Items, longer: Items): [number, Value][] | undefined {
  let matched = 0;
  const missing: [number, Value][] = [];
  for (const [index, item] of longer.entries()) {
    if (matched < shorter.length && isSame(shorter[matched], item)) matched++;
    else missing.push([index, item]);
  }
  return matched === shorter.length ? missing : undefined;
}

function isSame(left: Value | undefined, right: Value | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function isListOfObjects(value: Value | undefined): value is Items {
  return Array.isArray(value) && value.length > 0 && value.every((item: Value) => isPlainObject(item));
}

function isPlainObject(value: Value | undefined): value is { readonly [key: string]: Value } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (Object.hasOwn(value, "$fingerprint")) return false;
  return !isReference(value) && !isSecretReference(value) && !isForeignToken(value) && !isJoin(value);
}
