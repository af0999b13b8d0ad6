import { cosTriggerSchema, type CosTriggerProperties } from "../model/resources/cos-trigger";
import type { Properties } from "../model/value";
import { consistency } from "./consistency";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import {
  deleteTrigger,
  isOpen,
  liveTrigger,
  objectIn,
  switchRequest,
  readTrigger,
  targetRequest,
  targetText,
  textIn,
  triggerImport,
  type TriggerType,
} from "./triggers";

const TYPE = "cos";

const cos: TriggerType<CosTriggerProperties> = {
  schema: cosTriggerSchema,
  type: TYPE,
  shape: "bucket address event prefix*suffix",
  nameOf: ({ TriggerName }, answered) => `${TriggerName ?? ""} ${filterText(answered)}`,
  describe(target, trigger, answered, known) {
    const filter = objectIn(answered, "filter");
    const address = /^(.+)\.cos\.([^.]+)\.myqcloud\.com$/.exec(trigger.TriggerName ?? "");
    return liveTrigger(target, {
      bucket: address?.[1] ?? known.bucket ?? "",
      bucketRegion: address?.[2] ?? known.bucketRegion ?? "",
      event: textIn(answered, "event"),
      prefix: textIn(filter, "Prefix"),
      suffix: textIn(filter, "Suffix"),
      enabled: isOpen(trigger),
    });
  },
};

export const cosTriggerKind: Kind<typeof cosTriggerSchema> = {
  schema: cosTriggerSchema,
  identity: (properties) =>
    `${targetText(properties)}/${properties.bucket} ${properties.event} ${properties.prefix ?? ""}*${properties.suffix ?? ""}`,
  exclusive: (properties) => [functionKey(properties)],
  // The platform has each event of a bucket, with prefix and suffix, once.
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,
  consistencyMs: consistency.functions,

  read: (context, { properties }) => readLive(context, properties),
  find: (context, wanted) => readLive(context, wanted),

  async create(context, wanted) {
    await context.call("scf", "CreateTrigger", {
      ...targetRequest(wanted),
      ...keyOf(wanted),
      Enable: switchRequest(wanted.enabled),
    });
    return {};
  },

  /** Of a COS trigger the platform changes nothing but the switch. */
  async update(context, wanted) {
    await context.call("scf", "UpdateTriggerStatus", {
      ...targetRequest(wanted),
      ...keyOf(wanted),
      Enable: switchRequest(wanted.enabled),
    });
    return {};
  },

  delete: (context, { properties }) => deleteTrigger(context, properties, keyOf(properties)),

  import: triggerImport<typeof cosTriggerSchema, CosTriggerProperties>(cos),
};

/**
 * All triggers of a bucket have one name, the bucket's address: the description tells them apart, in every call. It has no
 * spaces (source: SDK CreateTrigger.TriggerName, tencentyun/qcloud-documents on trigger descriptions).
 */
function keyOf(properties: CosTriggerProperties) {
  return {
    Type: TYPE,
    TriggerName: bucketAddress(properties),
    TriggerDesc: JSON.stringify({
      event: properties.event,
      filter: { Prefix: properties.prefix ?? "", Suffix: properties.suffix ?? "" },
    }),
  };
}

function bucketAddress({ bucket, bucketRegion }: CosTriggerProperties): string {
  return `${bucket}.cos.${bucketRegion}.myqcloud.com`;
}

function readLive(context: ReadContext, known: CosTriggerProperties): Promise<Live | undefined> {
  return readTrigger(context, cos, known, nameOf(known), known);
}

function nameOf(properties: CosTriggerProperties): string {
  const { event, prefix = "", suffix = "" } = properties;
  return `${bucketAddress(properties)} ${filterText({ event, filter: { Prefix: prefix, Suffix: suffix } })}`;
}

/** What it fires on, in one line. */
function filterText(description: Properties): string {
  const filter = objectIn(description, "filter");
  return `${textIn(description, "event")} ${textIn(filter, "Prefix")}*${textIn(filter, "Suffix")}`;
}
