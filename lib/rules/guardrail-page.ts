import { GUARDRAIL_CHECKED } from "./guardrail-description";
import type { GuardrailRecord } from "./guardrail";

/**
 * The documentation of an organization's guardrails, as a page of Markdown: an overview, and for each what it asks for, where
 * that is stated, what to do about a finding, and how a warning is acknowledged.
 */
export function guardrailDocumentation(guardrails: readonly GuardrailRecord[]): string {
  const sorted = [...guardrails].sort((left, right) =>
    left.id < right.id ? -1 : left.id > right.id ? 1 : 0,
  );
  const rows = sorted.map(({ id, severity, statement }) => [
    `[${id}](#${id.toLowerCase()})`,
    severity,
    statement,
  ]);
  return `${["# Guardrails", table(["id", "severity", "statement"], rows), ...sorted.flatMap(blocksOf)].join("\n\n")}\n`;
}

function blocksOf(guardrail: GuardrailRecord): string[] {
  const { id, severity, statement, fix, examples } = guardrail;
  return [
    `## ${id}`,
    sentence(statement),
    table(
      ["", ""],
      [
        [
          "Severity",
          severity === "error"
            ? "error: no plan is written, and nothing is deployed"
            : "warning: it is reported and stops nothing",
        ],
        ["Checked", GUARDRAIL_CHECKED],
        ["Source", sourceLink(guardrail)],
      ],
    ),
    "### What to do",
    sentence(fix),
    ...(examples
      ? [
          "### What it looks like",
          "A program that breaks it:",
          fenced(examples.fails),
          "One that does not:",
          fenced(examples.passes),
        ]
      : []),
    ...(severity === "warning" ? acknowledging(guardrail) : []),
  ];
}

function acknowledging({ id, acknowledgeable = true }: GuardrailRecord): string[] {
  return [
    "### Acknowledging the warning",
    acknowledgeable
      ? `On the construct where it arises, or on anything above it; the reason stays in the report:\n\n\`\`\`ts\nscf.Findings.of(construct).acknowledge("${id}", "why it does not matter here");\n\`\`\``
      : "It cannot be acknowledged.",
  ];
}

function sourceLink({ source: { document, section, url } }: GuardrailRecord): string {
  const text = section === undefined ? document : `${document}, ${section}`;
  return url === undefined ? text : `[${text}](${url})`;
}

/** The code of an example as it runs; a package that is compiled shows what was compiled. */
function fenced(example: (...values: never[]) => void): string {
  const lines = example.toString().split("\n");
  const indents = lines.slice(1).flatMap((line) => (line.trim() === "" ? [] : [line.search(/\S/)]));
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  const text = [lines[0], ...lines.slice(1).map((line) => line.slice(indent))].join("\n");
  return `\`\`\`js\n${text}\n\`\`\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${/[.?!]$/.test(clause) ? "" : "."}`;
}
