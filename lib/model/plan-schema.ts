import { z } from "zod";
import { SNAPSHOT_FORMAT, SNAPSHOT_VERSION } from "./account-snapshot";
import { PLAN_FORMAT, PLAN_VERSION } from "./plan";
import { resourceSchemas } from "./resources";
import type { ResourceSchema } from "./resource-schema";

type JsonSchema = { [key: string]: unknown };

/**
 * The published JSON schema of plans, made from the schemas of the kinds. Wherever a concrete value may stand, a symbolic
 * one may stand in its place.
 */
export function planJsonSchema(): JsonSchema {
  const kinds = Object.values(resourceSchemas) as unknown as ResourceSchema[];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Plan of cdktf-scf",
    description:
      "What one stack declares. References between resources are symbolic; secrets are named, never held.",
    type: "object",
    required: [
      "format",
      "formatVersion",
      "stack",
      "validated",
      "provider",
      "resources",
      "assets",
      "outputs",
      "dependsOnStacks",
    ],
    additionalProperties: false,
    properties: {
      format: { const: PLAN_FORMAT },
      formatVersion: { const: PLAN_VERSION },
      stack: { type: "string", description: "Id of the stack." },
      validated: { type: "boolean", description: "Whether every rule was checked and none was broken." },
      provider: { $ref: "#/$defs/provider" },
      existing: { $ref: "#/$defs/existing" },
      resources: {
        type: "array",
        description: "Sorted by address.",
        items: { oneOf: kinds.map((kind) => ({ $ref: `#/$defs/${kind.kind}` })) },
      },
      assets: {
        type: "array",
        description: "Staged packages, sorted by hash.",
        items: {
          type: "object",
          required: ["hash", "path", "zipBytes", "uncompressedBytes"],
          additionalProperties: false,
          properties: {
            hash: { type: "string", pattern: "^[0-9a-f]{64}$" },
            path: { type: "string", description: "The ZIP, relative to the plan." },
            zipBytes: { type: "integer", minimum: 0 },
            uncompressedBytes: { type: "integer", minimum: 0 },
          },
        },
      },
      outputs: {
        type: "object",
        additionalProperties: {
          type: "object",
          required: ["value"],
          additionalProperties: false,
          properties: { value: {}, description: { type: "string" }, sensitive: { type: "boolean" } },
        },
      },
      dependsOnStacks: { type: "array", items: { type: "string" } },
    },
    $defs: {
      ...Object.fromEntries(kinds.map((kind) => [kind.kind, resourceJsonSchema(kind)])),
      provider: providerJsonSchema,
      existing: existingJsonSchema,
      lifecycle: lifecycleJsonSchema,
      symbolic: symbolicJsonSchema,
    },
  };
}

function resourceJsonSchema(schema: ResourceSchema): JsonSchema {
  const properties = z.toJSONSchema(schema.properties, { unrepresentable: "any" }) as JsonSchema;
  const described = properties["properties"] as Record<string, JsonSchema>;
  return {
    type: "object",
    description: schema.description,
    required: ["address", "kind", "properties", "dependsOn"],
    additionalProperties: false,
    properties: {
      address: { type: "string", description: "The construct's path, the stack's id first." },
      kind: { const: schema.kind },
      properties: {
        type: "object",
        required: properties["required"] ?? [],
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(described).map(([name, type]) => {
            const metadata = schema.metadata[name];
            const description = [metadata?.description, metadata?.source && `[${metadata.source}]`]
              .filter(Boolean)
              .join(" ");
            return [name, { description, ...orSymbolic(type) }];
          }),
        ),
      },
      dependsOn: { type: "array", items: { type: "string" } },
      lifecycle: { $ref: "#/$defs/lifecycle" },
    },
  };
}

/** Lets a symbolic value stand for the whole, and for every part of it. */
function orSymbolic(type: JsonSchema): JsonSchema {
  const inner: JsonSchema = { ...type };
  if (inner["items"]) inner["items"] = orSymbolic(inner["items"] as JsonSchema);
  if (inner["additionalProperties"] && typeof inner["additionalProperties"] === "object") {
    inner["additionalProperties"] = orSymbolic(inner["additionalProperties"] as JsonSchema);
  }
  if (inner["properties"]) {
    inner["properties"] = Object.fromEntries(
      Object.entries(inner["properties"] as Record<string, JsonSchema>).map(([name, part]) => [
        name,
        orSymbolic(part),
      ]),
    );
  }
  for (const union of ["anyOf", "oneOf"]) {
    if (inner[union]) inner[union] = (inner[union] as JsonSchema[]).map(orSymbolic);
  }
  return { anyOf: [inner, { $ref: "#/$defs/symbolic" }] };
}

const symbolicJsonSchema: JsonSchema = {
  description: "A value that is known later, or that must not be seen.",
  oneOf: [
    only("$ref", {
      description: "Property or computed attribute of another resource.",
      type: "object",
      required: ["address", "attribute"],
      additionalProperties: false,
      properties: { address: { type: "string" }, attribute: { type: "string" } },
    }),
    only("$secret", {
      description: "A secret, by where it comes from.",
      type: "object",
      required: ["environment"],
      additionalProperties: false,
      properties: { environment: { type: "string" } },
    }),
    only("$token", { description: "A value of another Terraform provider.", type: "string" }),
    only("$join", { description: "Text with symbolic parts.", type: "array" }),
  ],
};

function only(key: string, type: JsonSchema): JsonSchema {
  return { type: "object", required: [key], additionalProperties: false, properties: { [key]: type } };
}

