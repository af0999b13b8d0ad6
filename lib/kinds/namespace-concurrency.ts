import {
  namespaceConcurrencySchema,
  type NamespaceConcurrencyProperties,
} from "../model/resources/namespace-concurrency";
import { consistency } from "./consistency";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { shared } from "./pages";
import { asFound } from "./plan-shape";

const SHAPE = "namespace";

/** The platform can set a namespace's quota, and has no call that takes it away. */
export const namespaceConcurrencyKind: Kind<typeof namespaceConcurrencySchema> = {
  schema: namespaceConcurrencySchema,
  identity: ({ namespace }) => namespace,
  exclusive: ({ namespace }) => [`namespace ${namespace}`],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.functions,

  read: (context, { properties }) => readLive(context, properties.namespace),

  /** Putting the setting collides with nothing: only just what is wanted has been put by a create that was cut off. */
  async find(context, wanted) {
    const live = await readLive(context, wanted.namespace);
    return live?.properties["totalMb"] === wanted.totalMb ? live : undefined;
  },

  create: write,
  update: write,

  // The quota stays as it is until the namespace goes, and is nobody's then.
  delete: async () => undefined,

  import: {
    id: SHAPE,

    async find(context, id) {
      const title = namespaceConcurrencySchema.title;
      return readLive(context, importParts(title, SHAPE, /^([^/:]+)$/, id)[0] ?? "");
    },

    async list(context) {
      const quotas = [...(await quotasOf(context))];
      return quotas.map(([namespace, totalMb]) =>
        asFound(namespaceConcurrencySchema, namespace, liveOf(namespace, totalMb)),
      );
    },
  },
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

async function readLive(context: ReadContext, namespace: string): Promise<Live | undefined> {
  const totalMb = (await quotasOf(context)).get(namespace);
  return totalMb === undefined ? undefined : liveOf(namespace, totalMb);
}

function liveOf(namespace: string, totalMb: number): Live {
  return { properties: { namespace, totalMb }, attributes: {} };
}

/** The quotas of the namespaces that have one of their own. */
async function quotasOf(context: ReadContext): Promise<ReadonlyMap<string, number>> {
  const { AccountUsage: usage } = await shared(context, "account", () =>
    context.call("scf", "GetAccount", {}),
  );
  // Whether a namespace without a quota of its own has 0 there or nothing is not documented.
  return new Map(
    (usage?.Namespace ?? []).flatMap(({ Namespace: name = "", TotalConcurrencyMem: totalMb }) =>
      totalMb ? [[name, totalMb] as const] : [],
    ),
  );
}
