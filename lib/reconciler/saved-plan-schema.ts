import { planJsonSchema } from "../model/plan-schema";
import { SAVED_PLAN_FORMAT, SAVED_PLAN_VERSION } from "./saved-plan";

type JsonSchema = { [key: string]: unknown };

/** The plan's own schema keeps its definitions to itself. */
const PLAN = "plan.schema.json";

/** The published JSON schema of what `cdktf-scf diff --out` writes. */
export function savedPlanJsonSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Saved plan of cdktf-scf",
    description:
      "A difference that was shown, with all that doing exactly that takes beside the state and the packages. Secrets stand in it as fingerprints.",
    ...record(
      {
        format: { const: SAVED_PLAN_FORMAT },
        formatVersion: { const: SAVED_PLAN_VERSION },
        toolVersion: { ...text, description: "Version of the cdktf-scf that wrote it." },
        createdAt: { ...text, description: "When it was made, in UTC." },
        checksum: { ...hash, description: "SHA-256 of all the rest as canonical JSON." },
        stacks: {
          type: "array",
          minItems: 1,
          items: stack,
          description: "In the order in which they are deployed.",
        },
      },
      [],
    ),
    $defs: { plan: { ...planJsonSchema(), $id: PLAN } },
  };
}

function record(properties: JsonSchema, optional: readonly string[]): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", required, additionalProperties: false, properties };
}

const text: JsonSchema = { type: "string" };
const texts: JsonSchema = { type: "array", items: text };
const flag: JsonSchema = { type: "boolean" };
const count: JsonSchema = { type: "integer", minimum: 0 };
const hash: JsonSchema = { type: "string", pattern: "^[0-9a-f]{64}$" };

const compared: JsonSchema = { stack: text, lineage: text, serial: count, sequence: count };

const property = record(
  {
    name: text,
    before: {},
    after: {},
    live: { description: "What is there, where it is not what is recorded." },
    reason: { enum: ["config", "drift", "unknown", "secret"] },
    effect: { enum: ["update", "replace"] },
    sensitive: { ...flag, description: "Its values are fingerprints." },
  },
  ["before", "after", "live"],
);

const object = {
  address: text,
  kind: text,
  title: text,
  identity: { ...text, description: "Natural key on the platform." },
};

const change = record(
  {
    ...object,
    operation: text,
    cause: { ...text, description: "Why, when no property says it." },
    tentative: { ...flag, description: "It may turn out that there is nothing to do." },
    repairs: { ...flag, description: "The platform failed to make or change it before." },
    stranger: {
      ...record({ owner: text }, ["owner"]),
      description: "Somebody else's object stands where ours was, with this mark or none.",
    },
    deletesFirst: flag,
    properties: { type: "array", items: property },
    steps: { ...texts, description: "What is done one after the other, in words." },
    after: { ...texts, description: "Addresses of the changes that come first." },
  },
  ["cause", "tentative", "repairs", "stranger", "deletesFirst", "steps"],
);

const fingerprint: JsonSchema = { ...text, description: "Tells whether it is still the same." };

const difference = record(
  {
    ...compared,
    planHash: hash,
    salt: { ...text, description: "Salt of the fingerprints." },
    inputs: {
      type: "array",
      items: {
        oneOf: [
          record({ environment: text, fingerprint }, []),
          record({ address: text, attribute: text, fingerprint }, []),
        ],
      },
      description: "What was taken from outside of the stack: with other values it is another difference.",
    },
    destroy: { const: false },
    changes: { type: "array", items: change, description: "In the order in which they start." },
    unchanged: count,
    retained: {
      type: "array",
      items: record(object, []),
      description: "Objects that stay and are not managed any more.",
    },
    outputs: {
      type: "array",
      items: record({ name: text, before: {}, after: {}, sensitive: flag }, ["before", "after"]),
    },
    targets: {
      ...record({ addresses: texts, resources: count, of: count }, []),
      description: "What it is limited to; absent when it is about the whole stack.",
    },
    warnings: texts,
    notes: {
      type: "array",
      items: { type: "object", required: ["type"] },
      description: "What is recorded without any operation.",
    },
    adopted: { ...texts, description: "Addresses of objects that an interrupted run has left." },
  },
  ["targets"],
);

const stack = record(
  {
    plan: { $ref: PLAN },
    planDirectory: {
      ...text,
      description: "Where the paths of the packages begin, relative to the folder of cdktf.json.",
    },
    difference,
    dependencies: {
      type: "array",
      items: record(compared, []),
      description: "States of the stacks that this one refers to and that are not in the file.",
    },
  },
  [],
);
