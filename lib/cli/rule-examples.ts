import * as fs from "node:fs";
import * as path from "node:path";

/** What the cases of a rule show of it. Taken from the tests, so that no example can be wrong. */
export interface RuleExample {
  /** Severities that the rule's cases report. */
  readonly reports: readonly ("error" | "warning" | "unchecked")[];
  /** A program in TypeScript that breaks the rule. */
  readonly program?: string;
  /** What is wrong in the case that the finding and the two plans are of. */
  readonly title: string;
  /** The finding, as people read it. */
  readonly finding: string;
  /** What the broken plan says, and what a right one says instead. */
  readonly wrong: readonly string[];
  readonly right: readonly string[];
  /** Code with which the local platform refuses the same. */
  readonly refused?: string;
}

export type RuleExamples = Readonly<Record<string, RuleExample>>;

/** The examples of all rules, which ship in the package beside the rules' pages. */
export function readExamples(): RuleExamples {
  const file = path.resolve(__dirname, "..", "..", "docs", "rules", "examples.json");
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as RuleExamples) : {};
}
