export type { Finding, FindingPlace, Severity, SourceLocation } from "../model/finding";
