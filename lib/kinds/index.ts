import type { KindName } from "../model/resources";
import { alarmPolicyKind } from "./alarm-policy";
import { aliasKind } from "./alias";
import { asyncInvocationKind } from "./async-invocation";
import { backendBindingKind } from "./backend-binding";
import { crossRegionKind } from "./cross-region";
import { forwardingRuleKind } from "./forwarding-rule";
import { functionKind } from "./function";
import { functionBindingKind } from "./function-binding";
import { groupPolicyAttachmentKind } from "./group-policy-attachment";
import type { Kind } from "./kind";
import { layerKind } from "./layer";
import { listenerKind } from "./listener";
import { namespaceKind } from "./namespace";
import { namespaceConcurrencyKind } from "./namespace-concurrency";
import { policyKind } from "./policy";
import { policyAttachmentKind } from "./policy-attachment";
import { provisionedConcurrencyKind } from "./provisioned-concurrency";
import { reservedConcurrencyKind } from "./reserved-concurrency";
import { roleKind } from "./role";
import { apiGatewayTriggerKind } from "./api-gateway-trigger";
import { ckafkaTriggerKind } from "./ckafka-trigger";
import { clsTriggerKind } from "./cls-trigger";
import { cmqTriggerKind } from "./cmq-trigger";
import { cosTriggerKind } from "./cos-trigger";
import { mpsTriggerKind } from "./mps-trigger";
import { testEventKind } from "./test-event";
import { snatAddressKind } from "./snat-address";
import { timerTriggerKind } from "./timer-trigger";
import { userPolicyAttachmentKind } from "./user-policy-attachment";
import { versionKind } from "./version";

/** How every kind is read, created, updated and deleted, by its name in plans and state. */
export const kinds = {
  monitor_alarm_policy: alarmPolicyKind,
  scf_alias: aliasKind,
  scf_async_invocation: asyncInvocationKind,
  scf_function: functionKind,
  clb_function_binding: functionBindingKind,
  cam_group_policy_attachment: groupPolicyAttachmentKind,
  clb_backend_binding: backendBindingKind,
  clb_cross_region: crossRegionKind,
  clb_snat_address: snatAddressKind,
  scf_layer: layerKind,
  clb_listener: listenerKind,
  scf_namespace: namespaceKind,
  scf_namespace_concurrency: namespaceConcurrencyKind,
  cam_policy: policyKind,
  cam_policy_attachment: policyAttachmentKind,
  scf_provisioned_concurrency: provisionedConcurrencyKind,
  scf_reserved_concurrency: reservedConcurrencyKind,
  cam_role: roleKind,
  clb_rule: forwardingRuleKind,
  scf_api_gateway_trigger: apiGatewayTriggerKind,
  scf_ckafka_trigger: ckafkaTriggerKind,
  scf_cls_trigger: clsTriggerKind,
  scf_cmq_trigger: cmqTriggerKind,
  scf_cos_trigger: cosTriggerKind,
  scf_mps_trigger: mpsTriggerKind,
  scf_test_event: testEventKind,
  scf_timer_trigger: timerTriggerKind,
  cam_user_policy_attachment: userPolicyAttachmentKind,
  scf_version: versionKind,
} as unknown as Readonly<Record<KindName, Kind>>;

export type { Kind } from "./kind";
