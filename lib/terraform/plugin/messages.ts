import { bytes, flag, integer, list, map, message, one, text, type Message } from "./protobuf";

const empty = message({});

const dynamicValue = message({ msgpack: bytes(1), json: bytes(2) });

const step = message({ attribute_name: text(1), element_key_string: text(2), element_key_int: integer(3) });
const attributePath = message({ steps: list(1, () => step) });

const diagnostic = message({
  severity: integer(1),
  summary: text(2),
  detail: text(3),
  attribute: one(4, () => attributePath),
});
const diagnosticsAs = (number: number) => list(number, () => diagnostic);

/** What {@link Message} of an attribute holds: it may hold attributes again. */
export interface AttributeMessage {
  readonly name?: string;
  readonly type?: Uint8Array;
  readonly description?: string;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly nested_type?: { readonly attributes?: readonly AttributeMessage[]; readonly nesting?: number };
}
const attribute: Message<AttributeMessage> = message({
  name: text(1),
  type: bytes(2),
  description: text(3),
  required: flag(4),
  optional: flag(5),
  computed: flag(6),
  sensitive: flag(7),
  nested_type: one(10, () => nestedType),
});
const nestedType: Message<NonNullable<AttributeMessage["nested_type"]>> = message({
  attributes: list(1, () => attribute),
  nesting: integer(3),
});
const block = message({ version: integer(1), attributes: list(2, () => attribute), description: text(4) });
const schema = message({ version: integer(1), block: one(2, () => block) });

const serverCapabilities = message({ plan_destroy: flag(1), get_provider_schema_optional: flag(2) });
const typeName = message({ type_name: text(1) });
const importedResource = message({
  type_name: text(1),
  state: one(2, () => dynamicValue),
  private: bytes(3),
});
const rawState = message({ json: bytes(1) });

const onlyDiagnostics = message({ diagnostics: diagnosticsAs(1) });
const typeAndConfig = message({ type_name: text(1), config: one(2, () => dynamicValue) });

/** The calls of version 6 of Terraform's plugin protocol that are answered, with the fields that are used. */
export const messages = {
  GetMetadata: {
    request: empty,
    response: message({
      server_capabilities: one(1, () => serverCapabilities),
      diagnostics: diagnosticsAs(2),
      data_sources: list(3, () => typeName),
      resources: list(4, () => typeName),
    }),
  },
  GetProviderSchema: {
    request: empty,
    response: message({
      provider: one(1, () => schema),
      resource_schemas: map(2, () => schema),
      data_source_schemas: map(3, () => schema),
      diagnostics: diagnosticsAs(4),
      server_capabilities: one(6, () => serverCapabilities),
    }),
  },
  ValidateProviderConfig: {
    request: message({ config: one(1, () => dynamicValue) }),
    response: message({ diagnostics: diagnosticsAs(2) }),
  },
  ConfigureProvider: {
    request: message({ terraform_version: text(1), config: one(2, () => dynamicValue) }),
    response: onlyDiagnostics,
  },
  ValidateResourceConfig: { request: typeAndConfig, response: onlyDiagnostics },
  ValidateDataResourceConfig: { request: typeAndConfig, response: onlyDiagnostics },
  UpgradeResourceState: {
    request: message({ type_name: text(1), version: integer(2), raw_state: one(3, () => rawState) }),
    response: message({ upgraded_state: one(1, () => dynamicValue), diagnostics: diagnosticsAs(2) }),
  },
  ReadResource: {
    request: message({ type_name: text(1), current_state: one(2, () => dynamicValue), private: bytes(3) }),
    response: message({
      new_state: one(1, () => dynamicValue),
      diagnostics: diagnosticsAs(2),
      private: bytes(3),
    }),
  },
  PlanResourceChange: {
    request: message({
      type_name: text(1),
      prior_state: one(2, () => dynamicValue),
      proposed_new_state: one(3, () => dynamicValue),
      config: one(4, () => dynamicValue),
      prior_private: bytes(5),
    }),
    response: message({
      planned_state: one(1, () => dynamicValue),
      requires_replace: list(2, () => attributePath),
      planned_private: bytes(3),
      diagnostics: diagnosticsAs(4),
    }),
  },
  ApplyResourceChange: {
    request: message({
      type_name: text(1),
      prior_state: one(2, () => dynamicValue),
      planned_state: one(3, () => dynamicValue),
      config: one(4, () => dynamicValue),
      planned_private: bytes(5),
    }),
    response: message({
      new_state: one(1, () => dynamicValue),
      private: bytes(2),
      diagnostics: diagnosticsAs(3),
    }),
  },
  ImportResourceState: {
    request: message({ type_name: text(1), id: text(2) }),
    response: message({ imported_resources: list(1, () => importedResource), diagnostics: diagnosticsAs(2) }),
  },
  MoveResourceState: {
    request: message({ source_type_name: text(2), target_type_name: text(5) }),
    response: message({ diagnostics: diagnosticsAs(2) }),
  },
  ReadDataSource: {
    request: typeAndConfig,
    response: message({ state: one(1, () => dynamicValue), diagnostics: diagnosticsAs(2) }),
  },
  GetFunctions: { request: empty, response: empty },
  StopProvider: { request: empty, response: message({ Error: text(1) }) },
};

/** The schemas' names, without the schemas. */
export const schemaNames = message({
  resource_schemas: map(2, () => empty),
  data_source_schemas: map(3, () => empty),
});
