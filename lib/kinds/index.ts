import type { KindName } from "../model/resources";
import { aliasKind } from "./alias";
import { backendBindingKind } from "./backend-binding";
import { crossRegionKind } from "./cross-region";
import { forwardingRuleKind } from "./forwarding-rule";
import { functionKind } from "./function";
import { functionBindingKind } from "./function-binding";
import type { Kind } from "./kind";
import { layerKind } from "./layer";
import { listenerKind } from "./listener";
import { namespaceKind } from "./namespace";
import { policyKind } from "./policy";
import { policyAttachmentKind } from "./policy-attachment";
import { roleKind } from "./role";
import { snatAddressKind } from "./snat-address";
import { timerTriggerKind } from "./timer-trigger";
import { versionKind } from "./version";

/** How every kind is read, created, updated and deleted, by its name in plans and state. */
export const kinds = {
  scf_alias: aliasKind,
  scf_function: functionKind,
  clb_function_binding: functionBindingKind,
  clb_backend_binding: backendBindingKind,
  clb_cross_region: crossRegionKind,
  clb_snat_address: snatAddressKind,
  scf_layer: layerKind,
  clb_listener: listenerKind,
  scf_namespace: namespaceKind,
  cam_policy: policyKind,
  cam_policy_attachment: policyAttachmentKind,
  cam_role: roleKind,
  clb_rule: forwardingRuleKind,
  scf_timer_trigger: timerTriggerKind,
  scf_version: versionKind,
} as unknown as Readonly<Record<KindName, Kind>>;

export type { Kind } from "./kind";
