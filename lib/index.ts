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
export { Code, type BucketCodeProps, type CodeUser } from "./constructs/code";
export {
  ContainerImage,
  type ContainerImageOptions,
  type EnterpriseImageProps,
} from "./constructs/container-image";
export { DeadLetterQueue, type DeadLetterTopicOptions } from "./constructs/dead-letter-queue";
export { DeclaredFunction } from "./constructs/declared-function";
export { Duration } from "./constructs/duration";
export { FileSystem, type FileSystemAttributes, type FileSystemMount } from "./constructs/file-system";
export {
  ForwardingRule,
  type ForwardingRuleOptions,
  type ForwardingRuleProps,
  type FunctionTarget,
} from "./constructs/forwarding-rule";
export { Function, type FunctionProps } from "./constructs/function";
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
export { FunctionGrants, type IGrantable } from "./constructs/grants";
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
export { LoadBalancerListener, Protocol, type LoadBalancerListenerProps } from "./constructs/listener";
export { LoadBalancer, type LoadBalancerAttributes } from "./constructs/load-balancer";
export { LogTopic, type LogTopicAttributes } from "./constructs/log-topic";
export { Namespace, type INamespace, type NamespaceProps } from "./constructs/namespace";
export { Policy, type IPolicy, type PolicyProps } from "./constructs/policy";
export type { PolicyStatement } from "./constructs/policy-statement";
export { Region } from "./constructs/region";
export { Role, type IRole, type RoleProps } from "./constructs/role";
export { Routing, type ExactMatch, type RangeMatch } from "./constructs/routing";
export { Runtime } from "./constructs/runtime";
export { Schedule } from "./constructs/schedule";
export { Secret } from "./constructs/secret";
export { TestEvent, type JsonValue, type TestEventProps } from "./constructs/test-event";
export { Trigger, type TimerProps } from "./constructs/trigger";
export { Version, type IPublishable, type VersionProps } from "./constructs/version";
export { Vpc, type NatGateway, type VpcAttributes } from "./constructs/vpc";
export { WebFunction, type WebFunctionProps } from "./constructs/web-function";
export { WebImageFunction, type WebImageFunctionProps } from "./constructs/web-image-function";
export { Weight } from "./constructs/weight";
export { ScfError } from "./model/error";
export type { Quotas } from "./model/quotas";
export type { MemoryMb } from "./model/resources/function";
export type { PlatformChoice } from "./model/plan";
export type { Resolvable } from "./model/resource-schema";
export type { PlannedCode, PlannedImage, Surroundings } from "./model/resources/function";
export type { LoadBalancerFacts } from "./model/resources/listener";
export type { Join, Reference } from "./model/value";
export type { Finding, FindingPlace, Severity, SourceLocation } from "./rules/finding";
