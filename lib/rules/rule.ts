import type { AppModel } from "./app-model";
import type { Finding, FindingPlace, Severity } from "./finding";

/** What a check found. The rule fills in the rest. */
export interface Violation {
  readonly message: string;
  readonly places: readonly FindingPlace[];
  /** Instead of the rule's own fix, where the value allows a better one: the closest valid value, a name meant. */
  readonly fix?: string;
  /** Instead of the rule's own section, where one restriction stands in several. */
  readonly section?: string;
  /** Instead of the rule's own severity. */
  readonly severity?: Severity;
  /** Set for a value that is not known yet when nothing checks it again on deploy. */
  readonly synthesisOnly?: true;
}

/**
 * One restriction of the platform, as a record: from it come the finding, the JSON report, the documentation and the
 * completeness test. A check never throws for what a program may contain, and never judges a value that is not known yet:
 * it reports that value with `unchecked`.
 */
export interface Rule {
  readonly id: string;
  readonly severity: "error" | "warning";
  /** The restriction, as a sentence. */
  readonly statement: string;
  readonly source: { readonly document: Document; readonly section: string };
  /** What to do about it. */
  readonly fix: string;
  check(app: AppModel, report: Report): void;
}

/** What evaluation asks of a rule, whether it is the platform's or an organization's. */
export interface CheckedRule extends Omit<Rule, "source"> {
  readonly source: { readonly document: string; readonly section?: string; readonly url?: string };
  /** Whether programs may acknowledge its warnings; absent means that they may. */
  readonly acknowledgeable?: boolean;
}

/** Where a rule is stated, as a phrase. */
export function sourceText({ document, section, url }: CheckedRule["source"]): string {
  return [document, section, url].filter((part) => part !== undefined).join(", ");
}

export type Report = (violation: Violation) => void;

/**
 * The source documents, by file name without ending; `api` is the platform's API reference, `cdktf-scf` what this library
 * asks for by itself.
 */
export type Document = "scf-operation-guide" | "clb-binds-scf" | "clb-backend-servers" | "api" | "cdktf-scf";

export type { Finding };
