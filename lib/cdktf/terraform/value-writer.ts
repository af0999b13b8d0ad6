import type { z } from "zod";
import { secretMarker, terraformAttribute } from "../../model/terraform";
import {
  isForeignToken,
  isJoin,
  isReference,
  isSymbolic,
  type Properties,
  type Reference,
  type Symbolic,
  type Value,
} from "../../model/value";
import { escapedBefore, literalJson } from "./template";

/** How Terraform's configuration names what a reference stands for: `${scf_function.orders.function_id}`. */
export type NameReference = (reference: Reference) => string;

/** Writes a value of the plan as JSON that Terraform reads. */
export type ValueWriter = (value: Value, name: NameReference) => string;

/** Writes values whose keys are people's own, as those of tags: they stay as they are. */
export const writeFreely: ValueWriter = (value, name) => {
  if (Array.isArray(value)) return listJson(value as readonly Value[], writeFreely, name);
  return isPlainObject(value) ? recordJson(value, writeFreely, name) : singleJson(value, name);
};

/** The writer for values of a type: below an object keys are names of ours, which Terraform has in snake case. */
export function writerOf(type: z.ZodType): ValueWriter {
  const options = optionsOf(type);
  const fields: Record<string, z.ZodType> = {};
  for (const option of options) {
    const definition = definitionOf(option);
    if (definition.type === "array") return listWriter(writerOf(definition.element), options.length > 1);
    if (definition.type === "record") return recordWriter(writerOf(definition.valueType));
    if (definition.type === "object") Object.assign(fields, definition.shape);
  }
  return Object.keys(fields).length === 0 ? singleJson : objectWriter(fields);
}

/** @param orOne whether what is one value in the plan is a list of one in Terraform, where a type has one form */
function listWriter(write: ValueWriter, orOne: boolean): ValueWriter {
  return (value, name) => {
    if (Array.isArray(value)) return listJson(value as readonly Value[], write, name);
    return orOne ? `[${singleJson(value, name)}]` : singleJson(value, name);
  };
}

function recordWriter(write: ValueWriter): ValueWriter {
  return (value, name) => (isPlainObject(value) ? recordJson(value, write, name) : singleJson(value, name));
}

function objectWriter(types: Readonly<Record<string, z.ZodType>>): ValueWriter {
  const fields = new Map(
    Object.entries(types).map(([key, type]) => [
      key,
      { start: `"${terraformAttribute(key)}":`, write: writerOf(type) },
    ]),
  );
  return (value, name) => {
    if (!isPlainObject(value)) return singleJson(value, name);
    let text = "";
    for (const key in value) {
      const field = fields.get(key);
      if (field) text += `${text === "" ? "" : ","}${field.start}${field.write(value[key] as Value, name)}`;
    }
    return `{${text}}`;
  };
}

/** What is read here of the definition of a type. */
type Definition =
  | { readonly type: "array"; readonly element: z.ZodType }
  | { readonly type: "record"; readonly valueType: z.ZodType }
  | { readonly type: "object"; readonly shape: Readonly<Record<string, z.ZodType>> }
  | { readonly type: "union"; readonly options: readonly z.ZodType[] }
  | { readonly type: "optional" | "nullable"; readonly innerType: z.ZodType }
  | { readonly type: "string" | "number" | "boolean" | "enum" | "literal" };

/** The types that a value may have: those of a union, without what makes them optional. */
function optionsOf(type: z.ZodType): readonly z.ZodType[] {
  const definition = definitionOf(type);
  switch (definition.type) {
    case "union":
      return definition.options.flatMap(optionsOf);
    case "optional":
    case "nullable":
      return optionsOf(definition.innerType);
    default:
      return [type];
  }
}

function definitionOf(type: z.ZodType): Definition {
  return type.def as unknown as Definition;
}

function isPlainObject(value: Value): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isSymbolic(value);
}

/** A value that is one in the configuration, known or not. */
function singleJson(value: Value, name: NameReference): string {
  if (typeof value === "string") return literalJson(value);
  return typeof value === "object" && value !== null
    ? JSON.stringify(symbolicText(value as Symbolic, name))
    : String(value);
}

function listJson(items: readonly Value[], write: ValueWriter, name: NameReference): string {
  return `[${items.map((item) => write(item, name)).join(",")}]`;
}

function recordJson(record: Properties, write: ValueWriter, name: NameReference): string {
  let text = "";
  for (const key in record) {
    text += `${text === "" ? "" : ","}${literalJson(key)}:${write(record[key] as Value, name)}`;
  }
  return `{${text}}`;
}

/** A value that is not known yet, as text that Terraform completes. */
function symbolicText(value: Symbolic, name: NameReference): string {
  if (isReference(value)) return name(value);
  if (isForeignToken(value)) return value.$token;
  if (isJoin(value)) return joinedText(value.$join, name);
  return secretMarker(value.$secret.environment);
}

/** Terraform makes one text of it: what stands in front of an expression depends on that. */
function joinedText(parts: readonly Value[], name: NameReference): string {
  return parts.reduceRight<string>((text, part) => {
    const isKnown = typeof part !== "object" || part === null;
    return (isKnown ? escapedBefore(String(part), text) : symbolicText(part as Symbolic, name)) + text;
  }, "");
}
