import type { Finding } from "../model/finding";

export type { Finding, FindingPlace, Origin, Severity, SourceLocation } from "../model/finding";

/** Findings that say something which no earlier one says. */
export function newFindings(found: readonly Finding[], earlier: readonly Finding[]): Finding[] {
  const said = new Set(earlier.map(statementOf));
  return found.filter((finding) => !said.has(statementOf(finding)));
}

function statementOf({ rule, message }: Finding): string {
  return `${rule} ${message}`;
}
