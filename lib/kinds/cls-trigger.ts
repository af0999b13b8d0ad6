import { clsTriggerSchema, type ClsTriggerProperties } from "../model/resources/cls-trigger";
import { consistency } from "./consistency";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import {
  deleteTrigger,
  liveTrigger,
  numberIn,
  readTrigger,
  targetRequest,
  targetText,
  triggerImport,
  type TriggerType,
} from "./triggers";

const TYPE = "cls";

const cls: TriggerType<ClsTriggerProperties> = {
  schema: clsTriggerSchema,
  type: TYPE,
  shape: "topic",
  nameOf: ({ TriggerName }) => TriggerName,
  describe: (target, { TriggerName }, answered, known) =>
    liveTrigger(target, {
      topicId: TriggerName ?? "",
      maxWait: numberIn(answered, "max_wait", known.maxWait ?? 0),
      maxMessages: numberIn(answered, "max_size", known.maxMessages ?? 0),
    }),
};

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
  consistencyMs: consistency.functions,

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

  import: triggerImport<typeof clsTriggerSchema, ClsTriggerProperties>(cls),
};

function readLive(context: ReadContext, known: ClsTriggerProperties): Promise<Live | undefined> {
  return readTrigger(context, cls, known, known.topicId, known);
}
