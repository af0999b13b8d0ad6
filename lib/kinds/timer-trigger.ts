import { timerTriggerSchema, type TimerTriggerProperties } from "../model/resources/timer-trigger";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import {
  deleteTrigger,
  findTrigger,
  isOpen,
  liveTrigger,
  switchRequest,
  targetRequest,
  textIn,
} from "./triggers";

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
      Enable: switchRequest(wanted.enabled),
      ...(wanted.message ? { CustomArgument: wanted.message } : {}),
      ...(wanted.description ? { Description: wanted.description } : {}),
    });
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateTrigger", {
      ...keyOf(wanted),
      TriggerDesc: wanted.cron,
      Enable: switchRequest(wanted.enabled),
      CustomArgument: wanted.message ?? "",
      Description: wanted.description ?? "",
    });
    return {};
  },

  delete: (context, { properties }) =>
    deleteTrigger(context, properties, { Type: TYPE, TriggerName: properties.triggerName }),
};

function keyOf(properties: TimerTriggerProperties) {
  return { ...targetRequest(properties), TriggerName: properties.triggerName, Type: TYPE };
}

async function readLive(context: ReadContext, known: TimerTriggerProperties): Promise<Live | undefined> {
  const found = await findTrigger(
    context,
    known,
    TYPE,
    (trigger) => trigger.TriggerName === known.triggerName,
  );
  if (!found) return undefined;
  const { trigger, description } = found;
  return liveTrigger(known, {
    triggerName: known.triggerName,
    // The expression is sent bare and comes back as `{"cron":"…"}`.
    cron: textIn(description, "cron") || (trigger.TriggerDesc ?? ""),
    enabled: isOpen(trigger),
    message: trigger.CustomArgument ?? "",
    description: trigger.Description ?? "",
  });
}
