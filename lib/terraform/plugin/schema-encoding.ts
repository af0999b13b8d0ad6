import { messages, type AttributeMessage } from "./messages";
import type { ProviderSchema, TerraformAttribute, TerraformSchema } from "./schema";

/**
 * Deletes are planned like any other change, and Terraform need not ask for the schema of a provider that it knows from
 * earlier in the same run.
 */
export const capabilities = { plan_destroy: true, get_provider_schema_optional: true };

/** The whole answer to GetProviderSchema, so that it can be made ahead of time. */
export function encodeProviderSchema(schema: ProviderSchema): Uint8Array {
  return messages.GetProviderSchema.response.encode({
    provider: schemaMessage(schema.provider),
    resource_schemas: each(schema.resources),
    data_source_schemas: each(schema.dataSources),
    server_capabilities: capabilities,
  });
}

const each = (schemas: { readonly [type: string]: TerraformSchema }) =>
  Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, schemaMessage(schema)]));

function schemaMessage({ version, description, attributes }: TerraformSchema) {
  return { version, block: { attributes: attributes.map(attributeMessage), description } };
}

const nestings = { single: 1, list: 2, set: 3, map: 4 };

function attributeMessage(attribute: TerraformAttribute): AttributeMessage {
  const { name, type, nested, description, required, optional, computed, sensitive } = attribute;
  return {
    name,
    ...(type === undefined ? {} : { type: Buffer.from(JSON.stringify(type)) }),
    description,
    ...(required ? { required } : {}),
    ...(optional ? { optional } : {}),
    ...(computed ? { computed } : {}),
    ...(sensitive ? { sensitive } : {}),
    ...(nested === undefined
      ? {}
      : {
          nested_type: {
            attributes: nested.attributes.map(attributeMessage),
            nesting: nestings[nested.nesting],
          },
        }),
  };
}
