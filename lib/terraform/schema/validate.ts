import type { z } from "zod";
import type { ResourceSchema } from "../../model/resource-schema";
import type { Properties } from "../../model/value";
import { listed, quote } from "../../rules/text";
import { childOf, described, issuesOf, sentence, type Located, type Sentence } from "../../rules/wrong-type";
import type { Diagnostic } from "../plugin/provider";
import type { TerraformObject } from "../plugin/value";
import { placeOf, type Place } from "./place";
import { resourceShapeOf } from "./resource-shape";
import type { ObjectShape } from "./shape";
import { fromTerraform } from "./to-properties";

/** What is wrong with the type of a resource's attributes, beyond what Terraform sees itself. What is not known is right. */
export function misfits(schema: ResourceSchema, object: TerraformObject): Diagnostic[] {
  const shape: ObjectShape = { type: "object", fields: resourceShapeOf(schema).properties };
  const properties = fromTerraform(shape, object) ?? {};
  return issuesOf(sentProperties(schema), properties).map((located) => {
    const place = placeOf(shape, located.path);
    const isSecret = schema.metadata[String(located.path[0])]?.sensitive === true;
    const { message, fix } = said(located, properties as Properties, place, isSecret);
    return {
      severity: "error",
      summary: asSentence(message),
      ...(fix === undefined ? {} : { detail: asSentence(fix) }),
      ...(place.path.length === 0 ? {} : { attribute: place.path }),
    };
  });
}

const withoutChecked = new WeakMap<ResourceSchema, z.ZodType>();

/** The properties without those that exist for the rules only: Terraform has none of them. */
function sentProperties(schema: ResourceSchema): z.ZodType {
  let type = withoutChecked.get(schema);
  if (!type) {
    const checked = Object.keys(schema.metadata).filter((name) => schema.metadata[name]?.checkOnly);
    type = schema.properties.omit(Object.fromEntries(checked.map((name) => [name, true])));
    withoutChecked.set(schema, type);
  }
  return type;
}

function said(located: Located, properties: Properties, place: Place, isSecret: boolean): Sentence {
  const value = located.path.reduce<unknown>(childOf, properties);
  if (place.shape?.type === "choice") {
    const allowed = listed(["a number", ...place.shape.texts.map(quote)], "or");
    return {
      message: `\`${place.text}\` must be ${allowed}, but is ${described(value, isSecret)}`,
      fix: `use ${allowed}`,
    };
  }
  const { issue } = located;
  return issue.code === "unrecognized_keys"
    ? mixed(issue.keys, value, place)
    : sentence(located, properties, { name: place.text, isSecret });
}

/** Terraform knows one object where plans have several, and lets attributes of two stand side by side. */
function mixed(keys: readonly string[], value: unknown, place: Place): Sentence {
  const named = (names: readonly string[]) => listed(names.map((name) => `\`${nameOf(place, name)}\``));
  const others = Object.keys(value as object).filter((key) => !keys.includes(key));
  return {
    message: `\`${place.text}\` cannot have ${named(keys)} together with ${named(others)}`,
    fix: "leave out what is not meant",
  };
}

function nameOf({ shape }: Place, property: string): string {
  const fields = shape?.type === "object" ? shape.fields : [];
  return fields.find((field) => field.property === property)?.name ?? property;
}

/** Words of a rule as a sentence. A name at the beginning stays as it is. */
function asSentence(words: string): string {
  const first = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?!]$/.test(first) ? first : `${first}.`;
}
