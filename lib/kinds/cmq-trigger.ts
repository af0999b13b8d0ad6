import { ScfError } from "../model/error";
import { cmqTriggerSchema, type CmqTriggerProperties } from "../model/resources/cmq-trigger";
import { consistency } from "./consistency";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import {
  deleteTrigger,
  liveTrigger,
  readTrigger,
  targetText,
  triggerImport,
  type TriggerType,
} from "./triggers";

const TYPE = "cmq";

const cmq: TriggerType<CmqTriggerProperties> = {
  schema: cmqTriggerSchema,
  type: TYPE,
  shape: "topic",
  nameOf: ({ TriggerName }) => TriggerName,
  describe: (target, { TriggerName }) => liveTrigger(target, { topic: TriggerName ?? "" }),
};

/** Nothing makes one any more; those that are left from before can be read and taken away (TRG-CMQ). */
export const cmqTriggerKind: Kind<typeof cmqTriggerSchema> = {
  schema: cmqTriggerSchema,
  identity: (properties) => `${targetText(properties)}/${properties.topic}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.functions,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  /** Asks nobody: what the platform would make of the call is not known. */
  async create(_context, wanted) {
    throw new ScfError(
      "CMQ_DISCONTINUED",
      `${targetText(wanted)} gets no CMQ trigger: CMQ is discontinued since June 2022.`,
      { fix: "Use a CKafka trigger, or have what sent the messages invoke the function." },
    );
  },

  delete: (context, { properties }) =>
    deleteTrigger(context, properties, { Type: TYPE, TriggerName: properties.topic }),

  import: triggerImport<typeof cmqTriggerSchema, CmqTriggerProperties>(cmq),
};

function readLive(context: ReadContext, known: CmqTriggerProperties): Promise<Live | undefined> {
  return readTrigger(context, cmq, known, known.topic, known);
}
