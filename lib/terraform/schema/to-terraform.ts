import { isSymbolic, type Properties, type Value } from "../../model/value";
import { UNKNOWN, type TerraformObject, type TerraformValue } from "../plugin/value";
import type { ResourceShape } from "./resource-shape";
import { withMarkers } from "./secret-text";
import type { Field, Shape } from "./shape";

/**
 * A resource as Terraform has it, with every attribute of its schema: null is what is not set, and what is the provider's
 * own. The platform may hold what no program can say: what has another form than the schema's is null as well.
 */
export function toTerraform(
  shape: ResourceShape,
  properties: Properties,
  attributes: Properties,
): TerraformObject {
  return {
    ...fieldsTo(shape.properties, properties),
    ...fieldsTo(shape.attributes, attributes),
    ...Object.fromEntries(shape.own.map((name) => [name, null])),
  };
}

function fieldsTo(fields: readonly Field[], values: Properties): TerraformObject {
  return Object.fromEntries(
    fields.map(({ name, property, shape }) => [name, valueTo(shape, values[property])]),
  );
}

function valueTo(shape: Shape, value: Value | undefined): TerraformValue {
  if (value === null || value === undefined) return null;
  if (shape.type === "text" || shape.type === "choice") return withMarkers(value) ?? null;
  if (shape.type === "texts") return itemsTo({ type: "text" }, Array.isArray(value) ? value : [value]);
  if (isSymbolic(value)) return UNKNOWN;
  switch (shape.type) {
    case "number":
      return typeof value === "number" ? value : null;
    case "flag":
      return typeof value === "boolean" ? value : null;
    case "list":
    case "set":
      return Array.isArray(value) ? itemsTo(shape.item, value) : null;
    case "map":
      return isRecord(value) ? mapTo(shape.value, value) : null;
    case "object":
      return isRecord(value) ? fieldsTo(shape.fields, value) : null;
  }
}

function itemsTo(shape: Shape, items: readonly Value[]): TerraformValue {
  return items.map((item) => valueTo(shape, item));
}

function mapTo(shape: Shape, value: Properties): TerraformObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueTo(shape, item)]));
}

function isRecord(value: Value): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
