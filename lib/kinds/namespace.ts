import { namespaceSchema, type PlannedHosting } from "../model/resources/namespace";
import type { Kind, Live, ReadContext } from "./kind";
import { unlessNotFound } from "./not-found";
import { allPages } from "./pages";

export const namespaceKind: Kind<typeof namespaceSchema> = {
  schema: namespaceSchema,
  identity: ({ name }) => name,
  exclusive: ({ name }) => [`namespace ${name}`],
  replacement: "delete-first",
  timeoutMs: 60_000,

  read: (context, { properties }) => readLive(context, properties.name),
  find: (context, wanted) => readLive(context, wanted.name),

  async create(context, wanted) {
    await context.call("scf", "CreateNamespace", {
      Namespace: wanted.name,
      ...(wanted.description ? { Description: wanted.description } : {}),
      ...(wanted.hosting ? { ResourceEnv: { TKE: clusterOf(wanted.hosting) } } : {}),
    });
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateNamespace", {
      Namespace: wanted.name,
      Description: wanted.description ?? "",
    });
    return {};
  },

  async delete(context, { properties }) {
    await unlessNotFound(context.call("scf", "DeleteNamespace", { Namespace: properties.name }));
  },
};

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

/** What a namespace is hosted on never comes back (API ListNamespaces). */
async function readLive(context: ReadContext, name: string): Promise<Live | undefined> {
  const namespaces = await allPages(100, async (Offset, Limit) => {
    const page = await context.call("scf", "ListNamespaces", { Offset, Limit });
    return { items: page.Namespaces ?? [], total: page.TotalCount ?? 0 };
  });
  const found = namespaces.find((namespace) => namespace.Name === name);
  return found && { properties: { name, description: found.Description ?? "" }, attributes: {} };
}
