export { Capture } from "./capture";
export { Findings, type FindingWhere } from "./findings";
export { Match } from "./match";
export { Matcher } from "./matcher";
export type { Later, Pattern, PropertiesOfKind, PropertyPattern, Readable } from "./pattern";
export { Plan, type FoundResource } from "./plan";
export type { PlanSnapshot, ResourceSnapshot, StackSnapshot } from "./snapshot";
