import * as fs from "node:fs";
import * as path from "node:path";
import type { RuleCase } from "./rule-case";

const folder = path.join(__dirname, "cases");

/** Every list of cases that a file in `cases/` exports, by its name: `accountCases` is the section `account`. */
export function caseSections(): (readonly [section: string, cases: readonly RuleCase[]])[] {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return files.sort().flatMap((name) =>
    Object.entries(require(path.join(folder, name)) as Record<string, unknown>)
      .filter((entry): entry is [string, readonly RuleCase[]] => isCases(entry[1]))
      .map(([exported, cases]) => [sectionName(exported), cases] as const),
  );
}

/** The cases of every file in `cases/`, in the order of the files' names. */
export function allCases(): readonly RuleCase[] {
  return caseSections().flatMap(([, cases]) => cases);
}

function sectionName(exported: string): string {
  return exported.replace(/Cases$/, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function isCases(value: unknown): value is readonly RuleCase[] {
  return Array.isArray(value) && value.every((item) => typeof item === "object" && "severities" in item);
}
