import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

export const reservedConcurrencySchema = defineResource({
  kind: "scf_reserved_concurrency",
  title: "reserved concurrency",
  description:
    "Concurrency that one function has for itself, and never more. Without it the function shares what the region has left.",
  properties: {
    namespace: { type: z.string(), description: "Namespace of the function.", immutable: true },
    functionName: { type: z.string(), description: "The function.", source: "CON-RES", immutable: true },
    functionRegion: {
      type: z.string().optional(),
      description:
        "Region of a function that no stack declares, where the program says that it is not the stack's own.",
      source: "CON-RES",
      checkOnly: true,
    },
    reservedMb: {
      type: z.number(),
      description: "MB of memory, instances × the function's memory; 0 stops the function.",
      source: "CON-RES, CON-UNIT, CON-ZERO, CON-RESNS",
    },
  },
  attributes: {},
});
export type ReservedConcurrencyProperties = PropertiesOf<typeof reservedConcurrencySchema>;
