import { policySchema, type PolicyProperties } from "../model/resources/policy";
import type { Value } from "../model/value";
import { ScfError } from "../model/error";
import { consistency } from "./consistency";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { readTags, writeTags } from "./ownership";
import { forEachOf } from "./pages";
import { asFound } from "./plan-shape";
import { everyPolicy, findPolicyId } from "./policy-lookup";

const SHAPE = "name";

export const policyKind: Kind<typeof policySchema> = {
  schema: policySchema,
  identity: ({ policyName }) => policyName,
  exclusive: ({ policyName }) => [`policy ${policyName}`],
  replacement: "delete-first",
  // In the tags of CreatePolicy.
  marked: true,
  timeoutMs: 60_000,
  consistencyMs: consistency.accessManagement,

  async read(context, { attributes }) {
    return attributes.policyId === undefined ? undefined : readLive(context, attributes.policyId);
  },

  async find(context, wanted) {
    const policyId = await findPolicyId(context, wanted.policyName, "Local");
    return policyId === undefined ? undefined : readLive(context, policyId);
  },

  async create(context, wanted) {
    const { PolicyId: policyId } = await context.call("cam", "CreatePolicy", {
      PolicyName: wanted.policyName,
      PolicyDocument: documentOf(wanted),
      Tags: writeTags(undefined, context.owner),
      ...(wanted.description ? { Description: wanted.description } : {}),
    });
    if (policyId === undefined) {
      throw new ScfError(
        "ANSWER_INCOMPLETE",
        `The platform made policy ${wanted.policyName} and named no id.`,
      );
    }
    await context.record({ policyId });
    return { policyId };
  },

  async update(context, wanted, { attributes }) {
    await context.call("cam", "UpdatePolicy", {
      ...(attributes.policyId === undefined
        ? { PolicyName: wanted.policyName }
        : { PolicyId: attributes.policyId }),
      PolicyDocument: documentOf(wanted),
      Description: wanted.description ?? "",
    });
    return {};
  },

  async delete(context, { attributes }) {
    if (attributes.policyId === undefined) return;
    await unlessNotFound(context.call("cam", "DeletePolicy", { PolicyId: [attributes.policyId] }));
  },

  /** Nothing marks one that exists: how the tag service names policies is not documented. */
  import: {
    id: SHAPE,

    async find(context, id) {
      const [name = ""] = importParts(policySchema.title, SHAPE, /^([^/:]+)$/, id);
      const policyId = await findPolicyId(context, name, "Local");
      return policyId === undefined ? undefined : readLive(context, policyId);
    },

    /** Preset policies are the platform's own. */
    async list(context) {
      const own = (await everyPolicy(context, "Local")).filter(
        (policy) => policy.IsServiceLinkedPolicy !== 1,
      );
      return forEachOf(own, async ({ PolicyId: policyId, PolicyName: name = "" }) => {
        const live = policyId === undefined ? undefined : await readLive(context, policyId);
        return live ? [asFound(policySchema, name, live)] : [];
      });
    },
  },
};

async function readLive(context: ReadContext, policyId: number): Promise<Live | undefined> {
  const found = await unlessNotFound(context.call("cam", "GetPolicy", { PolicyId: policyId }));
  if (!found) return undefined;
  const { owner } = readTags(found.Tags);
  return {
    properties: {
      policyName: found.PolicyName ?? "",
      description: found.Description ?? "",
      ...parseDocument(found.PolicyDocument ?? ""),
    },
    attributes: { policyId },
    ...(owner === undefined ? {} : { owner }),
  };
}

function documentOf({ version, statement }: PolicyProperties): string {
  return JSON.stringify({ version, statement });
}

/** The platform gives single actions and resources as bare text; a document that is not JSON reads as drift. */
function parseDocument(text: string): { version: Value; statement: Value } {
  try {
    const document = JSON.parse(text) as { version?: string; statement?: unknown };
    const statements = Array.isArray(document.statement) ? document.statement : [document.statement ?? {}];
    return {
      version: document.version ?? "",
      statement: statements.map((statement: Record<string, Value>) => ({
        ...statement,
        action: asList(statement["action"]),
        resource: asList(statement["resource"]),
      })),
    };
  } catch {
    return { version: "", statement: text };
  }
}

function asList(value: Value | undefined): Value {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as Value) : [value];
}
