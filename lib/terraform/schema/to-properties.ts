import { canonicalJson, type Properties, type Value } from "../../model/value";
import { UNKNOWN, type TerraformObject, type TerraformValue } from "../plugin/value";
import type { ResourceShape } from "./resource-shape";
import { withSecrets } from "./secret-text";
import { isNumber, type ObjectShape, type Shape } from "./shape";

/** What Terraform knows of a resource's properties, as plans have them. */
export interface KnownProperties {
  readonly properties: Properties;
  /** The properties that are not known yet, or that hold something which is not. */
  readonly unknown: ReadonlySet<string>;
}

/** The properties of a resource as Terraform has it: what is null there is left out, sets are in order, secrets are symbolic. */
export function toProperties(shape: ResourceShape, object: TerraformObject): KnownProperties {
  const properties: Record<string, Value> = {};
  const unknown = new Set<string>();
  for (const field of shape.properties) {
    const given = object[field.name];
    if (holdsUnknown(given)) {
      unknown.add(field.property);
      continue;
    }
    const value = fromTerraform(field.shape, given);
    if (value !== undefined) properties[field.property] = value;
  }
  return { properties, unknown };
}

/** The computed attributes of a resource, as plans name them, as far as there are any. */
export function toAttributes(shape: ResourceShape, object: TerraformObject): Properties {
  const known = shape.attributes.flatMap(({ property, name, shape: form }): [string, Value][] => {
    const value = fromTerraform(form, object[name]);
    return value === undefined ? [] : [[property, value]];
  });
  return Object.fromEntries(known);
}

export function holdsUnknown(value: TerraformValue | undefined): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/** A value as plans have it; undefined where it is left out. What is not known yet is a token that nobody can resolve. */
export function fromTerraform(shape: Shape, value: TerraformValue | undefined): Value | undefined {
  if (value === null || value === undefined) return undefined;
  if (value === UNKNOWN) return { $token: "unknown" };
  switch (shape.type) {
    case "text":
      return typeof value === "string" ? withSecrets(value) : (value as Value);
    case "choice":
      return typeof value === "string" && shape.texts.includes(value) ? value : numberFrom(value);
    case "number":
      return numberFrom(value);
    case "texts": {
      const texts = itemsOf({ type: "text" }, value);
      return texts.length === 1 ? texts[0] : texts;
    }
    case "list":
      return itemsOf(shape.item, value);
    case "set":
      return itemsOf(shape.item, value).sort(byCanonicalText);
    case "map":
      return mapFrom(shape.value, value as TerraformObject);
    case "object": {
      const fields = objectFrom(shape, value as TerraformObject);
      return Object.keys(fields).length === 0 ? undefined : fields;
    }
    default:
      return value as Value;
  }
}

/** Terraform sends a number that it cannot send exactly, 0.1 for one, as text. */
function numberFrom(value: TerraformValue): Value {
  return typeof value === "string" && isNumber(value) ? Number(value) : (value as Value);
}

/** An item keeps its place: an object of which nothing is said is an empty one. */
function itemsOf(shape: Shape, value: TerraformValue): Value[] {
  const items = value as readonly TerraformValue[];
  return items.map((item) => fromTerraform(shape, item) ?? (shape.type === "object" ? {} : null));
}

function mapFrom(shape: Shape, value: TerraformObject): Properties {
  const entries = Object.entries(value).flatMap(([key, item]): [string, Value][] => {
    const taken = fromTerraform(shape, item);
    return taken === undefined ? [] : [[key, taken]];
  });
  return Object.fromEntries(entries);
}

function objectFrom({ fields }: ObjectShape, value: TerraformObject): Properties {
  const taken: Record<string, Value> = {};
  for (const field of fields) {
    const item = fromTerraform(field.shape, value[field.name]);
    if (item !== undefined) taken[field.property] = item;
  }
  return taken;
}

/** The order that plans have. */
function byCanonicalText(left: Value, right: Value): number {
  const [first, second] = [canonicalJson(left), canonicalJson(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}
