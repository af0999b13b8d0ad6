/**
 * Values of a plan. A property is concrete JSON, or one of four symbolic forms, each an object with a single `$` key that
 * no concrete value may have.
 */

/** The value of another resource's property or computed attribute, by that resource's address. */
export interface Reference {
  readonly $ref: { readonly address: string; readonly attribute: string };
}

/** A secret: the plan names where it comes from and never holds it. It is read when the plan is compared or applied. */
export interface SecretReference {
  readonly $secret: { readonly environment: string };
}

/** A value of another Terraform provider. Only Terraform can resolve it. */
export interface ForeignToken {
  readonly $token: string;
}

/** Text that contains symbolic values, in order. */
export interface Join {
  readonly $join: readonly Value[];
}

/** What stands in a plan for a value that is not known at synthesis. */
export type Symbolic = Reference | SecretReference | ForeignToken | Join;
/** A value of a plan. */
export type Value =
  string | number | boolean | null | Symbolic | readonly Value[] | { readonly [key: string]: Value };
export type Properties = { readonly [name: string]: Value };

export function reference(address: string, attribute: string): Reference {
  return { $ref: { address, attribute } };
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

/** What a value holds under a `$` key; most values are asked and hold nothing, so that looking has to be cheap. */
function held<K extends `$${string}`>(value: unknown, key: K): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const content = (value as { readonly [N in K]?: unknown })[key];
  return content !== undefined && Object.hasOwn(value, key) ? content : undefined;
}

export function isReference(value: unknown): value is Reference {
  return hasKey(held(value, "$ref"), "address");
}
export function isSecretReference(value: unknown): value is SecretReference {
  return hasKey(held(value, "$secret"), "environment");
}
export function isForeignToken(value: unknown): value is ForeignToken {
  return typeof held(value, "$token") === "string";
}
export function isJoin(value: unknown): value is Join {
  return Array.isArray(held(value, "$join"));
}
export function isSymbolic(value: unknown): value is Symbolic {
  // Most objects are not, and their first key says so.
  for (const key in value as object) {
    if (!key.startsWith("$")) return false;
    break;
  }
  return isReference(value) || isSecretReference(value) || isForeignToken(value) || isJoin(value);
}

/** Calls `visit` for every symbolic value below `value`, with the path of keys that leads to it. */
export function eachSymbolic(
  value: Value | undefined,
  visit: (symbolic: Symbolic, path: readonly (string | number)[]) => void,
): void {
  visitSymbolic(value, visit, []);
}

/** One path for the whole walk: it is copied for a symbolic value only. */
function visitSymbolic(
  value: Value | undefined,
  visit: (symbolic: Symbolic, path: readonly (string | number)[]) => void,
  path: (string | number)[],
): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    visitItems(value as readonly Value[], visit, path);
  } else if (isSymbolic(value)) {
    visit(value, [...path]);
    if (isJoin(value)) visitItems(value.$join, visit, path);
  } else {
    for (const key of Object.keys(value)) {
      path.push(key);
      visitSymbolic((value as Properties)[key], visit, path);
      path.pop();
    }
  }
}

function visitItems(
  items: readonly Value[],
  visit: (symbolic: Symbolic, path: readonly (string | number)[]) => void,
  path: (string | number)[],
): void {
  for (let index = 0; index < items.length; index++) {
    path.push(index);
    visitSymbolic(items[index], visit, path);
    path.pop();
  }
}

/** Whether anything in a value is symbolic. */
export function holdsSymbolic(value: Value | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsSymbolic);
  if (isSymbolic(value)) return true;
  for (const key in value) if (holdsSymbolic((value as Properties)[key])) return true;
  return false;
}

/** Calls `visit` for every reference below `value`, those inside of joined text among them. */
export function eachReference(value: Value | undefined, visit: (reference: Reference) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly Value[]) eachReference(item, visit);
  } else if (isReference(value)) {
    visit(value);
  } else {
    for (const key in value) eachReference((value as Properties)[key], visit);
  }
}

/** JSON with the keys of every object sorted: the same value always gives the same bytes. */
export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(sortKeys(value), undefined, indent);
}

/** Copies only what is not in order yet: large plans mostly are. */
function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || isInOrder(value)) return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const fields = value as Record<string, unknown>;
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(fields).sort()) {
    const item = fields[key];
    if (item !== undefined) sorted[key] = sortKeys(item);
  }
  return sorted;
}

function isInOrder(value: object): boolean {
  if (Array.isArray(value)) {
    return value.every((item: unknown) => typeof item !== "object" || item === null || isInOrder(item));
  }
  let previous: string | undefined;
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    if (item === undefined || (previous !== undefined && previous > key)) return false;
    if (typeof item === "object" && item !== null && !isInOrder(item)) return false;
    previous = key;
  }
  return true;
}

/**
 * Structural equality in which an absent value, `undefined`, an empty list and an empty object are the same: the platform
 * answers with any of them for a setting that is not set.
 */
export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isEmpty(left) && isEmpty(right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return Array.isArray(left) && Array.isArray(right) && sameItems(left, right);
  }
  return sameFields(left as Fields, right as Fields);
}

interface Fields {
  readonly [key: string]: unknown;
}

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) {
    if (!sameValue(left[index], right[index])) return false;
  }
  return true;
}

function sameFields(left: Fields, right: Fields): boolean {
  for (const key in left) if (!sameValue(left[key], right[key])) return false;
  for (const key in right) if (!Object.hasOwn(left, key) && !isEmpty(right[key])) return false;
  return true;
}

/** Values with others laid over them: the values themselves where the others say nothing else. */
export function overlaid(values: Properties, others: Properties): Properties {
  for (const name in others) {
    if (others[name] !== values[name]) return { ...values, ...others };
  }
  return values;
}

/** Whether the platform means the same by this value as by leaving it out. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}
