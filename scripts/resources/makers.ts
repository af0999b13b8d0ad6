import type { KindName } from "../../lib/model/resources";

/** What a program writes to have a resource of a kind. */
export interface Maker {
  /** Exported classes and static methods that make it. */
  readonly by: readonly string[];
  /** Exported interfaces of what they are given. */
  readonly props: readonly string[];
  /** The section of docs/constructs.md that shows it. */
  readonly section: string;
}

export const makers: Readonly<Record<KindName, Maker>> = {
  scf_function: {
    by: ["Function", "WebFunction", "ImageFunction", "WebImageFunction"],
    props: ["FunctionProps", "WebImageFunctionProps", "WebFunctionProps", "ImageFunctionProps"],
    section: "Functions",
  },
  scf_layer: { by: ["Layer"], props: ["LayerProps"], section: "Layers" },
  scf_version: {
    by: ["Version"],
    props: ["VersionProps"],
    section: "Versions",
  },
  scf_alias: {
    by: ["Alias"],
    props: ["AliasNaming", "RoutedVersions", "ReleasedVersion"],
    section: "Aliases and routing",
  },
  scf_timer_trigger: { by: ["Trigger.timer"], props: ["TimerProps"], section: "Triggers" },
  scf_cos_trigger: { by: ["Trigger.cos"], props: ["CosTriggerProps"], section: "Triggers" },
  scf_ckafka_trigger: { by: ["Trigger.ckafka"], props: ["CkafkaTriggerProps"], section: "Triggers" },
  scf_cls_trigger: { by: ["Trigger.cls"], props: ["ClsTriggerProps"], section: "Triggers" },
  scf_mps_trigger: { by: ["Trigger.mps"], props: ["MpsTriggerProps"], section: "Triggers" },
  scf_cmq_trigger: { by: ["Trigger.cmq"], props: ["CmqTriggerProps"], section: "Triggers" },
  scf_api_gateway_trigger: {
    by: ["Trigger.apiGateway"],
    props: ["StandardGatewayProps"],
    section: "API gateway",
  },
  scf_async_invocation: {
    by: ["Function", "ImageFunction"],
    props: ["AsyncInvocationOptions"],
    section: "Asynchronous runs",
  },
  scf_reserved_concurrency: {
    by: ["ReservedConcurrency"],
    props: ["ReservedConcurrencyProps"],
    section: "Reserved concurrency",
  },
  scf_provisioned_concurrency: {
    by: ["ProvisionedConcurrency"],
    props: ["ProvisionedConcurrencyProps"],
    section: "Provisioned concurrency",
  },
  scf_namespace: { by: ["Namespace"], props: ["NamespaceProps"], section: "Namespaces" },
  scf_namespace_concurrency: {
    by: ["NamespaceConcurrency", "Namespace"],
    props: ["NamespaceConcurrencyProps"],
    section: "Namespaces",
  },
  scf_test_event: { by: ["TestEvent"], props: ["TestEventProps"], section: "Test events" },
  clb_listener: {
    by: ["LoadBalancerListener"],
    props: ["LoadBalancerListenerProps"],
    section: "Listeners and rules",
  },
  clb_rule: { by: ["ForwardingRule"], props: ["ForwardingRuleProps"], section: "Listeners and rules" },
  clb_function_binding: {
    by: ["ForwardingRule"],
    props: ["FunctionTarget"],
    section: "Listeners and rules",
  },
  clb_backend_binding: {
    by: ["ForwardingRule", "LoadBalancerListener"],
    props: [],
    section: "Back-end servers",
  },
  clb_cross_region: { by: ["CrossRegionBinding"], props: [], section: "Other regions and data centres" },
  clb_snat_address: {
    by: ["SnatAddress"],
    props: ["SnatAddressProps"],
    section: "Other regions and data centres",
  },
  cam_role: { by: ["Role"], props: ["RoleProps"], section: "Roles" },
  cam_policy: { by: ["Policy"], props: ["PolicyProps"], section: "Policies and grants" },
  cam_policy_attachment: {
    by: ["PolicyAttachment"],
    props: ["PolicyAttachmentProps"],
    section: "Roles",
  },
  cam_user_policy_attachment: {
    by: ["PolicyAttachment"],
    props: ["PolicyAttachmentProps"],
    section: "Users and groups",
  },
  cam_group_policy_attachment: {
    by: ["PolicyAttachment"],
    props: ["PolicyAttachmentProps"],
    section: "Users and groups",
  },
  monitor_alarm_policy: {
    by: ["AlarmPolicy"],
    props: ["AlarmPolicyProps"],
    section: "Metrics and alarms",
  },
};
