import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";
import { codeType } from "./function";

export const layerSchema = defineResource({
  kind: "scf_layer",
  title: "layer",
  description:
    "One version of a layer: files that functions share under `/opt`. A change publishes the next version.",
  properties: {
    layerName: {
      type: z.string(),
      description:
        "Name: 2–60 letters, digits, `_` and `-`, beginning with a letter, ending with a letter or digit.",
      source: "LYR-NAME, QTA-LYR",
      immutable: true,
    },
    compatibleRuntimes: {
      type: z.array(z.string()),
      description: "Runtimes of the functions that may bind it, 1–5.",
      source: "LYR-RT",
      immutable: true,
      unordered: true,
    },
    code: {
      type: codeType,
      description: "The package unpacked into `/opt`.",
      source: "LYR-ZIP",
      immutable: true,
    },
    description: {
      type: z.string().optional(),
      description: "At most 1000 characters; the platform gets 930 of them and a mark of ownership.",
      source: "LYR-ZIP",
      immutable: true,
    },
  },
  attributes: {
    version: { type: z.number(), description: "Number of this version, 1, 2, …" },
    codeSha256: { type: z.string(), description: "SHA-256 of the package, as the platform reports it." },
  },
});
export type LayerProperties = PropertiesOf<typeof layerSchema>;
