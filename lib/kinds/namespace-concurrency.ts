import {
  namespaceConcurrencySchema,
  type NamespaceConcurrencyProperties,
} from "../model/resources/namespace-concurrency";
import type { Kind, OperationContext } from "./kind";

/** The platform can set a namespace's quota, and has no call that takes it away. */
export const namespaceConcurrencyKind: Kind<typeof namespaceConcurrencySchema> = {
  schema: namespaceConcurrencySchema,
  identity: ({ namespace }) => namespace,
  exclusive: ({ namespace }) => [`namespace ${namespace}`],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  async read(context, { properties }) {
    const { AccountUsage: usage } = await context.call("scf", "GetAccount", {});
    const found = usage?.Namespace?.find(({ Namespace }) => Namespace === properties.namespace);
    const totalMb = found?.TotalConcurrencyMem ?? 0;
    if (totalMb === 0) return undefined;
    return { properties: { namespace: properties.namespace, totalMb }, attributes: {} };
  },

  // A quota that is there already is what an earlier program has left: setting it again is all there is to do.
  find: async () => undefined,

  create: write,
  update: write,

  // The quota stays as it is until the namespace goes, and is nobody's then.
  delete: async () => undefined,
};

async function write(
  context: OperationContext,
  wanted: NamespaceConcurrencyProperties,
): Promise<Record<string, never>> {
  await context.call("scf", "PutTotalConcurrencyConfig", {
    Namespace: wanted.namespace,
    TotalConcurrencyMem: wanted.totalMb,
  });
  return {};
}
