import { timerTriggerSchema, type TimerTriggerProperties } from "../model/resources/timer-trigger";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import { allPages } from "./pages";

const TYPE = "timer";

export const timerTriggerKind: Kind<typeof timerTriggerSchema> = {
  schema: timerTriggerSchema,
  identity: ({ namespace, functionName, triggerName }) => `${namespace}/${functionName}/${triggerName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await context.call("scf", "CreateTrigger", {
      ...keyOf(wanted),
      TriggerDesc: wanted.cron,
      Enable: wanted.enabled ? "OPEN" : "CLOSE",
      ...(wanted.message ? { CustomArgument: wanted.message } : {}),
      ...(wanted.description ? { Description: wanted.description } : {}),
    });
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateTrigger", {
      ...keyOf(wanted),
      TriggerDesc: wanted.cron,
      Enable: wanted.enabled ? "OPEN" : "CLOSE",
      CustomArgument: wanted.message ?? "",
      Description: wanted.description ?? "",
    });
    return {};
  },

  async delete(context, { properties }) {
    await unlessNotFound(context.call("scf", "DeleteTrigger", keyOf(properties)), isFunctionNotFound);
  },
};

function keyOf(properties: TimerTriggerProperties) {
  return {
    FunctionName: properties.functionName,
    Namespace: properties.namespace,
    Qualifier: properties.qualifier,
    TriggerName: properties.triggerName,
    Type: TYPE,
  };
}

async function readLive(context: ReadContext, known: TimerTriggerProperties): Promise<Live | undefined> {
  const triggers = await unlessNotFound(
    allPages(100, async (Offset, Limit) => {
      const page = await context.call("scf", "ListTriggers", {
        FunctionName: known.functionName,
        Namespace: known.namespace,
        Offset,
        Limit,
      });
      return { items: page.Triggers ?? [], total: page.TotalCount ?? 0 };
    }),
    isFunctionNotFound,
  );
  const found = triggers?.find(
    (trigger) =>
      trigger.Type === TYPE &&
      trigger.TriggerName === known.triggerName &&
      (trigger.Qualifier ?? "$LATEST") === known.qualifier,
  );
  if (!found) return undefined;
  return {
    properties: {
      namespace: known.namespace,
      functionName: known.functionName,
      qualifier: known.qualifier,
      triggerName: known.triggerName,
      cron: cronOf(found.TriggerDesc ?? ""),
      enabled: found.Enable === 1,
      message: found.CustomArgument ?? "",
      description: found.Description ?? "",
    },
    attributes: {},
  };
}

/** The expression is sent bare and comes back as `{"cron":"…"}`. */
function cronOf(description: string): string {
  try {
    const parsed: unknown = JSON.parse(description);
    const cron = (parsed as { cron?: unknown } | null)?.cron;
    return typeof cron === "string" ? cron : description;
  } catch {
    return description;
  }
}
