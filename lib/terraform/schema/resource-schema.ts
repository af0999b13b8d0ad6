import type { Kind } from "../../kinds/kind";
import type { TerraformAttribute, TerraformSchema } from "../plugin/schema";
import { attributeOf } from "./attribute";
import {
  resourceShapeOf,
  SECRET_FINGERPRINT,
  type PropertyField,
  type ResourceShape,
} from "./resource-shape";

/** Version of the form that the provider's resources have in Terraform's state. */
export const STATE_VERSION = 0;

/** What Terraform is told of a kind: its properties, what the platform computes, and what every resource has. */
export function terraformSchemaOf(kind: Kind): TerraformSchema {
  const shape = resourceShapeOf(kind.schema);
  return {
    version: STATE_VERSION,
    description: kind.schema.description,
    attributes: [
      ...shape.properties.map((field) => propertyAttribute(kind, field)),
      ...computedAttributes(kind, shape),
      ...ownAttributes(kind, shape),
    ],
  };
}

/** What a property is, where the fact comes from, and what a change of it does. */
export function propertyDescription(kind: Kind, property: string): string {
  const { description = "", source } = kind.schema.metadata[property] ?? {};
  return source === undefined ? description : `${description} [${source}]`;
}

function propertyAttribute(kind: Kind, field: PropertyField): TerraformAttribute {
  const effect = kind.keepsReplaced
    ? `A change makes a new ${kind.schema.title}, and the present one stays.`
    : "A change replaces the resource.";
  const description = propertyDescription(kind, field.property);
  return attributeOf(field, {
    description: field.immutable ? `${description} ${effect}` : description,
    ...(field.required ? { required: true } : { optional: true }),
    ...(field.sensitive ? { sensitive: true } : {}),
  });
}

function computedAttributes(kind: Kind, shape: ResourceShape): readonly TerraformAttribute[] {
  return shape.attributes.map((field) =>
    attributeOf(field, {
      description: kind.schema.attributeMetadata[field.property]?.description ?? "",
      computed: true,
    }),
  );
}

function ownAttributes(kind: Kind, shape: ResourceShape): readonly TerraformAttribute[] {
  return shape.own.map((name) => ({ name, ...own(kind, name) }));
}

function own(kind: Kind, name: string): Omit<TerraformAttribute, "name"> {
  switch (name) {
    case "id":
      return {
        type: "string",
        description: kind.import
          ? `What identifies it, and what import takes: \`${kind.import.id}\`.`
          : "What identifies it.",
        computed: true,
      };
    case "instance":
      return {
        type: "string",
        description:
          "Another one for every object that is made: what has to be replaced together with this resource names it in `replace_triggered_by`.",
        computed: true,
      };
    case "retain":
      return {
        type: "bool",
        description: "Whether the object stays when the resource is destroyed.",
        optional: true,
      };
    case "timeouts":
      return {
        nested: { nesting: "single", attributes: ["create", "update", "delete"].map(timeoutAttribute) },
        description: "How long an operation may take, as text like `30s`, `5m` or `1h`.",
        optional: true,
      };
    case SECRET_FINGERPRINT:
      return {
        type: "string",
        description: "Changes when a secret does that a property names: the secrets themselves are nowhere.",
        computed: true,
      };
    default:
      throw new Error(`No attribute \`${name}\``);
  }
}

function timeoutAttribute(operation: string): TerraformAttribute {
  return { name: operation, type: "string", description: `Of ${operation}.`, optional: true };
}
