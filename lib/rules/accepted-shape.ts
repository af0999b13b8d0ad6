import type { z } from "zod";
import type { TypeDefinition } from "../model/type-definition";
import { isSymbolic } from "../model/value";

/** Whether a value has the form of a type; a symbolic value, at any place, counts as one of the right form. */
type Accepts = (value: unknown) => boolean;

const compiled = new WeakMap<object, Accepts>();

/**
 * Whether zod would accept an object without properties of its own invention. Nearly every resource of every program does,
 * and most hold references, for which zod would make issues first that nobody wants to read.
 */
export function isAccepted(type: z.ZodType, value: unknown): boolean {
  return acceptsOf(type)(value);
}

function acceptsOf(type: z.ZodType): Accepts {
  let accepts = compiled.get(type);
  if (!accepts) {
    accepts = compile(type);
    compiled.set(type, accepts);
  }
  return accepts;
}

interface Checked {
  readonly checks?: readonly unknown[];
}

/** Types with checks of their own, and those that no schema of ours uses, are left to zod. */
function compile(type: z.ZodType): Accepts {
  const definition = type.def as unknown as TypeDefinition & Checked;
  if (definition.checks !== undefined && definition.checks.length > 0) return () => false;
  switch (definition.type) {
    case "string":
    case "boolean":
      return (value) => typeof value === definition.type || isSymbolicValue(value);
    case "number":
      return (value) => (typeof value === "number" && Number.isFinite(value)) || isSymbolicValue(value);
    case "optional": {
      const inner = acceptsOf(definition.innerType);
      return (value) => value === undefined || inner(value);
    }
    case "nullable": {
      const inner = acceptsOf(definition.innerType);
      return (value) => value === null || inner(value);
    }
    case "literal":
      return (value) => definition.values.includes(value) || isSymbolicValue(value);
    case "enum": {
      const values = new Set(Object.values(definition.entries));
      return (value) => values.has(value) || isSymbolicValue(value);
    }
    case "array": {
      const element = acceptsOf(definition.element);
      return (value) => (Array.isArray(value) ? value.every(element) : isSymbolicValue(value));
    }
    case "record": {
      // Keys of any text: other records are left to zod.
      if ((definition.keyType.def as { type: string }).type !== "string") return () => false;
      return recordOf(acceptsOf(definition.valueType));
    }
    case "union": {
      const options = definition.options.map(acceptsOf);
      return (value) => options.some((option) => option(value));
    }
    case "object":
      return objectOf(definition.shape);
    default:
      return () => false;
  }
}

function recordOf(accepts: Accepts): Accepts {
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    if (isSymbolic(value)) return true;
    for (const key in value) {
      if (!accepts((value as Readonly<Record<string, unknown>>)[key])) return false;
    }
    return true;
  };
}

interface Field {
  readonly isRequired: boolean;
  /** What `typeof` says of a value that is accepted whatever it is: asking that is quicker than a call, and enough for most. */
  readonly plainType: "string" | "boolean" | undefined;
  readonly accepts: Accepts;
  /** What was accepted last: neighbours in a plan share most of their values. */
  latest: unknown;
}

/** Stands for what was accepted last where nothing was. */
const NOTHING = Symbol("nothing");

function fieldOf(type: z.ZodType): Field {
  const definition = type.def as unknown as TypeDefinition & Checked;
  // In an object, a value that is undefined is none.
  const given = definition.type === "optional" ? definition.innerType : type;
  const { type: name, checks } = given.def as unknown as TypeDefinition & Checked;
  const isPlain = (name === "string" || name === "boolean") && !checks?.length;
  return {
    isRequired: !acceptsOf(type)(undefined),
    plainType: isPlain ? name : undefined,
    accepts: acceptsOf(given),
    latest: NOTHING,
  };
}

function objectOf(shape: Readonly<Record<string, z.ZodType>>): Accepts {
  const fields = new Map(Object.entries(shape).map(([name, type]) => [name, fieldOf(type)] as const));
  const required = [...fields.values()].filter(({ isRequired }) => isRequired).length;
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    if (isSymbolic(value)) return true;
    const given = value as Readonly<Record<string, unknown>>;
    let found = 0;
    for (const key in given) {
      const field = fields.get(key);
      // A property too many is zod's or the caller's business.
      if (!field) return false;
      const item = given[key];
      if (field.isRequired) found += 1;
      if (typeof item === field.plainType || item === field.latest) continue;
      if (item === undefined) {
        if (field.isRequired) return false;
      } else if (field.accepts(item)) {
        field.latest = item;
      } else {
        return false;
      }
    }
    return found === required;
  };
}

function isSymbolicValue(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && isSymbolic(value);
}
