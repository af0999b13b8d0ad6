import { ckafkaTriggerSchema, type CkafkaTriggerProperties } from "../model/resources/ckafka-trigger";
import { consistency } from "./consistency";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import { markDescription } from "./ownership";
import {
  deleteTrigger,
  describedAs,
  isOpen,
  liveTrigger,
  numberIn,
  switchRequest,
  readTrigger,
  targetRequest,
  targetText,
  textIn,
  triggerImport,
  type TriggerType,
} from "./triggers";

const TYPE = "ckafka";

const ckafka: TriggerType<CkafkaTriggerProperties> = {
  schema: ckafkaTriggerSchema,
  type: TYPE,
  shape: "instance-topic",
  nameOf: ({ TriggerName }) => TriggerName,
  describe(target, trigger, answered, known) {
    const { description, ...owner } = describedAs(trigger, known.description);
    const own = {
      ...sourceOf(trigger.TriggerName ?? ""),
      offset: textIn(answered, "offset") || (known.offset ?? "latest"),
      // Nobody asked for the group that the platform has made by itself.
      ...(known.consumerGroup || known.instanceId === undefined
        ? { consumerGroup: textIn(answered, "consumerGroupName") }
        : {}),
      maxMessages: numberIn(answered, "maxMsgNum", known.maxMessages ?? 0),
      retries: numberIn(answered, "retry", known.retries ?? 0),
      maxWait: numberIn(answered, "timeOut", known.maxWait ?? 0),
      enabled: isOpen(trigger),
      description,
    };
    return { ...liveTrigger(target, own), ...owner };
  },
};

/** Instances are named `ckafka-…`, without another hyphen. */
function sourceOf(name: string): { instanceId: string; topic: string } {
  const [, instanceId = "", topic = name] = /^(ckafka-[^-]+)-(.+)$/.exec(name) ?? [];
  return { instanceId, topic };
}

export const ckafkaTriggerKind: Kind<typeof ckafkaTriggerSchema> = {
  schema: ckafkaTriggerSchema,
  identity: (properties) => `${targetText(properties)}/${nameOf(properties)}`,
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
      TriggerDesc: describe(wanted),
      Enable: switchRequest(wanted.enabled),
      Description: markDescription(wanted.description, context.owner),
    });
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateTrigger", {
      ...keyOf(wanted),
      TriggerDesc: describe(wanted),
      Enable: switchRequest(wanted.enabled),
      Description: markDescription(wanted.description, context.owner),
    });
    return {};
  },

  delete: (context, { properties }) =>
    deleteTrigger(context, properties, { Type: TYPE, TriggerName: nameOf(properties) }),

  import: {
    ...triggerImport<typeof ckafkaTriggerSchema, CkafkaTriggerProperties>(ckafka),

    /** The call takes everything: all but the mark is written as it is. */
    async mark(context, { properties }) {
      const live = await readLive(context, properties);
      if (!live) return;
      const same = live.properties as unknown as CkafkaTriggerProperties;
      await ckafkaTriggerKind.update?.(context, same, { properties, attributes: {} }, new Set());
    },
  },
};

function nameOf({ instanceId, topic }: CkafkaTriggerProperties): string {
  return `${instanceId}-${topic}`;
}

function keyOf(properties: CkafkaTriggerProperties) {
  return { ...targetRequest(properties), Type: TYPE, TriggerName: nameOf(properties) };
}

/** Source: tencentyun/qcloud-documents on trigger descriptions. `retry` is a number of times, `timeOut` one of seconds. */
function describe(wanted: CkafkaTriggerProperties): string {
  return JSON.stringify({
    maxMsgNum: wanted.maxMessages,
    offset: wanted.offset,
    retry: wanted.retries,
    timeOut: wanted.maxWait,
    consumerGroupName: wanted.consumerGroup ?? "",
  });
}

function readLive(context: ReadContext, known: CkafkaTriggerProperties): Promise<Live | undefined> {
  return readTrigger(context, ckafka, known, nameOf(known), known);
}
