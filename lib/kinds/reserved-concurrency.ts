import {
  reservedConcurrencySchema,
  type ReservedConcurrencyProperties,
} from "../model/resources/reserved-concurrency";
import { functionKey } from "./function-status";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";

export const reservedConcurrencyKind: Kind<typeof reservedConcurrencySchema> = {
  schema: reservedConcurrencySchema,
  identity: ({ namespace, functionName }) => `${namespace}/${functionName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  create: write,
  update: write,

  async delete(context, { properties }) {
    await unlessNotFound(
      context.call("scf", "DeleteReservedConcurrencyConfig", keyOf(properties)),
      isFunctionNotFound,
    );
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

function keyOf({ namespace, functionName }: ReservedConcurrencyProperties) {
  return { FunctionName: functionName, Namespace: namespace };
}

async function readLive(
  context: ReadContext,
  known: ReservedConcurrencyProperties,
): Promise<Live | undefined> {
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