const lifecycleJsonSchema: JsonSchema = {
  type: "object",
  description: "What may become of the object beside what its properties say; absent when nothing is said.",
  minProperties: 1,
  additionalProperties: false,
  properties: {
    movedFrom: {
      type: "array",
      items: { type: "string" },
      minItems: 1,
      uniqueItems: true,
      description: "Addresses that it had before, the latest first.",
    },
    protect: { const: true, description: "It is neither deleted nor replaced." },
    retain: {
      const: true,
      description:
        "The object stays when it leaves the program or the stack is destroyed, and is no longer managed.",
    },
  },
};

const providerJsonSchema: JsonSchema = {
  type: "object",
  required: ["region", "account", "platform", "quotas"],
  additionalProperties: false,
  properties: {
    region: { type: "string" },
    account: {
      type: "object",
      required: ["type"],
      additionalProperties: false,
      properties: {
        uin: { type: "string" },
        type: { enum: ["standard", "traditional"] },
        snapshot: { type: "string", description: "File with what the account reports." },
      },
    },
    platform: {
      oneOf: [
        {
          type: "object",
          required: ["type"],
          additionalProperties: false,
          properties: { type: { const: "tencentcloud" }, endpoint: { type: "string" } },
        },
        {
          type: "object",
          required: ["type", "path", "delayMs"],
          additionalProperties: false,
          properties: {
            type: { const: "local" },
            path: { type: "string" },
            delayMs: { type: "number", minimum: 0 },
          },
        },
      ],
    },
    quotas: { type: "object", additionalProperties: { type: "number" } },
    reportedQuotas: { type: "object", additionalProperties: { type: "number" } },
  },
};

const amount: JsonSchema = { type: "integer", minimum: 0 };
const amounts: JsonSchema = { type: "object", additionalProperties: amount };

const amountsOfVersions: JsonSchema = { type: "object", additionalProperties: amounts };

function concurrencyJsonSchema(declaredMb: JsonSchema, description: string): JsonSchema {
  return {
    type: "object",
    description: `${description}, in MB: by all functions, and by those that this stack may be declaring.`,
    required: ["totalMb", "declaredMb"],
    additionalProperties: false,
    properties: { totalMb: amount, declaredMb },
  };
}

const existingJsonSchema: JsonSchema = {
  type: "object",
  description: "What is in the account and region already, from the account's snapshot.",
  required: ["namespaces", "functions", "layers"],
  additionalProperties: false,
  properties: {
    namespaces: { type: "array", items: { type: "string" }, description: "Sorted." },
    functions: {
      type: "object",
      description: "By namespace.",
      additionalProperties: {
        type: "object",
        required: ["count", "declared"],
        additionalProperties: false,
        properties: {
          count: amount,
          declared: {
            type: "array",
            items: { type: "string" },
            description: "Those that this stack may be declaring, sorted.",
          },
          limit: { ...amount, description: "Where the namespace has another quota than most." },
          concurrencyMb: { ...amount, description: "The namespace's own concurrency quota." },
          reserved: concurrencyJsonSchema(amounts, "Reserved in the namespace"),
          provisioned: concurrencyJsonSchema(amountsOfVersions, "Provisioned in the namespace"),
        },
      },
    },
    layers: { ...amounts, description: "Versions of each layer." },
    triggersOfType: { ...amounts, description: "Quotas of trigger types that differ from most." },
    testEvents: {
      type: "object",
      description: "Of the account.",
      required: ["count", "declared"],
      additionalProperties: false,
      properties: { count: amount, declared: { type: "array", items: { type: "string" } } },
    },
  },
};

/** The published JSON schema of snapshots, as `cdktf-scf quota --save` writes them. */
export function snapshotJsonSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Account snapshot of cdktf-scf",
    description: "What an account reports of its quotas and of what it holds. Nothing in it is secret.",
    type: "object",
    required: ["format", "formatVersion", "regions"],
    additionalProperties: false,
    properties: {
      format: { const: SNAPSHOT_FORMAT },
      formatVersion: { const: SNAPSHOT_VERSION },
      regions: {
        type: "array",
        description: "Sorted by account and region.",
        items: {
          type: "object",
          required: ["region", "takenAt", "quotas", "triggersOfType", "namespaces", "layers"],
          additionalProperties: false,
          properties: {
            region: { type: "string" },
            uin: { type: "string", description: "Account id, as the provider names it." },
            takenAt: { type: "string", description: "When it was read, in UTC." },
            quotas: { ...amounts, description: "By the names of the provider's `quotas`." },
            triggersOfType: {
              ...amounts,
              description: "Triggers that one function may have, by the platform's type in small letters.",
            },
            namespaces: {
              type: "object",
              additionalProperties: {
                type: "object",
                required: ["functions"],
                additionalProperties: false,
                properties: {
                  functions: { type: "array", items: { type: "string" }, description: "Names, sorted." },
                  functionLimit: amount,
                  concurrencyMb: { ...amount, description: "The namespace's own concurrency quota." },
                  reservedMb: { ...amounts, description: "What functions reserve, by name." },
                  provisionedMb: {
                    ...amountsOfVersions,
                    description: "What is provisioned, by name of the function and number of the version.",
                  },
                },
              },
            },
            layers: { ...amounts, description: "Number of versions of each layer." },
            testEvents: {
              type: "array",
              items: { type: "string" },
              description: "Names of the account's test events, sorted.",
            },
          },
        },
      },
    },
  };
}
