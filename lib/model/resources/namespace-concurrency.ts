import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const namespaceConcurrencySchema = defineResource({
  kind: "scf_namespace_concurrency",
  title: "namespace concurrency",
  description:
    "A namespace's own concurrency quota. The platform has no call that takes it away: it stays until the namespace goes.",
  properties: {
    namespace: {
      type: z.string(),
      description: "The namespace.",
      source: "NS-PKG",
      immutable: true,
    },
    totalMb: {
      type: z.number(),
      description:
        "MB of memory for all functions of the namespace: at least what they reserve and 12,800 MB more.",
      source: "QTA-CONC, NS-PKG, API PutTotalConcurrencyConfig.TotalConcurrencyMem",
    },
  },
  attributes: {},
});
export type NamespaceConcurrencyProperties = PropertiesOf<typeof namespaceConcurrencySchema>;
