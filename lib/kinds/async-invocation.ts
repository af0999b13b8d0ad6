import { limits } from "../model/quotas";
import { asyncInvocationSchema, type AsyncInvocationProperties } from "../model/resources/async-invocation";
import { functionKey, getFunction, waitUntilSettled, type FunctionAddress } from "./function-status";
import type { Kind, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";

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

  async read(context, { properties }) {
    const settings = await settingsOf(context, properties);
    if (!settings) return undefined;
    // Back to the platform's own values is the same as deleted, unless these are what is wanted.
    if (isUsual(settings) && !isUsual(properties)) return undefined;
    const { namespace, functionName } = properties;
    return { properties: { namespace, functionName, ...settings }, attributes: {} };
  },

  /** Putting the setting collides with nothing: it has no name of its own, and an interrupted create is simply repeated. */
  find: async () => undefined,

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
};

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
