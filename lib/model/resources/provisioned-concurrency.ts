import { z } from "zod";
import { defineResource, type PropertiesOf } from "../resource-schema";

const scheduledActionType = z.strictObject({
  name: z.string(),
  /** Seven fields: second, minute, hour, day, month, weekday, year. */
  cron: z.string(),
  /** How many instances there are from then on. */
  instances: z.number(),
});
const provisioningType = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("static"),
    instances: z.number(),
    actions: z.array(scheduledActionType).optional(),
  }),
  z.strictObject({
    type: z.literal("dynamic"),
    minimum: z.number(),
    maximum: z.number(),
    /** Share of the instances that are to be busy, between 0 and 1. */
    utilization: z.number(),
  }),
]);
/** Provisioned concurrency as a plan has it. */
export type PlannedProvisioning = z.output<typeof provisioningType>;

export const provisionedConcurrencySchema = defineResource({
  kind: "scf_provisioned_concurrency",
  title: "provisioned concurrency",
  description: "Instances of a published version that are started before requests come.",
  properties: {
    namespace: { type: z.string(), description: "Namespace of the function.", immutable: true },
    functionName: { type: z.string(), description: "The function.", immutable: true },
    functionRegion: {
      type: z.string().optional(),
      description:
        "Region of a function that no stack declares, where the program says that it is not the stack's own.",
      source: "CON-PROV",
      checkOnly: true,
    },
    qualifier: {
      type: z.string(),
      description: "Number of the published version; never `$LATEST`, never an alias.",
      source: "CON-PROV",
      immutable: true,
    },
    provisioning: {
      type: provisioningType,
      description:
        "A number of instances, with scheduled actions that change it; or limits between which the platform chooses. The platform does not show the latter.",
      source: "CON-KIND, CON-PSUM, CON-OVER, CON-SCHED, CON-DYN, QTA-PBURST",
      unreadable: true,
    },
    memory: {
      type: z.number().optional(),
      description:
        "Memory in MB that the version was published with, where the program says it; otherwise the function's present one is assumed.",
      source: "CON-PSUM, CON-OVER",
      checkOnly: true,
    },
  },
  attributes: {},
});
export type ProvisionedConcurrencyProperties = PropertiesOf<typeof provisionedConcurrencySchema>;
