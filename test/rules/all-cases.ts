import * as fs from "node:fs";
import * as path from "node:path";
import type { RuleCase } from "./rule-case";

const folder = path.join(__dirname, "cases");

/** The cases of every file in `cases/`, in the order of the files' names. */
export function allCases(): readonly RuleCase[] {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const exported = files
    .sort()
    .flatMap((name) => Object.values(require(path.join(folder, name)) as Record<string, unknown>));
  return [...new Set(exported.flatMap((value) => (Array.isArray(value) ? value.filter(isRuleCase) : [])))];
}

function isRuleCase(value: unknown): value is RuleCase {
  return typeof value === "object" && value !== null && "rule" in value && "severities" in value;
}
