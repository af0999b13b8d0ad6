import type { KindName } from "../model/resources";
import { aliasKind } from "./alias";
import { forwardingRuleKind } from "./forwarding-rule";
import { functionKind } from "./function";
import { functionBindingKind } from "./function-binding";
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
import { timerTriggerKind } from "./timer-trigger";
import { versionKind } from "./version";

/** How every kind is read, created, updated and deleted, by its name in plans and state. */
export const kinds = {
  scf_alias: aliasKind,
  scf_function: functionKind,
  clb_function_binding: functionBindingKind,
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
  scf_timer_trigger: timerTriggerKind,
  scf_version: versionKind,
} as unknown as Readonly<Record<KindName, Kind>>;

export type { Kind } from "./kind";
