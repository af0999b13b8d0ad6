import { ScfError } from "../../model/error";
import type { TerraformAttribute, TerraformType } from "../plugin/schema";
import type { Field, ObjectShape, Shape } from "./shape";

/** What is said of an attribute beside its name and form. */
export type Said = Omit<TerraformAttribute, "name" | "type" | "nested">;

/** An attribute of a shape. Objects, and lists, sets and maps of objects, have attributes themselves. */
export function attributeOf({ name, shape }: Pick<Field, "name" | "shape">, said: Said): TerraformAttribute {
  return { name, ...formOf(shape, said.computed === true && !said.optional), ...said };
}

/** @param computed whether all of it comes from the provider */
function formOf(shape: Shape, computed: boolean): Pick<TerraformAttribute, "type" | "nested"> {
  switch (shape.type) {
    case "object":
      return { nested: { nesting: "single", attributes: attributesOf(shape, computed) } };
    case "list":
    case "set":
      if (shape.item.type !== "object") break;
      return { nested: { nesting: shape.type, attributes: attributesOf(shape.item, computed) } };
    case "map":
      if (shape.value.type !== "object") break;
      return { nested: { nesting: "map", attributes: attributesOf(shape.value, computed) } };
  }
  return { type: typeOf(shape) };
}

function attributesOf({ fields }: ObjectShape, computed: boolean): readonly TerraformAttribute[] {
  return fields.map((field) =>
    attributeOf(field, {
      description: "",
      ...(computed ? { computed } : field.required ? { required: true } : { optional: true }),
    }),
  );
}

function typeOf(shape: Shape): TerraformType {
  switch (shape.type) {
    case "text":
    case "choice":
      return "string";
    case "number":
      return "number";
    case "flag":
      return "bool";
    case "texts":
      return ["list", "string"];
    case "list":
    case "set":
      return [shape.type, typeOf(shape.item)];
    case "map":
      return ["map", typeOf(shape.value)];
    case "object":
      throw new ScfError("SHAPE_UNKNOWN", "Terraform's schema has no form for objects two levels down.", {
        fix: "Give it one in lib/terraform/schema/attribute.ts.",
      });
  }
}
