import { mpsTriggerSchema, type MpsTriggerProperties } from "../model/resources/mps-trigger";
import { consistency } from "./consistency";
import { functionKey } from "./function-status";
import type { Kind, Live, OperationContext, ReadContext } from "./kind";
import { isFunctionNotFound, unlessNotFound } from "./not-found";
import {
  liveTrigger,
  readTrigger,
  targetRequest,
  targetText,
  triggerImport,
  type TriggerType,
} from "./triggers";

const TYPE = "mps";

const mps: TriggerType<MpsTriggerProperties> = {
  schema: mpsTriggerSchema,
  type: TYPE,
  shape: "event",
  nameOf: ({ TriggerName }) => TriggerName,
  describe: (target, { TriggerName = "" }) =>
    liveTrigger(target, { eventType: TriggerName.replace(/Event$/, "") }),
};

/**
 * Media Processing Service makes and takes away these triggers by calls that its public SDK does not have (belief, source:
 * tencent-component-toolkit modules/triggers/mps.js). They are read as any other trigger of the function.
 */
export const mpsTriggerKind: Kind<typeof mpsTriggerSchema> = {
  schema: mpsTriggerSchema,
  identity: (properties) => `${targetText(properties)}/${nameOf(properties)}`,
  exclusive: (properties) => [functionKey(properties)],
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.functions,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await context.call("mps", "BindTrigger", requestOf(context, wanted));
    return {};
  },

  async delete(context, { properties }) {
    await unlessNotFound(
      context.call("mps", "UnbindTrigger", requestOf(context, properties)),
      isFunctionNotFound,
    );
  },

  import: triggerImport<typeof mpsTriggerSchema, MpsTriggerProperties>(mps),
};

function requestOf(context: OperationContext, properties: MpsTriggerProperties) {
  return { ...targetRequest(properties), ScfRegion: context.region, EventType: properties.eventType };
}

function nameOf({ eventType }: MpsTriggerProperties): string {
  return `${eventType}Event`;
}

function readLive(context: ReadContext, known: MpsTriggerProperties): Promise<Live | undefined> {
  return readTrigger(context, mps, known, nameOf(known), known);
}
