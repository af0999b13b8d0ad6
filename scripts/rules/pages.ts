import type { RuleExample, RuleExamples } from "../../lib/cli/rule-examples";
import { sections } from "../../lib/rules/ids";
import {
  acknowledgeable,
  evidenceText,
  reference,
  whenText,
  type ReferenceEntry,
} from "../../lib/rules/reference";
import { allCases } from "../../test/rules/all-cases";
import { enforcementOf } from "../../test/rules/enforcement";
import type { RuleCase } from "../../test/rules/rule-case";
import { blocks, code, escaped, fenced, sentence, table } from "../markdown";
import { exampleOf } from "./examples";

/** The files of docs/rules, by name. */
export function rulePages(): ReadonlyMap<string, string> {
  const cases = allCases();
  const entries = reference();
  const examples: Record<string, RuleExample> = {};
  const pages = new Map<string, string>();
  for (const entry of entries) {
    const own = cases.filter(({ rule }) => rule === entry.id);
    const example =
      entry.severity === "fact" ? undefined : exampleOf({ ...entry, severity: entry.severity }, own);
    if (example) examples[entry.id] = example;
    pages.set(`${entry.id}.md`, page(entry, example, own));
  }
  pages.set("README.md", overview(entries, examples));
  pages.set("examples.json", `${JSON.stringify(examples, undefined, 2)}\n`);
  return pages;
}

/** Titles that are longer hold a name of the greatest length, which nobody reads. */
const LONGEST_TITLE = 80;

const generated = "<!-- Written by `npm run docs:rules` from the rules and their cases. -->";

function page(entry: ReferenceEntry, example: RuleExample | undefined, cases: readonly RuleCase[]): string {
  const { document, section } = entry.source;
  const facts: (readonly [string, string])[] = [
    ["Severity", severityText(entry)],
    ["Checked", whenText(entry.when)],
    ["Source", `${document}, ${section}`],
  ];
  if (entry.severity !== "fact") facts.push(["Local platform", enforcementText(entry.id)]);
  if (entry.evidence) facts.push(["To be seen", evidenceText(entry.evidence)]);
  return blocks([
    generated,
    `# ${entry.id}`,
    sentence(entry.statement),
    table(["", ""], facts),
    ...(entry.consequence === undefined ? [] : ["## What follows", sentence(entry.consequence)]),
    ...(entry.fix === undefined ? [] : ["## What to do", sentence(entry.fix)]),
    ...(example ? exampleBlocks(example) : []),
    ...caseBlocks(cases),
    ...(acknowledgeable(entry, example?.reports) ? acknowledgeBlocks(entry) : []),
  ]);
}

function severityText({ severity }: ReferenceEntry): string {
  return {
    error: "error: no plan is written, and nothing is deployed",
    warning: "warning: it is reported and stops nothing",
    fact: "fact: nothing reports it",
  }[severity];
}

function enforcementText(id: string): string {
  const enforcement = enforcementOf(id);
  if (!enforcement) return "not said yet";
  return enforcement.by === "platform"
    ? `refuses the same with \`${enforcement.code}\` (${enforcement.file})`
    : `does not refuse it: ${enforcement.reason}`;
}

function exampleBlocks(example: RuleExample): string[] {
  return [
    "## What it looks like",
    ...(example.program === undefined
      ? []
      : ["A program that breaks it:", fenced("ts excerpt", example.program)]),
    `A finding of it, for: ${example.title}`,
    fenced("text", example.finding),
    ...(example.wrong.length + example.right.length === 0
      ? []
      : [
          "A plan that breaks it, and one that does not, where they differ:",
          fenced(
            "diff",
            [...example.wrong.map((line) => `- ${line}`), ...example.right.map((line) => `+ ${line}`)].join(
              "\n",
            ),
          ),
        ]),
  ];
}

function caseBlocks(cases: readonly RuleCase[]): string[] {
  const titled = (title: string, chosen: readonly RuleCase[]): string[] =>
    chosen.length === 0 ? [] : [`- ${title}: ${chosen.map(shortTitle).join("; ")}`];
  const reporting = (severity: RuleCase["severities"][number]): RuleCase[] =>
    cases.filter(({ severities }) => severities[0] === severity);
  const lines = [
    ...titled(
      "accepted",
      cases.filter(({ severities }) => severities.length === 0),
    ),
    ...titled("an error", reporting("error")),
    ...titled("a warning", reporting("warning")),
    ...titled("not known before deploying", reporting("unchecked")),
  ];
  return lines.length === 0 ? [] : ["## Tested cases", lines.join("\n")];
}

function shortTitle({ title }: RuleCase): string {
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title;
}

function acknowledgeBlocks({ id, severity }: ReferenceEntry): string[] {
  return [
    "## Acknowledging the warning",
    ...(severity === "error" ? ["Some of its findings are warnings; an error cannot be acknowledged."] : []),
    "On the construct where it arises, or on anything above it; the reason stays in the report:",
    fenced(
      "ts with-construct",
      `scf.Findings.of(construct).acknowledge("${id}", "why it does not matter here");`,
    ),
  ];
}

function overview(entries: readonly ReferenceEntry[], examples: RuleExamples): string {
  return blocks([
    generated,
    "# Rules",
    "Every restriction and every fact of the platform that this library knows, by section of the source documents. `cdktf-scf explain <id>` prints what stands on a page.",
    ...sections.flatMap(({ number, title }) => {
      const own = entries.filter(({ section }) => section.number === number);
      if (own.length === 0) return [];
      const rows = own.map((entry) => [
        `[${entry.id}](${entry.id}.md)`,
        entry.severity,
        escaped(entry.statement),
        code(examples[entry.id]?.refused),
      ]);
      return [`## ${number} ${title}`, table(["id", "severity", "statement", "refused with"], rows)];
    }),
  ]);
}
