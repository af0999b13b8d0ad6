import { timerTriggerSchema, type TimerTriggerProperties } from "../model/resources/timer-trigger";
import { consistency } from "./consistency";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import { markDescription } from "./ownership";
import {
  deleteTrigger,
  describedAs,
  isOpen,
  liveTrigger,
  switchRequest,
  readTrigger,
  targetRequest,
  targetText,
  textIn,
  triggerImport,
  type TriggerType,
} from "./triggers";

const TYPE = "timer";

const timer: TriggerType<TimerTriggerProperties> = {
  schema: timerTriggerSchema,
  type: TYPE,
  shape: "name",
  nameOf: ({ TriggerName }) => TriggerName,
  describe(target, trigger, answered, known) {
    const { description, ...owner } = describedAs(trigger, known.description);
    const own = {
      triggerName: trigger.TriggerName ?? "",
      // The expression is sent bare and comes back as `{"cron":"…"}`.
      cron: textIn(answered, "cron") || (trigger.TriggerDesc ?? ""),
      enabled: isOpen(trigger),
      message: trigger.CustomArgument ?? "",
      description,
    };
    return { ...liveTrigger(target, own), ...owner };
  },
};

export const timerTriggerKind: Kind<typeof timerTriggerSchema> = {
  schema: timerTriggerSchema,
  identity: (properties) => `${targetText(properties)}/${properties.triggerName}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  // In the description of CreateTrigger.
  marked: true,
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.functions,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await context.call("scf", "CreateTrigger", {
      ...keyOf(wanted),
      TriggerDesc: wanted.cron,
      Enable: switchRequest(wanted.enabled),
      ...(wanted.message ? { CustomArgument: wanted.message } : {}),
      Description: markDescription(wanted.description, context.owner),
    });
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateTrigger", {
      ...keyOf(wanted),
      TriggerDesc: wanted.cron,
      Enable: switchRequest(wanted.enabled),
      CustomArgument: wanted.message ?? "",
      Description: markDescription(wanted.description, context.owner),
    });
    return {};
  },

  delete: (context, { properties }) =>
    deleteTrigger(context, properties, { Type: TYPE, TriggerName: properties.triggerName }),

  import: {
    ...triggerImport<typeof timerTriggerSchema, TimerTriggerProperties>(timer),

    /** The call takes everything: all but the mark is written as it is. */
    async mark(context, { properties }) {
      const live = await readLive(context, properties);
      if (!live) return;
      const same = live.properties as unknown as TimerTriggerProperties;
      await timerTriggerKind.update?.(context, same, { properties, attributes: {} }, new Set());
    },
  },
};

function keyOf(properties: TimerTriggerProperties) {
  return { ...targetRequest(properties), TriggerName: properties.triggerName, Type: TYPE };
}

function readLive(context: ReadContext, known: TimerTriggerProperties): Promise<Live | undefined> {
  return readTrigger(context, timer, known, known.triggerName, known);
}
