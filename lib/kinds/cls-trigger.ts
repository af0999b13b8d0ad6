import { clsTriggerSchema, type ClsTriggerProperties } from "../model/resources/cls-trigger";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import { deleteTrigger, findTrigger, liveTrigger, numberIn, targetRequest, targetText } from "./triggers";

const TYPE = "cls";

/**
 * The log service makes these triggers and has no call that takes them away: they are read and deleted as any other trigger
 * of the function (belief: SDK CreateTrigger.Type names `cls`, and tencent-component-toolkit deletes CLB's the same way).
 */
export const clsTriggerKind: Kind<typeof clsTriggerSchema> = {
  schema: clsTriggerSchema,
  identity: (properties) => `${targetText(properties)}/${properties.topicId}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await context.call("cls", "CreateDeliverCloudFunction", {
      ...targetRequest(wanted),
      TopicId: wanted.topicId,
      Timeout: wanted.maxWait,
      MaxMsgNum: wanted.maxMessages,
    });
    return {};
  },

  delete: (context, { properties }) =>
    deleteTrigger(context, properties, { Type: TYPE, TriggerName: properties.topicId }),
};

async function readLive(context: ReadContext, known: ClsTriggerProperties): Promise<Live | undefined> {
  const found = await findTrigger(context, known, TYPE, ({ TriggerName }) => TriggerName === known.topicId);
  if (!found) return undefined;
  return liveTrigger(known, {
    topicId: known.topicId,
    maxWait: numberIn(found.description, "max_wait", known.maxWait),
    maxMessages: numberIn(found.description, "max_size", known.maxMessages),
  });
}
