/** Where in the user's program a construct was made. */
export interface SourceLocation {
  /** Path of the file. */
  readonly file: string;
  /** Line in it, from 1. */
  readonly line: number;
}

/** One end of what a finding is about. */
export interface FindingPlace {
  /** Construct path, the stack's id first. */
  readonly address: string;
  /** What matters of it here: `ap-shanghai`, `alias live, ap-guangzhou`. */
  readonly note?: string;
  /** Filled in when the finding is reported. */
  readonly location?: SourceLocation;
  /** Values there that the finding is about and the construct's own program does not write. */
  readonly origins?: readonly Origin[];
}

/** Where a value comes from that the construct's own program does not write. */
export interface Origin {
  /** As programs call it: `memory`, `name`, `tags.team`. */
  readonly property: string;
  /** What gave it. */
  readonly by: "defaults" | "naming scheme" | "tags";
  /** Where that was set, when it is known. */
  readonly location?: SourceLocation;
}

/** How grave a finding is. `unchecked` stands for what is only known later. */
export type Severity = "error" | "warning" | "unchecked";

/** What a rule says about a program. */
export interface Finding {
  /** An error stops synthesis; a warning is reported and stops nothing. */
  readonly severity: Severity;
  /** Id of the rule, as in the reference documentation. */
  readonly rule: string;
  /** What is wrong in the user's terms, with value and limit. One sentence, no final period. */
  readonly message: string;
  /** The construct at fault first; for a broken binding both ends. */
  readonly places: readonly FindingPlace[];
  /** What to do. One sentence, no final period. */
  readonly fix: string;
  /** Document and section that state the restriction. */
  readonly source: string;
  /** Set when a warning was acknowledged in the program: why. */
  readonly acknowledged?: string;
  /** Set when the value is not known yet and nothing checks it again on deploy: what checks it is code of the program. */
  readonly synthesisOnly?: true;
}
