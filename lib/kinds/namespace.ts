import { namespaceSchema, type NamespaceProperties, type PlannedHosting } from "../model/resources/namespace";
import type { Response } from "../platform/api";
import { consistency } from "./consistency";
import { everyNamespace } from "./every-function";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { markDescription, readMark, wholeDescription } from "./ownership";
import { asFound } from "./plan-shape";

const SHAPE = "name";

export const namespaceKind: Kind<typeof namespaceSchema> = {
  schema: namespaceSchema,
  identity: ({ name }) => name,
  exclusive: ({ name }) => [`namespace ${name}`],
  replacement: "delete-first",
  // In the description of CreateNamespace.
  marked: true,
  timeoutMs: 60_000,
  consistencyMs: consistency.functions,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await context.call("scf", "CreateNamespace", {
      Namespace: wanted.name,
      Description: markDescription(wanted.description, context.owner),
      ...(wanted.hosting ? { ResourceEnv: { TKE: clusterOf(wanted.hosting) } } : {}),
    });
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateNamespace", {
      Namespace: wanted.name,
      Description: markDescription(wanted.description, context.owner),
    });
    return {};
  },

  async delete(context, { properties }) {
    await unlessNotFound(context.call("scf", "DeleteNamespace", { Namespace: properties.name }));
  },

  import: {
    id: SHAPE,

    async find(context, id, wanted) {
      const [name = ""] = importParts("namespace", SHAPE, /^([^/:]+)$/, id);
      return readLive(context, { ...wanted, name });
    },

    async mark(context, { properties: { name } }) {
      const live = await readLive(context, { name });
      if (!live) return;
      const description = markDescription(String(live.properties["description"]), context.owner);
      await context.call("scf", "UpdateNamespace", { Namespace: name, Description: description });
    },

    async list(context) {
      return (await everyNamespace(context))
        .filter(({ Name, Type }) => Name !== DEFAULT && Type !== DEFAULT)
        .map((found) => asFound(namespaceSchema, found.Name ?? "", describe(found, undefined)));
    },
  },
};

/** The namespace that every region has, and its type. */
const DEFAULT = "default";

function clusterOf(hosting: PlannedHosting) {
  return {
    ClusterID: hosting.clusterId,
    SubnetID: hosting.subnetId,
    Namespace: hosting.clusterNamespace,
    ...(hosting.port === undefined ? {} : { Port: hosting.port }),
    ...(hosting.dataPath === undefined ? {} : { DataPath: hosting.dataPath }),
    ...(hosting.nodeSelector
      ? { NodeSelector: Object.entries(hosting.nodeSelector).map(([Key, Value]) => ({ Key, Value })) }
      : {}),
    ...(hosting.tolerations ? { Tolerations: hosting.tolerations.map(tolerationOf) } : {}),
  };
}

function tolerationOf(toleration: NonNullable<PlannedHosting["tolerations"]>[number]) {
  const { key, operator, value, effect, tolerationSeconds } = toleration;
  return {
    Operator: operator ?? "Equal",
    ...(key === undefined ? {} : { Key: key }),
    ...(value === undefined ? {} : { Value: value }),
    ...(effect === undefined ? {} : { Effect: effect }),
    ...(tolerationSeconds === undefined ? {} : { TolerationSeconds: tolerationSeconds }),
  };
}

type Known = Pick<NamespaceProperties, "name"> & Partial<NamespaceProperties>;

async function readLive(context: ReadContext, { name, description }: Known): Promise<Live | undefined> {
  const found = (await everyNamespace(context)).find((namespace) => namespace.Name === name);
  return found && describe(found, description);
}

/** What a namespace is hosted on never comes back (API ListNamespaces). */
function describe(
  {
    Name: name = "",
    Description: text,
  }: NonNullable<Response<"scf", "ListNamespaces">["Namespaces"]>[number],
  known: string | undefined,
): Live {
  const { description, owner } = readMark(text);
  return {
    properties: { name, description: wholeDescription(description, known) },
    attributes: {},
    ...(owner === undefined ? {} : { owner }),
  };
}
