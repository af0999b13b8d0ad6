/**
 * What unit tests ask of a program: its plan, what rules find, and what a deploy of it does.
 *
 * @module cdktf-scf/testing
 */

export { Capture } from "./capture";
export { Findings, type FindingWhere } from "./findings";
export type { Deployment, FailedOperation } from "./deployment";
export type { Faults } from "./faults";
export type { GateAnswer, GateVariable, ReachedGate } from "./gates";
export type { LiveObject } from "./live-objects";
export {
  LocalPlatform,
  type DeployOptions,
  type DestroyOptions,
  type InMemoryOptions,
  type Invocation,
  type InvocationResult,
} from "./local-platform";
export { Match } from "./match";
export { Matcher } from "./matcher";
export type { Later, Pattern, PropertiesOfKind, PropertyPattern, Readable } from "./pattern";
export { Plan, type FoundResource } from "./plan";
export type { CallFilter, RecordedCall, RecordedError } from "./recorded-calls";
export type { TimeSpan } from "./time-span";
export type { FaultMatch } from "../platform/local";
export type { Change, PropertyChange } from "../reconciler/difference";
export type { PlanSnapshot, ResourceSnapshot, StackSnapshot } from "./snapshot";
export * from "./simulate";
export type {
  AllowedAction,
  AllowedActions,
  DeniedPart,
  FunctionTrigger,
  PlannedStacks,
  Reachable,
  ReachableTarget,
  Route,
  Routes,
  RouteStep,
  RuleAnswer,
  Triggers,
  WebRequest,
} from "./questions";
export { checkGuardrails, type CheckGuardrailsOptions } from "./guardrails";
