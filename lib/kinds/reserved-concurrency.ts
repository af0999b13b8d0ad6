import {
  reservedConcurrencySchema,
  type ReservedConcurrencyProperties,
} from "../model/resources/reserved-concurrency";
import { consistency } from "./consistency";
import { ofEveryFunction } from "./every-function";
import { functionKey, type FunctionAddress } from "./function-status";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { asFound } from "./plan-shape";

const SHAPE = "namespace/function";

export const reservedConcurrencyKind: Kind<typeof reservedConcurrencySchema> = {
  schema: reservedConcurrencySchema,
  identity: ({ namespace, functionName }) => `${namespace}/${functionName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.functions,

  read: (context, { properties }) => readLive(context, properties),

  /** Putting the setting collides with nothing: only just what is wanted has been put by a create that was cut off. */
  async find(context, wanted) {
    const live = await readLive(context, wanted);
    return live?.properties["reservedMb"] === wanted.reservedMb ? live : undefined;
  },

  create: write,
  update: write,

  async delete(context, { properties }) {
    await unlessNotFound(
      context.call("scf", "DeleteReservedConcurrencyConfig", keyOf(properties)),
      isFunctionNotFound,
    );
  },

  import: {
    id: SHAPE,

    async find(context, id) {
      const [namespace = "", functionName = ""] = importParts(
        reservedConcurrencySchema.title,
        SHAPE,
        /^([^/:]+)\/([^/:]+)$/,
        id,
      );
      return readLive(context, { namespace, functionName });
    },

    list: (context) =>
      ofEveryFunction(context, async (address) => {
        const live = await readLive(context, address);
        const id = `${address.namespace}/${address.functionName}`;
        return live ? [asFound(reservedConcurrencySchema, id, live)] : [];
      }),
  },
};

async function write(
  context: OperationContext,
  wanted: ReservedConcurrencyProperties,
): Promise<Record<string, never>> {
  await context.call("scf", "PutReservedConcurrencyConfig", {
    ...keyOf(wanted),
    ReservedConcurrencyMem: wanted.reservedMb,
  });
  return {};
}

function keyOf({ namespace, functionName }: FunctionAddress) {
  return { FunctionName: functionName, Namespace: namespace };
}

async function readLive(context: ReadContext, known: FunctionAddress): Promise<Live | undefined> {
  const found = await unlessNotFound(
    context.call("scf", "GetReservedConcurrencyConfig", keyOf(known)),
    isFunctionNotFound,
  );
  // No value, also `null`, is no reservation. 0 is one: it stops the function (CON-ZERO).
  const reservedMb = found?.ReservedMem ?? undefined;
  if (reservedMb === undefined) return undefined;
  return {
    properties: { namespace: known.namespace, functionName: known.functionName, reservedMb },
    attributes: {},
  };
}
