import { columns, padded, wrapped } from "../../rules/columns";
import { GUARDRAIL_CHECKED, type GuardrailDescription } from "../../rules/guardrail-description";
import { sourceText } from "../../rules/rule";
import { acknowledgeable, evidenceText, whenText, type ReferenceEntry } from "../../rules/reference";
import type { RuleExample } from "../rule-examples";
import type { Style, StyleName } from "./style";

interface Options {
  readonly style: Style;
  /** Columns of the terminal; without it nothing is broken into lines. */
  readonly width: number | undefined;
}

const INDENT = "  ";
const GAP = "  ";

const severityStyle: Readonly<Record<ReferenceEntry["severity"], StyleName>> = {
  error: "red",
  warning: "yellow",
  fact: "cyan",
};

/** Everything there is to say about one id. */
export function renderEntry(
  entry: ReferenceEntry,
  example: RuleExample | undefined,
  options: Options,
): string {
  const { id, severity, statement } = entry;
  const { style } = options;
  const heading = hanging(`${severity.toUpperCase()} ${id}${GAP}`, statement, 4, options);
  const painted = heading.replace(/^\S+ \S+/, (name) => style.paint(severityStyle[severity], name));
  return [painted, renderRows(rowsOf(entry, example), options), ...exampleBlocks(example, style)].join(
    "\n\n",
  );
}

/** Everything that a program's organization says of one of its guardrails. */
export function renderGuardrail(guardrail: GuardrailDescription, options: Options): string {
  const { id, severity, statement, source, fix, acknowledgeable } = guardrail;
  const heading = hanging(`${severity.toUpperCase()} ${id}${GAP}`, statement, 4, options);
  const painted = heading.replace(/^\S+ \S+/, (name) => options.style.paint(severityStyle[severity], name));
  const rows: (readonly [string, string])[] = [
    ["checked", GUARDRAIL_CHECKED],
    ["source", sourceText(source)],
    ["to do", fix],
  ];
  if (severity === "warning")
    rows.push(["acknowledge", acknowledgeable ? acknowledgement(id) : "not allowed"]);
  return [painted, renderRows(rows, options)].join("\n\n");
}

function acknowledgement(id: string): string {
  return `scf.Findings.of(construct).acknowledge("${id}", "why it does not matter here")`;
}

function rowsOf(entry: ReferenceEntry, example: RuleExample | undefined): (readonly [string, string])[] {
  const { id, when, source, fix, consequence, evidence } = entry;
  const rows: (readonly [string, string])[] = [
    ["checked", whenText(when)],
    ["source", `${source.document}, ${source.section}`],
  ];
  if (consequence !== undefined) rows.push(["follows", consequence]);
  if (evidence) rows.push(["seen", evidenceText(evidence)]);
  if (fix !== undefined) rows.push(["to do", fix]);
  if (example?.refused !== undefined)
    rows.push(["platform", `the local platform refuses the same with ${example.refused}`]);
  if (acknowledgeable(entry, example?.reports)) {
    rows.push([
      "acknowledge",
      `${entry.severity === "error" ? "where it warns only: " : ""}${acknowledgement(id)}`,
    ]);
  }
  return rows;
}

function renderRows(rows: readonly (readonly [string, string])[], options: Options): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows
    .map(([label, text]) => {
      const before = `${INDENT}${label.padEnd(width)}${GAP}`;
      const lines = hanging(before, text, before.length, options);
      return INDENT + options.style.dim(label) + lines.slice(INDENT.length + label.length);
    })
    .join("\n");
}

function exampleBlocks(example: RuleExample | undefined, style: Style): string[] {
  if (!example) return [];
  const { program, finding, title, wrong, right } = example;
  const block = (heading: string, lines: readonly string[]): string =>
    [
      `${INDENT}${style.bold(heading)}`,
      ...lines.map((line) => (line === "" ? "" : INDENT + INDENT + line)),
    ].join("\n");
  return [
    ...(program === undefined ? [] : [block("A program that breaks it", program.split("\n"))]),
    block(`A finding of it, for: ${title}`, finding.split("\n")),
    ...(wrong.length + right.length === 0
      ? []
      : [
          block("A plan that breaks it (-) and one that does not (+), where they differ", [
            ...wrong.map((line) => style.red(`- ${line}`)),
            ...right.map((line) => style.green(`+ ${line}`)),
          ]),
        ]),
  ];
}

/** One line for each id, by section. */
export function renderTable(entries: readonly ReferenceEntry[], options: Options): string {
  const { style } = options;
  const idWidth = Math.max(...entries.map(({ id }) => id.length));
  const lines: string[] = [];
  let section = 0;
  for (const entry of entries) {
    if (entry.section.number !== section) {
      if (lines.length > 0) lines.push("");
      section = entry.section.number;
      lines.push(style.bold(`${section} ${entry.section.title}`));
    }
    const severity = entry.severity.padEnd("warning".length);
    const before = `${INDENT}${padded(entry.id, idWidth)}${GAP}${severity}${GAP}`;
    const text = hanging(before, entry.statement, before.length, options);
    lines.push(text.replace(severity, () => style.paint(severityStyle[entry.severity], severity)));
  }
  return [...lines, "", style.dim("`cdktf-scf explain <id>` says more about one of them.")].join("\n");
}

/** A text behind something, its further lines indented. */
function hanging(before: string, text: string, indent: number, { width }: Options): string {
  const [first = "", ...more] = wrapped(text, width, columns(before), indent);
  return [before + first, ...more.map((line) => " ".repeat(indent) + line)].join("\n");
}
