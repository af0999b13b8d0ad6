import type { Finding } from "./finding";

export interface FindingCounts {
  readonly errors: number;
  /** Warnings that nobody has acknowledged. */
  readonly warnings: number;
  readonly unchecked: number;
  readonly acknowledged: number;
}

export function countFindings(findings: readonly Finding[]): FindingCounts {
  const counts = { errors: 0, warnings: 0, unchecked: 0, acknowledged: 0 };
  for (const finding of findings) {
    if (finding.severity === "error") counts.errors++;
    else if (finding.severity === "unchecked") counts.unchecked++;
    else if (finding.acknowledged === undefined) counts.warnings++;
    else counts.acknowledged++;
  }
  return counts;
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}
