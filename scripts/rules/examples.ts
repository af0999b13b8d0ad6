import type { RuleExample } from "../../lib/cli/rule-examples";
import { renderFindings } from "../../lib/rules/report";
import type { Rule } from "../../lib/rules/rule";
import { enforcementOf } from "../../test/rules/enforcement";
import { Program } from "../../test/rules/program";
import { findingsOf, type RuleCase } from "../../test/rules/rule-case";
import { wrongProgramSources } from "../../test/rules/wrong-program-sources";

/** More lines than these show no difference that anybody sees. */
const MOST_LINES = 10;
const LONGEST_VALUE = 300;
/** Lines that finding and file names are relative to. */
const baseDirectory = "/work";

/** What the cases of a rule show of it; undefined while it has none. */
export function exampleOf(
  { id, severity }: Pick<Rule, "id" | "severity">,
  cases: readonly RuleCase[],
): RuleExample | undefined {
  const own = cases.filter(({ rule }) => rule === id);
  const broken = own.find((ruleCase) => findingOf(ruleCase, severity) !== undefined);
  const finding = broken && findingOf(broken, severity);
  if (!broken || !finding) return undefined;
  const program = programOf(id);
  const enforcement = enforcementOf(id);
  return {
    reports: [...new Set(own.flatMap(({ severities }) => severities))].sort(),
    ...(program === undefined ? {} : { program }),
    title: broken.title,
    finding: withoutSummary(renderFindings([finding], { color: false, baseDirectory })),
    ...contrast(
      broken,
      own.filter(({ severities }) => severities.length === 0),
    ),
    ...(enforcement?.by === "platform" ? { refused: enforcement.code } : {}),
  };
}

/** What the wrong programs share, for readers who see one of them alone. */
const shared: readonly (readonly [RegExp, string])[] = [
  [/\bnode\b/, "// node: runtime, handler and code of a Node.js function"],
  [/\bloadBalancer\b(?!:)/, "// loadBalancer: one of ap-guangzhou"],
];

function programOf(id: string): string | undefined {
  const text = wrongProgramSources().get(id)?.text;
  if (text === undefined) return undefined;
  const notes = shared.flatMap(([used, note]) => (used.test(text) ? [note] : []));
  return [...notes, text].join("\n");
}

function findingOf(ruleCase: RuleCase, severity: Rule["severity"]) {
  if (!ruleCase.severities.includes(severity)) return undefined;
  return findingsOf(ruleCase).find((finding) => finding.severity === severity);
}

function withoutSummary(text: string): string {
  return text.slice(0, text.lastIndexOf("\n\n"));
}

/** What differs between a broken plan and the right one that is nearest to it. */
function contrast(broken: RuleCase, right: readonly RuleCase[]): Pick<RuleExample, "wrong" | "right"> {
  const wrongLines = linesOf(broken);
  let nearest: { wrong: string[]; right: string[] } | undefined;
  for (const ruleCase of right) {
    const rightLines = linesOf(ruleCase);
    const difference = { wrong: missingIn(rightLines, wrongLines), right: missingIn(wrongLines, rightLines) };
    if (!nearest || size(difference) < size(nearest)) nearest = difference;
  }
  return nearest && size(nearest) <= MOST_LINES ? nearest : { wrong: [], right: [] };
}

function size({
  wrong,
  right,
}: {
  readonly wrong: readonly string[];
  readonly right: readonly string[];
}): number {
  return wrong.length + right.length;
}

function missingIn(lines: ReadonlySet<string>, candidates: ReadonlySet<string>): string[] {
  return [...candidates].filter((line) => !lines.has(line));
}

/** A program as lines of which each says one thing. */
function linesOf(ruleCase: RuleCase): Set<string> {
  const program = new Program();
  ruleCase.build(program);
  const { plans, packages } = program.model();
  const lines = new Set<string>();
  for (const { stack, provider, resources } of plans) {
    for (const [name, value] of Object.entries(provider)) say(`stack ${stack}`, name, value);
    for (const { address, kind, properties } of resources) {
      for (const [name, value] of Object.entries(properties)) say(`${address} (${kind})`, name, value);
    }
  }
  for (const [hash, { entries, zipBytes, uncompressedBytes }] of packages) {
    for (const { path } of entries) lines.add(`package ${hash} holds ${path}`);
    lines.add(`package ${hash} has ${zipBytes} bytes, ${uncompressedBytes} before compression`);
  }
  return lines;

  function say(subject: string, name: string, value: unknown): void {
    const text = shortened(JSON.stringify(value, asPeopleRead) ?? "");
    lines.add(`${subject} ${name}: ${text}`);
  }
}

/** References as `<shop/orders.functionName>`. */
function asPeopleRead(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("$ref" in value)) return value;
  const { address, attribute } = value.$ref as { address: string; attribute: string };
  return `<${address}.${attribute}>`;
}

function shortened(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
