import type { KindName } from "../model/resources";

/** The kinds that an assertion of their own is made for: `hasFunction` and, for Jest and Vitest, `toHaveFunction`. */
export const mainKinds = {
  Function: "scf_function",
  Layer: "scf_layer",
  Version: "scf_version",
  Alias: "scf_alias",
  Namespace: "scf_namespace",
  TimerTrigger: "scf_timer_trigger",
  CosTrigger: "scf_cos_trigger",
  ApiGatewayTrigger: "scf_api_gateway_trigger",
  ProvisionedConcurrency: "scf_provisioned_concurrency",
  ReservedConcurrency: "scf_reserved_concurrency",
  Listener: "clb_listener",
  ForwardingRule: "clb_rule",
  FunctionBinding: "clb_function_binding",
  Policy: "cam_policy",
  Role: "cam_role",
} as const satisfies Readonly<Record<string, KindName>>;

export type MainKinds = typeof mainKinds;
