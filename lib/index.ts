export {
  Findings,
  FindingsError,
  Output,
  Platform,
  ResourceElement,
  ScfProvider,
  type AccountProps,
  type LocalPlatformProps,
  type OutputProps,
  type ScfProviderProps,
  type TencentCloudProps,
} from "./cdktf";
export { Alias, type AliasOptions, type AliasProps } from "./constructs/alias";
export {
  Backend,
  type BackendOptions,
  type DataCenterBackendProps,
  type InstanceBackendProps,
  type NetworkInterfaceBackendProps,
} from "./constructs/backend";
export { Code, type BucketCodeProps, type CodeUser } from "./constructs/code";
export {
  CrossRegionBinding,
  type CrossRegionBinding1Props,
  type CrossRegionBinding2Props,
  type CrossRegionBindingProps,
} from "./constructs/cross-region-binding";
export { Duration } from "./constructs/duration";
export {
  ForwardingRule,
  type ForwardingRuleOptions,
  type ForwardingRuleProps,
  type FunctionTarget,
  type RuleFunction,
  type RuleProtocol,
} from "./constructs/forwarding-rule";
export { Function, type FunctionProps } from "./constructs/function";
export { FunctionGrants, type IGrantable } from "./constructs/grants";
export type { HealthCheck } from "./constructs/health-check";
export type {
  FunctionType,
  IFunction,
  IInvocable,
  IPublishedVersion,
  IVersion,
} from "./constructs/invocable";
export { FunctionBase } from "./constructs/function-base";
export { Layer, type ILayer, type LayerProps } from "./constructs/layer";
export {
  LoadBalancerListener,
  Protocol,
  type ListenerProtocol,
  type LoadBalancerListenerProps,
  type TargetProtocol,
} from "./constructs/listener";
export { LoadBalancer, type LoadBalancerAttributes } from "./constructs/load-balancer";
export { Namespace, type INamespace, type NamespaceProps } from "./constructs/namespace";
export { Policy, type IPolicy, type PolicyProps } from "./constructs/policy";
export type { PolicyStatement } from "./constructs/policy-statement";
export { Region } from "./constructs/region";
export { Role, type IRole, type RoleProps } from "./constructs/role";
export { Routing, type ExactMatch, type RangeMatch } from "./constructs/routing";
export { Runtime } from "./constructs/runtime";
export { Schedule } from "./constructs/schedule";
export { Secret } from "./constructs/secret";
export { SecurityGroup, type SecurityGroupRule } from "./constructs/security-group";
export { SnatAddress, type SnatAddressProps } from "./constructs/snat-address";
export { Trigger, type TimerProps } from "./constructs/trigger";
export { Version, type IPublishable, type VersionProps } from "./constructs/version";
export { Weight } from "./constructs/weight";
export { ScfError } from "./model/error";
export type { Quotas } from "./model/quotas";
export type {
  BackendFacts,
  BoundBackend,
  SecurityGroupRuleProperties,
} from "./model/resources/backend-binding";
export type { HealthCheckProperties } from "./model/resources/health-check";
export type { MemoryMb } from "./model/resources/function";
export type { PlatformChoice } from "./model/plan";
export type { Resolvable } from "./model/resource-schema";
export type { PlannedCode } from "./model/resources/function";
export type { LoadBalancerFacts } from "./model/resources/listener";
export type { Join, Reference } from "./model/value";
export type { Finding, FindingPlace, Severity, SourceLocation } from "./rules/finding";
