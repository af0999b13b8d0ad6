import { cosTriggerSchema, type CosTriggerProperties } from "../model/resources/cos-trigger";
import { functionKey } from "./function-status";
import type { Kind, Live, ReadContext } from "./kind";
import {
  deleteTrigger,
  findTrigger,
  isOpen,
  liveTrigger,
  objectIn,
  switchRequest,
  targetRequest,
  targetText,
  textIn,
} from "./triggers";

const TYPE = "cos";

export const cosTriggerKind: Kind<typeof cosTriggerSchema> = {
  schema: cosTriggerSchema,
  identity: (properties) =>
    `${targetText(properties)}/${properties.bucket} ${properties.event} ${properties.prefix ?? ""}*${properties.suffix ?? ""}`,
  exclusive: (properties) => [functionKey(properties)],
  // The platform has each event of a bucket, with prefix and suffix, once.
  replacement: "delete-first",
  timeoutMs: 2 * 60_000,

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

async function readLive(context: ReadContext, known: CosTriggerProperties): Promise<Live | undefined> {
  const found = await findTrigger(context, known, TYPE, (trigger, description) => {
    const filter = objectIn(description, "filter");
    return (
      trigger.TriggerName === bucketAddress(known) &&
      textIn(description, "event") === known.event &&
      textIn(filter, "Prefix") === (known.prefix ?? "") &&
      textIn(filter, "Suffix") === (known.suffix ?? "")
    );
  });
  if (!found) return undefined;
  const { bucket, bucketRegion, event, prefix = "", suffix = "" } = known;
  return liveTrigger(known, { bucket, bucketRegion, event, prefix, suffix, enabled: isOpen(found.trigger) });
}
