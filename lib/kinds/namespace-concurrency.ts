import {
  namespaceConcurrencySchema,
  type NamespaceConcurrencyProperties,
} from "../model/resources/namespace-concurrency";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";

/** The platform can set a namespace's quota, and has no call that takes it away. */
export const namespaceConcurrencyKind: Kind<typeof namespaceConcurrencySchema> = {
  schema: namespaceConcurrencySchema,
  identity: ({ namespace }) => namespace,
  exclusive: ({ namespace }) => [`namespace ${namespace}`],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

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

async function readLive(
  context: ReadContext,
  { namespace }: NamespaceConcurrencyProperties,
): Promise<Live | undefined> {
  const { AccountUsage: usage } = await context.call("scf", "GetAccount", {});
  // Whether a namespace without a quota of its own has 0 there or nothing is not documented.
  const totalMb =
    usage?.Namespace?.find(({ Namespace }) => Namespace === namespace)?.TotalConcurrencyMem ?? 0;
  return totalMb === 0 ? undefined : { properties: { namespace, totalMb }, attributes: {} };
}
