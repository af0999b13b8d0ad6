import { fc } from "../fast-check";
import type { z } from "zod";
import type { ResourceSchema } from "../../lib/model/resource-schema";
import { definitionOf } from "../../lib/model/type-definition";
import { canonicalJson, type Properties, type Value } from "../../lib/model/value";

export interface ArbitraryOptions {
  /** What stands for a text that may be anything. */
  readonly text?: fc.Arbitrary<Value>;
  readonly number?: fc.Arbitrary<number>;
}

/** Texts that an environment variable can have for a name. */
export const name = fc.stringMatching(/^[A-Z][A-Z_]{0,5}$/);

/** Texts with secrets in them, in the one form that plans have for each. */
export const textWithSecrets: fc.Arbitrary<Value> = fc.oneof(
  fc.string(),
  name.map((environment): Value => ({ $secret: { environment } })),
  fc
    .array(
      fc.oneof(
        fc.string({ minLength: 1 }),
        name.map((environment) => ({ $secret: { environment } })),
      ),
      {
        minLength: 2,
        maxLength: 4,
      },
    )
    // Texts side by side would be one.
    .filter((parts) =>
      parts.every((part, at) => typeof part !== "string" || typeof parts[at + 1] !== "string"),
    )
    .map((parts): Value => ({ $join: parts })),
);

/**
 * Properties of a kind, as plans have them: of every form that its schema allows, whether the rules allow it or not. What
 * exists for the rules only is left out.
 */
export function propertiesOf(
  schema: ResourceSchema,
  options: ArbitraryOptions = {},
): fc.Arbitrary<Properties> {
  const types = Object.entries(schema.properties.shape).filter(([key]) => !schema.metadata[key]?.checkOnly);
  const required = types.filter(([, type]) => !isOptional(type as z.ZodType)).map(([key]) => key);
  const values = types.map(([key, type]) => {
    const value = valueOf(type as z.ZodType, options);
    return [key, schema.metadata[key]?.unordered ? value.map(inOrder) : value] as const;
  });
  return fc.record(Object.fromEntries(values), { requiredKeys: required, noNullPrototype: true });
}

/** Values of a type of ours. */
export function valueOf(type: z.ZodType, options: ArbitraryOptions = {}): fc.Arbitrary<Value> {
  const definition = definitionOf(type);
  switch (definition.type) {
    case "string":
      return options.text ?? fc.string();
    case "number":
      return (
        options.number ??
        fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map(positiveZero))
      );
    case "boolean":
      return fc.boolean();
    case "optional":
    case "nullable":
      return valueOf(definition.innerType, options);
    case "literal":
      return fc.constantFrom(...(definition.values as readonly Value[]));
    case "enum":
      return fc.constantFrom(...(Object.values(definition.entries) as string[]));
    case "array":
      return fc.array(valueOf(definition.element, options), { maxLength: 4 });
    case "record":
      return fc.dictionary(name, valueOf(definition.valueType, options), {
        maxKeys: 4,
        noNullPrototype: true,
      });
    case "union":
      // A list of one text, where a text may stand as well, is not what plans have.
      return fc
        .oneof(...definition.options.map((option) => valueOf(option, options)))
        .filter((value) => !isListOfOne(value, definition.options));
    case "object":
      return objectOf(definition.shape, options);
  }
}

/** An object says something: one that does not is left out of plans. */
function objectOf(
  shape: Readonly<Record<string, z.ZodType>>,
  options: ArbitraryOptions,
): fc.Arbitrary<Properties> {
  const types = Object.entries(shape);
  const required = types.filter(([, type]) => !isOptional(type)).map(([key]) => key);
  return fc
    .record(Object.fromEntries(types.map(([key, type]) => [key, valueOf(type, options)])), {
      requiredKeys: required,
      noNullPrototype: true,
    })
    .filter((object) => Object.keys(object).length > 0);
}

function isOptional(type: z.ZodType): boolean {
  return ["optional", "nullable"].includes(definitionOf(type).type);
}

function isListOfOne(value: Value, options: readonly z.ZodType[]): boolean {
  const takesText = options.some((option) => definitionOf(option).type === "string");
  return takesText && Array.isArray(value) && value.length === 1;
}

/** What has no order stands in plans once each, sorted. */
function inOrder(value: Value): Value {
  if (!Array.isArray(value)) return value;
  const texts = [...new Set(value.map((item: Value) => canonicalJson(item)))].sort();
  return texts.map((text) => JSON.parse(text) as Value);
}

/** JSON and Terraform know one zero. */
function positiveZero(number: number): number {
  return number === 0 ? 0 : number;
}
