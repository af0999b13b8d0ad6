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
  if (typeof value !== "object" || value === null) return scalarJson(value);
  if (Array.isArray(value)) return listJson(value as readonly Value[], writeFreely, name);
  if (isSymbolic(value)) return JSON.stringify(symbolicText(value, name));
  return recordJson(value as Properties, writeFreely, name);
};

/** The writer for values of a type: below an object keys are names of ours, which Terraform has in snake case. */
export function writerOf(type: z.ZodType): ValueWriter {
  const fields = new Map<string, ValueWriter>();
  let items: ValueWriter | undefined;
  let entries: ValueWriter | undefined;
  for (const option of optionsOf(type)) {
    const { def } = option as unknown as { readonly def: TypeDefinition };
    if (def.type === "array") items = writerOf(def.element);
    else if (def.type === "record") entries = writerOf(def.valueType);
    else if (def.type === "object") {
      for (const [key, field] of Object.entries(def.shape)) fields.set(key, writerOf(field));
    }
  }
  if (fields.size === 0 && items === undefined && entries === undefined) return writeFreely;
  const names = new Map([...fields.keys()].map((key) => [key, `"${terraformAttribute(key)}":`]));
  return (value, name) => {
    if (typeof value !== "object" || value === null) return scalarJson(value);
    if (Array.isArray(value)) return listJson(value as readonly Value[], items ?? writeFreely, name);
    if (isSymbolic(value)) return JSON.stringify(symbolicText(value, name));
    if (entries) return recordJson(value as Properties, entries, name);
    let text = "";
    for (const key in value) {
      const item = (value as Properties)[key] as Value;
      const write = fields.get(key) ?? writeFreely;
      text += `${text === "" ? "" : ","}${names.get(key) ?? `${literalJson(key)}:`}${write(item, name)}`;
    }
    return `{${text}}`;
  };
}

/** What is read here of the definition of a type. */
type TypeDefinition =
  | { readonly type: "array"; readonly element: z.ZodType }
  | { readonly type: "record"; readonly valueType: z.ZodType }
  | { readonly type: "object"; readonly shape: Readonly<Record<string, z.ZodType>> }
  | { readonly type: "union"; readonly options: readonly z.ZodType[] }
  | { readonly type: "optional" | "nullable" | "default"; readonly innerType: z.ZodType }
  | { readonly type: "string" | "number" | "boolean" | "enum" | "literal" };

/** The types that a value may have: those of a union, without what makes them optional. */
function optionsOf(type: z.ZodType): readonly z.ZodType[] {
  const { def } = type as unknown as { readonly def: TypeDefinition };
  if (def.type === "union") return def.options.flatMap(optionsOf);
  if (def.type === "optional" || def.type === "nullable" || def.type === "default")
    return optionsOf(def.innerType);
  return [type];
}

function scalarJson(value: string | number | boolean | null): string {
  return typeof value === "string" ? literalJson(value) : String(value);
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

/** Terraform joins what stands in one text; a value that is no text becomes one there. */
function joinedText(parts: readonly Value[], name: NameReference): string {
  let text = "";
  for (const part of [...parts].reverse()) {
    if (typeof part === "object" && part !== null && !Array.isArray(part) && isSymbolic(part)) {
      text = symbolicText(part, name) + text;
    } else {
      text = escapedBefore(String(part), text) + text;
    }
  }
  return text;
}
