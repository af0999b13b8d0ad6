import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { triggerTarget } from "./trigger-target";

/** What happens to objects of a bucket (API CreateTrigger.TriggerDesc). `*` stands for everything of its sort. */
export const cosEvents = [
  "cos:ObjectCreated:*",
  "cos:ObjectCreated:Put",
  "cos:ObjectCreated:Post",
  "cos:ObjectCreated:Copy",
  "cos:ObjectCreated:Append",
  "cos:ObjectCreated:CompleteMultipartUpload",
  "cos:ObjectRemove:*",
  "cos:ObjectRemove:Delete",
  "cos:ObjectRemove:DeleteMarkerCreated",
  "cos:ObjectRestore:*",
  "cos:ObjectRestore:Post",
  "cos:ObjectRestore:Completed",
] as const;

export const cosTriggerSchema = defineResource({
  kind: "scf_cos_trigger",
  title: "COS trigger",
  description: "Starts a function when something happens to an object of a bucket.",
  properties: {
    ...triggerTarget,
    bucket: {
      type: z.string(),
      description: "The bucket, by its name with the account's id: `uploads-1250000000`.",
      source: "TRG-COS, API CreateTrigger.TriggerName",
      immutable: true,
    },
    bucketRegion: {
      type: z.string(),
      description: "Region of the bucket: the function's own.",
      source: "TRG-COSREG",
      immutable: true,
    },
    event: {
      type: z.string(),
      description: "What has to happen, for example `cos:ObjectCreated:*`.",
      source: "TRG-COS",
      immutable: true,
    },
    prefix: {
      type: z.string().optional(),
      description: "How the names of the objects begin; any name when absent.",
      source: "TRG-COS",
      immutable: true,
    },
    suffix: {
      type: z.string().optional(),
      description: "How the names of the objects end, beginning with a period; any name when absent.",
      source: "TRG-COS",
      immutable: true,
    },
    enabled: { type: z.boolean(), description: "Whether it fires.", source: "TRG-ENABLE" },
  },
  attributes: {},
});
export type CosTriggerProperties = PropertiesOf<typeof cosTriggerSchema>;
