import { z } from "zod";
import { defineResource } from "../resource-schema";

export const versionSchema = defineResource({
  kind: "scf_version",
  title: "version",
  description:
    "The published version of what a function is now: published when, and only when, that changed.",
  properties: {
    namespace: { type: z.string(), description: "Namespace of the function.", immutable: true },
    functionName: { type: z.string(), description: "The function.", immutable: true },
    content: {
      type: z.string(),
      description: "The function's content hash: a new one publishes a new version.",
      source: "FN-LOCK",
      immutable: true,
      unreadable: true,
    },
    description: {
      type: z.string().optional(),
      description: "At most 930 characters; a mark of ownership is added to it.",
      source: "FN-DESC",
      immutable: true,
    },
  },
  attributes: {
    version: { type: z.string(), description: "Its number, `1`, `2`, …" },
  },
});
