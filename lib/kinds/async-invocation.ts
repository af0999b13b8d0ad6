import { limits } from "../model/quotas";
import { asyncInvocationSchema, type AsyncInvocationProperties } from "../model/resources/async-invocation";
import { sameValue } from "../model/value";
import { consistency } from "./consistency";
import { ofEveryFunction } from "./every-function";
import { functionKey, getFunction, waitUntilSettled, type FunctionAddress } from "./function-status";
import { importParts } from "./import-id";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { asFound } from "./plan-shape";

const SHAPE = "namespace/function";

type Settings = Pick<AsyncInvocationProperties, "retryAttempts" | "maximumEventAge">;

/**
 * A setting that every function has: creating it puts it, and deleting it puts the platform's own values back, because
 * there is no action to delete it (belief: api, "Async config", after what the vendor's own deployment tool sends).
 */
export const asyncInvocationKind: Kind<typeof asyncInvocationSchema> = {
  schema: asyncInvocationSchema,
  identity: ({ namespace, functionName }) => `${namespace}/${functionName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 5 * 60_000,
  consistencyMs: consistency.functions,

  async read(context, { properties }) {
    const settings = await settingsOf(context, properties);
    if (!settings) return undefined;
    // Back to the platform's own values is the same as deleted, unless these are what is wanted.
    if (isUsual(settings) && !isUsual(properties)) return undefined;
    return liveOf(properties, settings);
  },

  /** Putting the setting collides with nothing: only just what is wanted has been put by a create that was cut off. */
  async find(context, wanted) {
    const settings = await settingsOf(context, wanted);
    const { retryAttempts, maximumEventAge } = wanted;
    return settings && sameValue(settings, { retryAttempts, maximumEventAge })
      ? liveOf(wanted, settings)
      : undefined;
  },

  async create(context, wanted) {
    await put(context, wanted, wanted);
    return {};
  },

  async update(context, wanted) {
    await put(context, wanted, wanted);
    return {};
  },

  async delete(context, { properties }) {
    const found = await getFunction(context, properties);
    if (!found || found.Status === "Deleting") return;
    const attempts = found.AsyncRunEnable === "TRUE" ? 0 : limits.asyncInvocation.retryAttempts;
    await unlessNotFound(put(context, properties, platformSettings(attempts)), isFunctionNotFound);
  },

  import: {
    id: SHAPE,

    async find(context, id) {
      const [namespace = "", functionName = ""] = importParts(
        asyncInvocationSchema.title,
        SHAPE,
        /^([^/:]+)\/([^/:]+)$/,
        id,
      );
      const address = { namespace, functionName };
      const settings = await settingsOf(context, address);
      return settings && liveOf(address, settings);
    },

    list: (context) =>
      ofEveryFunction(context, async (address) => {
        const settings = await settingsOf(context, address);
        if (!settings || isUsual(settings)) return [];
        const id = `${address.namespace}/${address.functionName}`;
        return [asFound(asyncInvocationSchema, id, liveOf(address, settings))];
      }),
  },
};

function liveOf({ namespace, functionName }: FunctionAddress, settings: Settings): Live {
  return { properties: { namespace, functionName, ...settings }, attributes: {} };
}

/** What functions have that nobody has told anything; with asynchronous execution there are no further attempts. */
function platformSettings(retryAttempts: number): Settings {
  return { retryAttempts, maximumEventAge: limits.asyncInvocation.eventAgeSeconds.largest };
}

function isUsual({ retryAttempts, maximumEventAge }: Settings): boolean {
  const { retryAttempts: usual, eventAgeSeconds } = limits.asyncInvocation;
  return maximumEventAge === eventAgeSeconds.largest && [0, usual].includes(retryAttempts);
}

async function settingsOf(context: ReadContext, address: FunctionAddress): Promise<Settings | undefined> {
  const answer = await unlessNotFound(
    context.call("scf", "GetFunctionEventInvokeConfig", {
      FunctionName: address.functionName,
      Namespace: address.namespace,
    }),
    isFunctionNotFound,
  );
  const found = answer?.AsyncTriggerConfig;
  return found && { retryAttempts: found.RetryConfig[0]?.RetryNum ?? 0, maximumEventAge: found.MsgTTL };
}

async function put(context: OperationContext, address: FunctionAddress, settings: Settings): Promise<void> {
  await waitUntilSettled(context, address);
  await context.call("scf", "UpdateFunctionEventInvokeConfig", {
    FunctionName: address.functionName,
    Namespace: address.namespace,
    AsyncTriggerConfig: {
      RetryConfig: [{ RetryNum: settings.retryAttempts }],
      MsgTTL: settings.maximumEventAge,
    },
  });
}
