import { testEventSchema, type TestEventProperties } from "../model/resources/test-event";
import type { Kind, Live, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";

export const testEventKind: Kind<typeof testEventSchema> = {
  schema: testEventSchema,
  identity: ({ name }) => name,
  exclusive: ({ name }) => [`test event ${name}`],
  replacement: "delete-first",
  timeoutMs: 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await context.call("scf", "CreateFunctionTestModel", { ...keyOf(wanted), TestModelValue: wanted.event });
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateFunctionTestModel", { ...keyOf(wanted), TestModelValue: wanted.event });
    return {};
  },

  async delete(context, { properties }) {
    await unlessNotFound(
      context.call("scf", "DeleteFunctionTestModel", keyOf(properties)),
      isFunctionNotFound,
    );
  },
};

function keyOf({ namespace, functionName, name }: TestEventProperties) {
  return { FunctionName: functionName, Namespace: namespace, TestModelName: name };
}

async function readLive(context: ReadContext, known: TestEventProperties): Promise<Live | undefined> {
  const found = await unlessNotFound(
    context.call("scf", "GetFunctionTestModel", keyOf(known)),
    isFunctionNotFound,
  );
  return found && { properties: { name: known.name, event: found.TestModelValue ?? "" }, attributes: {} };
}
