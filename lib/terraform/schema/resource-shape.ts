import type { ResourceSchema } from "../../model/resource-schema";
import { terraformType } from "../../model/terraform";
import { fieldOf, mayBeLeftOut, shapeOf, type Field } from "./shape";

/** A property as Terraform sees it. */
export interface PropertyField extends Field {
  /** A change replaces the resource. */
  readonly immutable?: true;
  /** The platform does not give the value back. */
  readonly unreadable?: true;
  readonly sensitive?: true;
}

/** What has to be known of a kind to take values of it over from Terraform and back. Plain data, like every shape. */
export interface ResourceShape {
  readonly kind: string;
  /** Terraform's resource type. */
  readonly type: string;
  /** Without those that exist for the rules only. */
  readonly properties: readonly PropertyField[];
  readonly attributes: readonly Field[];
  /** What is neither the kind's property nor its attribute, but the provider's own: `id`, `instance`, `retain`, …. */
  readonly own: readonly string[];
}

/** What every resource has from the provider itself. */
const OWN = ["id", "instance", "retain", "timeouts"] as const;

/** What a resource with a sensitive property has as well. */
export const SECRET_FINGERPRINT = "secret_fingerprint";

const shapes = new WeakMap<ResourceSchema, ResourceShape>();

/** The shape of a kind. */
export function resourceShapeOf(schema: ResourceSchema): ResourceShape {
  let shape = shapes.get(schema);
  if (!shape) {
    shape = makeShape(schema);
    shapes.set(schema, shape);
  }
  return shape;
}

function makeShape(schema: ResourceSchema): ResourceShape {
  const properties = Object.keys(schema.metadata)
    .filter((name) => schema.metadata[name]?.checkOnly !== true)
    .map((name) => propertyOf(schema, name));
  const hasSecret = properties.some(({ sensitive }) => sensitive);
  return {
    kind: schema.kind,
    type: terraformType(schema.kind),
    properties,
    attributes: Object.keys(schema.attributeMetadata)
      .filter((name) => schema.attributeMetadata[name]?.internal !== true)
      .map((name) => fieldOf(name, shapeOf(schema.attributes.shape[name] as never), false)),
    own: hasSecret ? [...OWN, SECRET_FINGERPRINT] : OWN,
  };
}

function propertyOf(schema: ResourceSchema, name: string): PropertyField {
  const type = schema.properties.shape[name] as Parameters<typeof shapeOf>[0];
  const { immutable, unreadable, sensitive, unordered } = schema.metadata[name] ?? { description: "" };
  const shape = shapeOf(type);
  return {
    ...fieldOf(
      name,
      unordered && shape.type === "list" ? { ...shape, type: "set" } : shape,
      !mayBeLeftOut(type),
    ),
    ...(immutable ? { immutable } : {}),
    ...(unreadable ? { unreadable } : {}),
    ...(sensitive ? { sensitive } : {}),
  };
}
