import { isJoin, isReference, isSecretReference, isSymbolic, type Value } from "../model/value";
import type { AppModel, ModelResource } from "./app-model";

/** Environment variables of a function, as far as they are known. */

export type Variables = { readonly [name: string]: Value };

/** The variables by name with their values as they stand in the plan; undefined when the whole is given from outside. */
export function variablesOf(resource: ModelResource<"scf_function">): Variables | undefined {
  const environment = resource.app.dereference(resource.raw("environment"));
  if (typeof environment !== "object" || environment === null || Array.isArray(environment)) return none;
  return isSymbolic(environment) ? undefined : (environment as Variables);
}

const none: Variables = {};

/** One variable, also where it is named like something that every object has. */
export function variableOf(resource: ModelResource<"scf_function">, name: string): Value | undefined {
  const variables = variablesOf(resource);
  return variables !== undefined && Object.hasOwn(variables, name) ? variables[name] : undefined;
}

/** How many bytes of a value are certain, and whether a secret or another provider's value adds to them. */
export interface KnownSize {
  readonly bytes: number;
  readonly open: boolean;
}

/** The most bytes that the value of a variable takes, unless it is open: telling characters is quicker than counting bytes. */
export function mostBytes(app: AppModel, value: Value | undefined): number {
  if (typeof value === "string") return value.length * LONGEST_CHARACTER;
  const { bytes, open } = knownSize(app, value);
  return open ? Infinity : bytes;
}

/** Bytes of UTF-8 for one unit of JavaScript's text. */
const LONGEST_CHARACTER = 3;

/** Text in text in text: deeper than any program goes, and an end for values that lead back to themselves. */
const DEEPEST = 8;

export function knownSize(app: AppModel, value: Value | undefined, depth = 0): KnownSize {
  const end = app.dereference(value);
  if (typeof end === "string") return { bytes: Buffer.byteLength(end), open: false };
  if (typeof end === "number" || typeof end === "boolean") {
    return { bytes: String(end).length, open: false };
  }
  // What the platform computes is an id or a number: some bytes that change nothing.
  if (isReference(end)) return { bytes: 0, open: false };
  if (isJoin(end) && Array.isArray(end.$join) && depth < DEEPEST) {
    const parts = end.$join.map((part) => knownSize(app, part, depth + 1));
    return {
      bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
      open: parts.some((part) => part.open),
    };
  }
  return { bytes: 0, open: isSecretReference(end) || app.hasForeignToken(end) };
}
