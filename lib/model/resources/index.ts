import type { ResourceSchema } from "../resource-schema";
import { alarmPolicySchema } from "./alarm-policy";
import { aliasSchema } from "./alias";
import { asyncInvocationSchema } from "./async-invocation";
import { backendBindingSchema } from "./backend-binding";
import { crossRegionSchema } from "./cross-region";
import { functionSchema } from "./function";
import { functionBindingSchema } from "./function-binding";
import { groupPolicyAttachmentSchema } from "./group-policy-attachment";
import { layerSchema } from "./layer";
import { listenerSchema } from "./listener";
import { namespaceSchema } from "./namespace";
import { namespaceConcurrencySchema } from "./namespace-concurrency";
import { policySchema } from "./policy";
import { policyAttachmentSchema } from "./policy-attachment";
import { provisionedConcurrencySchema } from "./provisioned-concurrency";
import { reservedConcurrencySchema } from "./reserved-concurrency";
import { roleSchema } from "./role";
import { snatAddressSchema } from "./snat-address";
import { forwardingRuleSchema } from "./forwarding-rule";
import { apiGatewayTriggerSchema } from "./api-gateway-trigger";
import { ckafkaTriggerSchema } from "./ckafka-trigger";
import { clsTriggerSchema } from "./cls-trigger";
import { cmqTriggerSchema } from "./cmq-trigger";
import { cosTriggerSchema } from "./cos-trigger";
import { mpsTriggerSchema } from "./mps-trigger";
import { testEventSchema } from "./test-event";
import { timerTriggerSchema } from "./timer-trigger";
import { userPolicyAttachmentSchema } from "./user-policy-attachment";
import { versionSchema } from "./version";

/** Every resource kind there is, by its name in plans and state. */
export const resourceSchemas = {
  [alarmPolicySchema.kind]: alarmPolicySchema,
  [aliasSchema.kind]: aliasSchema,
  [asyncInvocationSchema.kind]: asyncInvocationSchema,
  [backendBindingSchema.kind]: backendBindingSchema,
  [crossRegionSchema.kind]: crossRegionSchema,
  [functionSchema.kind]: functionSchema,
  [functionBindingSchema.kind]: functionBindingSchema,
  [groupPolicyAttachmentSchema.kind]: groupPolicyAttachmentSchema,
  [layerSchema.kind]: layerSchema,
  [listenerSchema.kind]: listenerSchema,
  [namespaceSchema.kind]: namespaceSchema,
  [namespaceConcurrencySchema.kind]: namespaceConcurrencySchema,
  [policySchema.kind]: policySchema,
  [policyAttachmentSchema.kind]: policyAttachmentSchema,
  [provisionedConcurrencySchema.kind]: provisionedConcurrencySchema,
  [reservedConcurrencySchema.kind]: reservedConcurrencySchema,
  [roleSchema.kind]: roleSchema,
  [snatAddressSchema.kind]: snatAddressSchema,
  [forwardingRuleSchema.kind]: forwardingRuleSchema,
  [apiGatewayTriggerSchema.kind]: apiGatewayTriggerSchema,
  [ckafkaTriggerSchema.kind]: ckafkaTriggerSchema,
  [clsTriggerSchema.kind]: clsTriggerSchema,
  [cmqTriggerSchema.kind]: cmqTriggerSchema,
  [cosTriggerSchema.kind]: cosTriggerSchema,
  [mpsTriggerSchema.kind]: mpsTriggerSchema,
  [testEventSchema.kind]: testEventSchema,
  [timerTriggerSchema.kind]: timerTriggerSchema,
  [userPolicyAttachmentSchema.kind]: userPolicyAttachmentSchema,
  [versionSchema.kind]: versionSchema,
} as const;

export type KindName = keyof typeof resourceSchemas;

export function schemaOf(kind: string): ResourceSchema | undefined {
  return (resourceSchemas as Readonly<Record<string, ResourceSchema>>)[kind];
}
