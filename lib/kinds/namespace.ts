import { namespaceSchema } from "../model/resources/namespace";
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

async function readLive(context: ReadContext, name: string): Promise<Live | undefined> {
  const namespaces = await allPages(100, async (Offset, Limit) => {
    const page = await context.call("scf", "ListNamespaces", { Offset, Limit });
    return { items: page.Namespaces ?? [], total: page.TotalCount ?? 0 };
  });
  const found = namespaces.find((namespace) => namespace.Name === name);
  return found && { properties: { name, description: found.Description ?? "" }, attributes: {} };
}
