import type { ResourceSchema } from "../resource-schema";
import { aliasSchema } from "./alias";
import { backendBindingSchema } from "./backend-binding";
import { crossRegionSchema } from "./cross-region";
import { functionSchema } from "./function";
import { functionBindingSchema } from "./function-binding";
import { layerSchema } from "./layer";
import { listenerSchema } from "./listener";
import { namespaceSchema } from "./namespace";
import { policySchema } from "./policy";
import { policyAttachmentSchema } from "./policy-attachment";
import { roleSchema } from "./role";
import { snatAddressSchema } from "./snat-address";
import { forwardingRuleSchema } from "./forwarding-rule";
import { timerTriggerSchema } from "./timer-trigger";
import { versionSchema } from "./version";

/** Every resource kind there is, by its name in plans and state. */
export const resourceSchemas = {
  [aliasSchema.kind]: aliasSchema,
  [backendBindingSchema.kind]: backendBindingSchema,
  [crossRegionSchema.kind]: crossRegionSchema,
  [functionSchema.kind]: functionSchema,
  [functionBindingSchema.kind]: functionBindingSchema,
  [layerSchema.kind]: layerSchema,
  [listenerSchema.kind]: listenerSchema,
  [namespaceSchema.kind]: namespaceSchema,
  [policySchema.kind]: policySchema,
  [policyAttachmentSchema.kind]: policyAttachmentSchema,
  [roleSchema.kind]: roleSchema,
  [snatAddressSchema.kind]: snatAddressSchema,
  [forwardingRuleSchema.kind]: forwardingRuleSchema,
  [timerTriggerSchema.kind]: timerTriggerSchema,
  [versionSchema.kind]: versionSchema,
} as const;

export type KindName = keyof typeof resourceSchemas;

export function schemaOf(kind: string): ResourceSchema | undefined {
  return (resourceSchemas as Readonly<Record<string, ResourceSchema>>)[kind];
}
