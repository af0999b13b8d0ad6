import type { Finding } from "../../lib/rules/finding";
import { Program } from "./program";

/** One program that a rule accepts or reports. */
export interface RuleCase {
  readonly rule: string;
  readonly title: string;
  /** What the rule reports, in order; none for a program that it accepts. */
  readonly severities: readonly Finding["severity"][];
  readonly build: (program: Program) => void;
}

/** A program that a rule has nothing to say about. */
export function passes(rule: string, title: string, build: RuleCase["build"]): RuleCase {
  return { rule, title, severities: [], build };
}

/** A program that a rule reports as an error. */
export function fails(rule: string, title: string, build: RuleCase["build"]): RuleCase {
  return { rule, title, severities: ["error"], build };
}

export function warns(rule: string, title: string, build: RuleCase["build"]): RuleCase {
  return { rule, title, severities: ["warning"], build };
}

/** A program with a value that can be checked on deploy only. */
export function waits(rule: string, title: string, build: RuleCase["build"]): RuleCase {
  return { rule, title, severities: ["unchecked"], build };
}

/** Several tests ask for the same: a program is evaluated once. */
const known = new WeakMap<RuleCase, readonly Finding[]>();

/** What the case's own rule reports. */
export function findingsOf(ruleCase: RuleCase): readonly Finding[] {
  let findings = known.get(ruleCase);
  if (findings === undefined) {
    const program = new Program();
    ruleCase.build(program);
    findings = program.evaluate().filter(({ rule }) => rule === ruleCase.rule);
    known.set(ruleCase, findings);
  }
  return findings;
}
