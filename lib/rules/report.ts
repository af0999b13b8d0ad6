import * as path from "node:path";
import type { Finding, FindingPlace, Severity, SourceLocation } from "./finding";
import { countFindings, type FindingCounts } from "./finding-counts";
import { count } from "./text";

export const FINDINGS_FORMAT = "cdktf-scf/findings";
export const FINDINGS_VERSION = 1;

/** The findings as they are written beside the plan, for other programs to read. */
export interface FindingsReport {
  readonly format: typeof FINDINGS_FORMAT;
  readonly formatVersion: typeof FINDINGS_VERSION;
  readonly summary: FindingCounts;
  readonly findings: readonly Finding[];
}

export interface ReportOptions {
  /** Files are named relative to it. */
  readonly baseDirectory: string;
}

/** The same findings give the same report on every machine: files are relative, with forward slashes. */
export function findingsReport(findings: readonly Finding[], options: ReportOptions): FindingsReport {
  return {
    format: FINDINGS_FORMAT,
    formatVersion: FINDINGS_VERSION,
    summary: countFindings(findings),
    findings: findings.map((finding) => ({
      ...finding,
      places: finding.places.map((place) =>
        place.location ? { ...place, location: relative(place.location, options.baseDirectory) } : place,
      ),
    })),
  };
}

function relative(location: SourceLocation, baseDirectory: string): SourceLocation {
  const file = path.relative(baseDirectory, path.resolve(baseDirectory, location.file));
  return { file: file.split(path.sep).join("/"), line: location.line };
}

export interface RenderOptions extends ReportOptions {
  readonly color: boolean;
  /** Columns of the terminal: sentences longer than that are broken between words. */
  readonly width?: number;
}

/** The findings as people read them. Acknowledged warnings are only counted. */
export function renderFindings(findings: readonly Finding[], options: RenderOptions): string {
  const open = findings.filter((finding) => finding.acknowledged === undefined);
  const blocks = open.map((finding) => renderFinding(finding, options));
  return `${[...blocks, `${renderSummary(countFindings(findings))}\n`].join("\n")}`;
}

const INDENT = "  ";
const GAP = "  ";
/** Addresses of usual length line up from one finding to the next. */
const ADDRESS_COLUMN = 23;

function renderFinding(finding: Finding, options: RenderOptions): string {
  const paint = options.color ? colored : plain;
  const heading = `${finding.severity.toUpperCase()} ${finding.rule}`;
  const [first = "", ...more] = wrapped(finding.message, options.width, heading.length + GAP.length);
  const lines = [
    `${paint(heading, severityStyle[finding.severity])}${GAP}${first}`,
    ...more.map((line) => INDENT + INDENT + line),
    ...renderPlaces(finding.places, options, paint),
  ];
  const source = `[${finding.source}]`;
  const fix = wrapped(finding.fix, options.width, INDENT.length);
  const last = fix.pop() ?? "";
  lines.push(...fix.map((line) => INDENT + line));
  if (options.width === undefined || INDENT.length + last.length + 3 + source.length <= options.width) {
    lines.push(`${INDENT}${last}   ${paint(source, "dim")}`);
  } else {
    lines.push(INDENT + last, INDENT + paint(source, "dim"));
  }
  return `${lines.join("\n")}\n`;
}

function renderPlaces(places: readonly FindingPlace[], options: RenderOptions, paint: Paint): string[] {
  const addressColumn = longest(
    places.map(({ address }) => address),
    ADDRESS_COLUMN,
  );
  const noteColumn = longest(
    places.map(({ note }) => note ?? ""),
    0,
  );
  return places.map(({ address, note = "", location }) => {
    const at = location ? paint(`at ${locationText(location, options.baseDirectory)}`, "dim") : "";
    const columns = [address.padEnd(addressColumn), ...(noteColumn > 0 ? [note.padEnd(noteColumn)] : []), at];
    return `${INDENT}${columns.join(GAP)}`.trimEnd();
  });
}

function locationText(location: SourceLocation, baseDirectory: string): string {
  const { file, line } = relative(location, baseDirectory);
  return `${file}:${line}`;
}

function longest(texts: readonly string[], atLeast: number): number {
  let width = atLeast;
  for (const text of texts) width = Math.max(width, text.length);
  return width;
}

/** Breaks a sentence between words; without a width it stays one line. */
function wrapped(sentence: string, width: number | undefined, firstIndent: number): string[] {
  if (width === undefined) return [sentence];
  const lines: string[] = [];
  let line = "";
  for (const word of sentence.split(" ")) {
    const indent = lines.length === 0 ? firstIndent : INDENT.length * 2;
    if (line !== "" && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function renderSummary(counts: FindingCounts): string {
  const parts = [
    ...(counts.errors > 0 ? [count(counts.errors, "error")] : []),
    ...(counts.warnings > 0 ? [count(counts.warnings, "warning")] : []),
    ...(counts.unchecked > 0
      ? [`${count(counts.unchecked, "value")} not known yet (checked again on deploy)`]
      : []),
    ...(counts.acknowledged > 0 ? [`${count(counts.acknowledged, "warning")} acknowledged`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "no findings";
}

type Style = "red" | "yellow" | "cyan" | "dim";
type Paint = (text: string, style: Style) => string;

const severityStyle: Readonly<Record<Severity, Style>> = {
  error: "red",
  warning: "yellow",
  unchecked: "cyan",
};

/** `util.styleText` asks the terminal again whether it has colours; here the caller has decided. */
const codes: Readonly<Record<Style, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
};
const ESCAPE = "\u001b[";

const colored: Paint = (text, style) => `${ESCAPE}${codes[style][0]}m${text}${ESCAPE}${codes[style][1]}m`;
const plain: Paint = (text) => text;
