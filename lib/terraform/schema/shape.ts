import type { z } from "zod";
import { ScfError } from "../../model/error";
import { definitionOf } from "../../model/type-definition";
import { terraformAttribute } from "../../model/terraform";

/**
 * The form of a value, in as much as Terraform has to know of it. Plain data: the build writes the shapes of all kinds, so
 * that values are taken over without the library that the schemas are made with.
 */
export type Shape =
  | { readonly type: "text" | "number" | "flag" }
  /** A number, or one of these texts. Terraform has a text for both. */
  | { readonly type: "choice"; readonly texts: readonly string[] }
  /** One text, or a list of them. Terraform has a list for both; a list of one is the bare text. */
  | { readonly type: "texts" }
  /** The order of a set means nothing. */
  | { readonly type: "list" | "set"; readonly item: Shape }
  | { readonly type: "map"; readonly value: Shape }
  | ObjectShape;

export interface ObjectShape {
  readonly type: "object";
  readonly fields: readonly Field[];
}

export interface Field {
  /** Its name in plans: `functionName`. */
  readonly property: string;
  /** Its name in Terraform: `function_name`. */
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
}

/**
 * The shape of a type of ours.
 *
 * @throws ScfError `SHAPE_UNKNOWN` for a type that has none: no kind has such a property, and a test holds that
 */
export function shapeOf(type: z.ZodType): Shape {
  const definition = definitionOf(type);
  switch (definition.type) {
    case "string":
      return { type: "text" };
    case "number":
      return { type: "number" };
    case "boolean":
      return { type: "flag" };
    case "optional":
    case "nullable":
      return shapeOf(definition.innerType);
    case "literal":
      return shapeOfValues(definition.values);
    case "enum":
      return shapeOfValues(Object.values(definition.entries));
    case "array":
      if (mayBeLeftOut(definition.element)) throw unknownShape("a list of what may be null");
      return { type: "list", item: shapeOf(definition.element) };
    case "record":
      if (shapeOf(definition.keyType).type !== "text") throw unknownShape("a map whose keys are no texts");
      return { type: "map", value: shapeOf(definition.valueType) };
    case "union":
      return shapeOfUnion(definition.options);
    case "object":
      return { type: "object", fields: fieldsOf(definition.shape) };
    default:
      throw unknownShape(`\`${(definition as { readonly type: string }).type}\``);
  }
}

/** Whether an object may be without a value of this type. Null in Terraform is what is left out in plans. */
export function mayBeLeftOut(type: z.ZodType): boolean {
  const { type: sort } = definitionOf(type);
  return sort === "optional" || sort === "nullable";
}

/** A field, with the name that Terraform has for it. */
export function fieldOf(property: string, shape: Shape, required: boolean): Field {
  return { property, name: terraformAttribute(property), shape, required };
}

function fieldsOf(types: Readonly<Record<string, z.ZodType>>): readonly Field[] {
  return Object.entries(types).map(([property, type]) =>
    fieldOf(property, shapeOf(type), !mayBeLeftOut(type)),
  );
}

function shapeOfValues(values: readonly unknown[]): Shape {
  if (values.every((value) => typeof value === "string")) return { type: "text" };
  if (values.every((value) => typeof value === "number")) return { type: "number" };
  if (values.every((value) => typeof value === "boolean")) return { type: "flag" };
  throw unknownShape("a choice of values of several types");
}

function shapeOfUnion(options: readonly z.ZodType[]): Shape {
  const [first, ...others] = options.map(shapeOf);
  if (first === undefined) throw unknownShape("a union of nothing");
  if (others.every((other) => isSameShape(first, other))) return first;
  const shapes = [first, ...others];
  if (shapes.every((shape) => shape.type === "object")) return mergedObject(shapes);
  const types = shapes.map(({ type }) => type);
  if (types.every((type) => type === "text" || type === "number")) {
    return { type: "choice", texts: options.flatMap(textsOf) };
  }
  const isTexts = (shape: Shape) => shape.type === "list" && shape.item.type === "text";
  if (shapes.every((shape) => shape.type === "text" || isTexts(shape))) return { type: "texts" };
  throw unknownShape(`a union of ${types.join(", ")}`);
}

/** The texts of a choice beside its numbers: with any text at all, nobody could tell the two apart. */
function textsOf(type: z.ZodType): readonly string[] {
  const definition = definitionOf(type);
  if (definition.type === "number") return [];
  const values =
    definition.type === "literal"
      ? definition.values
      : definition.type === "enum"
        ? Object.values(definition.entries)
        : [undefined];
  return values.map((value) => {
    if (typeof value !== "string" || isNumber(value)) throw unknownShape("a choice of numbers and any text");
    return value;
  });
}

/** Whether a text is a number's. */
export function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/** One object with the fields of all: required is what every one of them requires. */
function mergedObject(objects: readonly ObjectShape[]): ObjectShape {
  const merged = new Map<string, Field>();
  for (const field of objects.flatMap(({ fields }) => fields)) {
    const known = merged.get(field.property);
    if (known && !isSameShape(known.shape, field.shape)) {
      throw unknownShape(`a union of objects with different \`${field.property}\``);
    }
    merged.set(field.property, { ...field, required: isRequiredInAll(objects, field.property) });
  }
  return { type: "object", fields: [...merged.values()] };
}

function isRequiredInAll(objects: readonly ObjectShape[], property: string): boolean {
  return objects.every(({ fields }) => fields.some((field) => field.property === property && field.required));
}

function isSameShape(left: Shape, right: Shape): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function unknownShape(what: string): ScfError {
  return new ScfError("SHAPE_UNKNOWN", `Terraform's schema has no form for ${what}.`, {
    fix: "Give it one in lib/terraform/schema/shape.ts.",
  });
}
