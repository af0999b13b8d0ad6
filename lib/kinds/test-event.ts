import { testEventSchema, type TestEventProperties } from "../model/resources/test-event";
import { consistency } from "./consistency";
import { everyFunction } from "./every-function";
import type { FunctionAddress } from "./function-status";
import { importParts } from "./import-id";
import type { Kind, Live, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { allPages, forEachOf } from "./pages";
import { asFound } from "./plan-shape";

const SHAPE = "namespace/function/name";

export const testEventKind: Kind<typeof testEventSchema> = {
  schema: testEventSchema,
  // The account has each name once, whichever function it is saved through (QTA-TEST).
  identity: ({ name }) => name,
  exclusive: ({ name }) => [`test event ${name}`],
  replacement: "delete-first",
  timeoutMs: 60_000,
  consistencyMs: consistency.functions,

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

  import: {
    id: SHAPE,

    async find(context, id, wanted) {
      const form = /^([^/:]+)\/([^/:]+)\/(.+)$/;
      const [namespace = "", functionName = "", name = ""] = importParts("test event", SHAPE, form, id);
      const live = await readLive(context, { namespace, functionName, name });
      return live && wanted.functionName === undefined ? through({ namespace, functionName }, live) : live;
    },

    /** Any function of the account shows all of them. */
    async list(context) {
      const [address] = await everyFunction(context);
      if (!address) return [];
      const { namespace, functionName } = address;
      const names = await allPages(100, async (Offset, Limit) => {
        const request = { FunctionName: functionName, Namespace: namespace, Offset, Limit };
        const page = await context.call("scf", "ListFunctionTestModels", request);
        return { items: page.TestModels ?? [], total: page.TotalCount ?? 0 };
      });
      return forEachOf(names, async (name) => {
        const live = await readLive(context, { ...address, name });
        const id = `${namespace}/${functionName}/${name}`;
        return live ? [asFound(testEventSchema, id, through(address, live))] : [];
      });
    },
  },
};

/** With the function that it was asked for through: the platform does not tell which one it was saved through. */
function through({ namespace, functionName }: FunctionAddress, live: Live): Live {
  return { ...live, properties: { ...live.properties, namespace, functionName } };
}

type Key = Pick<TestEventProperties, "namespace" | "functionName" | "name">;

function keyOf({ namespace, functionName, name }: Key) {
  return { FunctionName: functionName, Namespace: namespace, TestModelName: name };
}

async function readLive(context: ReadContext, known: Key): Promise<Live | undefined> {
  const found = await unlessNotFound(
    context.call("scf", "GetFunctionTestModel", keyOf(known)),
    isFunctionNotFound,
  );
  return found && { properties: { name: known.name, event: found.TestModelValue ?? "" }, attributes: {} };
}
