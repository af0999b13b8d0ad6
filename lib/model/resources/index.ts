import type { ResourceSchema } from "../resource-schema";
import { aliasSchema } from "./alias";
import { functionSchema } from "./function";
import { functionBindingSchema } from "./function-binding";
import { layerSchema } from "./layer";
import { listenerSchema } from "./listener";
import { namespaceSchema } from "./namespace";
import { namespaceConcurrencySchema } from "./namespace-concurrency";
import { policySchema } from "./policy";
import { policyAttachmentSchema } from "./policy-attachment";
import { provisionedConcurrencySchema } from "./provisioned-concurrency";
import { reservedConcurrencySchema } from "./reserved-concurrency";
import { roleSchema } from "./role";
import { forwardingRuleSchema } from "./forwarding-rule";
import { timerTriggerSchema } from "./timer-trigger";
import { versionSchema } from "./version";

/** Every resource kind there is, by its name in plans and state. */
export const resourceSchemas = {
  [aliasSchema.kind]: aliasSchema,
  [functionSchema.kind]: functionSchema,
  [functionBindingSchema.kind]: functionBindingSchema,
  [layerSchema.kind]: layerSchema,
  [listenerSchema.kind]: listenerSchema,
  [namespaceSchema.kind]: namespaceSchema,
  [namespaceConcurrencySchema.kind]: namespaceConcurrencySchema,
  [policySchema.kind]: policySchema,
  [policyAttachmentSchema.kind]: policyAttachmentSchema,
  [provisionedConcurrencySchema.kind]: provisionedConcurrencySchema,
  [reservedConcurrencySchema.kind]: reservedConcurrencySchema,
  [roleSchema.kind]: roleSchema,
  [forwardingRuleSchema.kind]: forwardingRuleSchema,
  [timerTriggerSchema.kind]: timerTriggerSchema,
  [versionSchema.kind]: versionSchema,
} as const;

export type KindName = keyof typeof resourceSchemas;

export function schemaOf(kind: string): ResourceSchema | undefined {
  return (resourceSchemas as Readonly<Record<string, ResourceSchema>>)[kind];
}
