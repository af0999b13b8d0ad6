/**
 * Constructs for serverless functions and what hangs on them: what programs declare.
 *
 * @module cdktf-scf
 */
export {
  Budget,
  Defaults,
  Findings,
  FindingsError,
  Guardrails,
  Lifecycle,
  Naming,
  Output,
  Platform,
  ResourceElement,
  ScfProvider,
  Tags,
  type AccountProps,
  type BudgetProps,
  type DefaultProps,
  type LocalPlatformProps,
  type NamedConstruct,
  type NamingScheme,
  type OutputProps,
  type ScfProviderProps,
  type TakesDefaults,
  type TencentCloudProps,
  type TerraformMode,
} from "./cdktf";
export { AlarmPolicy, type AlarmCondition, type AlarmPolicyProps } from "./constructs/alarm-policy";
export type {
  ApiGatewayTriggerProps,
  ApiOptions,
  BasicGatewayProps,
  StandardGatewayProps,
} from "./constructs/api-gateway-trigger";
export {
  Alias,
  type AliasNaming,
  type AliasOptions,
  type AliasOwner,
  type AliasProps,
  type DefaultAliasOptions,
  type ReleasedVersion,
  type RoutedVersions,
} from "./constructs/alias";
export type { CkafkaTriggerProps } from "./constructs/ckafka-trigger";
export type { ClsTriggerProps } from "./constructs/cls-trigger";
export type { CmqTriggerProps } from "./constructs/cmq-trigger";
export { Code, type BucketCodeProps, type CodeUser } from "./constructs/code";
export { Condition, type ConditionDocument } from "./constructs/condition";
export type { CosEvent, CosTriggerProps } from "./constructs/cos-trigger";
export { Concurrency, type ConcurrencyEstimateProps } from "./constructs/concurrency";
export {
  ContainerImage,
  type ContainerImageOptions,
  type EnterpriseImageProps,
} from "./constructs/container-image";
export { DeadLetterQueue, type DeadLetterTopicOptions } from "./constructs/dead-letter-queue";
export { DeclaredFunction } from "./constructs/declared-function";
export {
  Backend,
  type BackendOptions,
  type DataCenterBackendProps,
  type InstanceBackendProps,
  type NetworkInterfaceBackendProps,
} from "./constructs/backend";
export {
  CrossRegionBinding,
  type CrossRegionBinding1Props,
  type CrossRegionBinding2Props,
  type CrossRegionBindingOptions,
  type CrossRegionBindingProps,
} from "./constructs/cross-region-binding";
export { Duration } from "./constructs/duration";
export { FileSystem, type FileSystemAttributes, type FileSystemMount } from "./constructs/file-system";
export {
  ForwardingRule,
  type ForwardingRuleOptions,
  type ForwardingRuleProps,
  type FunctionTarget,
  type RuleFunction,
  type RuleProtocol,
} from "./constructs/forwarding-rule";
export { Function, type FunctionProps } from "./constructs/function";
export { Gate, type GateOptions } from "./constructs/gate";
export {
  Release,
  type BlueGreenReleaseProps,
  type CanaryReleaseProps,
  type ReleaseOptions,
  type ReleaseStep,
} from "./constructs/release";
export { AccountGrants, FunctionGrants, type IGrantable } from "./constructs/grants";
export {
  Hosting,
  Toleration,
  type EqualTolerationProps,
  type ExistsTolerationProps,
  type KubernetesHostingProps,
  type TolerationOptions,
} from "./constructs/hosting";
export type {
  AsyncInvocationOptions,
  CodeFunctionProps,
  CommonFunctionProps,
  EventFunctionProps,
  ImageProps,
  WebProps,
  WebSocketOptions,
} from "./constructs/function-props";
export { GpuNode } from "./constructs/gpu-node";
export type { HealthCheck } from "./constructs/health-check";
export type {
  FunctionType,
  IFunction,
  IInvocable,
  IPublishedVersion,
  IVersion,
} from "./constructs/invocable";
export { FunctionBase } from "./constructs/function-base";
export { ImageFunction, type ImageFunctionProps } from "./constructs/image-function";
export { ImportedFunction, type ImportedFunctionProps } from "./constructs/imported-function";
export { Layer, type ILayer, type LayerProps } from "./constructs/layer";
export {
  LoadBalancerListener,
  Protocol,
  type ListenerProtocol,
  type LoadBalancerListenerProps,
  type TargetProtocol,
} from "./constructs/listener";
export { LoadBalancer, type LoadBalancerAttributes } from "./constructs/load-balancer";
export {
  FunctionMetrics,
  Metrics,
  RegionMetrics,
  type IFunctionMetric,
  type IMetric,
  type IRegionMetric,
} from "./constructs/metric";
export type { MpsTriggerProps } from "./constructs/mps-trigger";
export { LogTopic, type LogTopicAttributes } from "./constructs/log-topic";
export { Namespace, type INamespace, type NamespaceProps } from "./constructs/namespace";
export { NamespaceConcurrency, type NamespaceConcurrencyProps } from "./constructs/namespace-concurrency";
export {
  ProvisionedConcurrency,
  type ProvisionedConcurrencyProps,
} from "./constructs/provisioned-concurrency";
export {
  Provisioning,
  type DynamicProvisioningProps,
  type ScheduledAction,
  type StaticProvisioningProps,
} from "./constructs/provisioning";
export type { PublishedVersionFacts } from "./constructs/published-version";
export { ReservedConcurrency, type ReservedConcurrencyProps } from "./constructs/reserved-concurrency";
export { Policy, type IPolicy, type PolicyProps } from "./constructs/policy";
export { PolicyAttachment, type PolicyAttachmentProps } from "./constructs/policy-attachment";
export type { PolicyStatement } from "./constructs/policy-statement";
export { Group, User, type IGroup, type IUser, type Principal } from "./constructs/principal";
export { Region } from "./constructs/region";
export { Role, type IRole, type RoleProps } from "./constructs/role";
export { Routing, type ExactMatch, type RangeMatch } from "./constructs/routing";
export { Runtime } from "./constructs/runtime";
export { Schedule } from "./constructs/schedule";
export { Secret } from "./constructs/secret";
export type { TimerProps } from "./constructs/timer-trigger";
export { Trigger } from "./constructs/trigger";
export type { BindTrigger } from "./constructs/trigger-binding";
export { TestEvent, type JsonValue, type TestEventProps } from "./constructs/test-event";
export { SecurityGroup, type SecurityGroupRule } from "./constructs/security-group";
export { SnatAddress, type SnatAddressProps } from "./constructs/snat-address";
export { Version, type IPublishable, type VersionProps } from "./constructs/version";
export { Vpc, type NatGateway, type VpcAttributes } from "./constructs/vpc";
export { WebFunction, type WebFunctionProps } from "./constructs/web-function";
export { WebImageFunction, type WebImageFunctionProps } from "./constructs/web-image-function";
export { Weight } from "./constructs/weight";
export { ScfError } from "./model/error";
export type {
  Comparison,
  MetricName,
  MetricPeriod,
  MetricStatistic,
  RegionMetricName,
} from "./model/metrics";
export type { FunctionAction } from "./model/permissions";
export type { PresetPolicyName } from "./model/preset-policies";
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
export type { ClusterFacts, PlannedHosting } from "./model/resources/namespace";
export type { PlannedProvisioning } from "./model/resources/provisioned-concurrency";
export type { PlannedCode, PlannedImage, Surroundings } from "./model/resources/function";
export type { LoadBalancerFacts } from "./model/resources/listener";
export type { ForeignToken, Join, Reference, SecretReference, Symbolic, Value } from "./model/value";
export type { NamedKind } from "./model/names-from-path";
export type { KindOf, ShortKind } from "./model/short-kind";
export type { BudgetLimits } from "./rules/budget";
export type { Finding, FindingPlace, Origin, Severity, SourceLocation } from "./rules/finding";
export { GuardedResource, GuardedResources } from "./rules/guarded-resource";
export {
  defineGuardrail,
  type Guardrail,
  type GuardrailExamples,
  type GuardrailPlanViolation,
  type GuardrailRecord,
  type GuardrailSource,
  type GuardrailViolation,
  type PlanGuardrail,
  type ResourceGuardrail,
} from "./rules/guardrail";
export { guardrailDocumentation } from "./rules/guardrail-page";
export * as patterns from "./constructs/patterns";
