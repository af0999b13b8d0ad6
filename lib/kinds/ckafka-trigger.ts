import { ckafkaTriggerSchema, type CkafkaTriggerProperties } from "../model/resources/ckafka-trigger";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import {
  deleteTrigger,
  findTrigger,
  isOpen,
  liveTrigger,
  numberIn,
  switchRequest,
  targetRequest,
  targetText,
  textIn,
} from "./triggers";

const TYPE = "ckafka";

export const ckafkaTriggerKind: Kind<typeof ckafkaTriggerSchema> = {
  schema: ckafkaTriggerSchema,
  identity: (properties) => `${targetText(properties)}/${nameOf(properties)}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await context.call("scf", "CreateTrigger", {
      ...keyOf(wanted),
      TriggerDesc: describe(wanted),
      Enable: switchRequest(wanted.enabled),
      ...(wanted.description ? { Description: wanted.description } : {}),
    });
    return {};
  },

  async update(context, wanted) {
    await context.call("scf", "UpdateTrigger", {
      ...keyOf(wanted),
      TriggerDesc: describe(wanted),
      Enable: switchRequest(wanted.enabled),
      Description: wanted.description ?? "",
    });
    return {};
  },

  delete: (context, { properties }) =>
    deleteTrigger(context, properties, { Type: TYPE, TriggerName: nameOf(properties) }),
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

async function readLive(context: ReadContext, known: CkafkaTriggerProperties): Promise<Live | undefined> {
  const name = nameOf(known);
  const found = await findTrigger(context, known, TYPE, ({ TriggerName }) => TriggerName === name);
  if (!found) return undefined;
  const { trigger, description } = found;
  return liveTrigger(known, {
    instanceId: known.instanceId,
    topic: known.topic,
    offset: textIn(description, "offset") || known.offset,
    // Nobody asked for the group that the platform has made by itself.
    ...(known.consumerGroup ? { consumerGroup: textIn(description, "consumerGroupName") } : {}),
    maxMessages: numberIn(description, "maxMsgNum", known.maxMessages),
    retries: numberIn(description, "retry", known.retries),
    maxWait: numberIn(description, "timeOut", known.maxWait),
    enabled: isOpen(trigger),
    description: trigger.Description ?? "",
  });
}
