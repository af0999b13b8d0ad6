export { rules } from "./rules";
export { countFindings, evaluate, hasErrors } from "./evaluate";
export type { EvaluateOptions, FindingCounts } from "./evaluate";
export { findingsReport, renderFindings } from "./report";
export type { FindingsReport, RenderOptions, ReportOptions } from "./report";
export { AppModel } from "./app-model";
export type { Acknowledgement } from "./acknowledgement";
export type { Finding, FindingPlace, Severity, SourceLocation } from "./finding";
export type { Rule, Violation } from "./rule";
