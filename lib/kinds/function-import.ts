import { OWNER_TAG } from "../model/owner-tag";
import { functionSchema } from "../model/resources/function";
import { everyFunction } from "./every-function";
import { readFunction } from "./function-live";
import { functionResource } from "./function-request";
import { importParts } from "./import-id";
import type { Importing } from "./kind";
import { forEachOf } from "./pages";
import { asFound } from "./plan-shape";

const SHAPE = "namespace/name";

export const functionImport: Importing<typeof functionSchema> = {
  id: SHAPE,

  async find(context, id, wanted) {
    const [namespace = "", functionName = ""] = importParts("function", SHAPE, /^([^/:]+)\/([^/:]+)$/, id);
    return readFunction(context, { ...wanted, namespace, functionName }, undefined);
  },

  async mark(context, { properties }) {
    await context.call("tag", "ModifyResourceTags", {
      Resource: functionResource(context, properties),
      ReplaceTags: [{ TagKey: OWNER_TAG, TagValue: context.owner }],
    });
  },

  async list(context) {
    return forEachOf(await everyFunction(context), async (address) => {
      const live = await readFunction(context, address, undefined);
      // One that failed to be made has nothing to say.
      const isThere = live?.properties["runtime"] !== undefined && live.phase !== "deleting";
      return isThere ? [asFound(functionSchema, `${address.namespace}/${address.functionName}`, live)] : [];
    });
  },
};
