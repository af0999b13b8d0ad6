import * as path from "node:path";
import { columns, padded, wrapped } from "./columns";
import type { Finding, FindingPlace, Origin, Severity, SourceLocation } from "./finding";
import { countFindings, type FindingCounts } from "./finding-counts";
import { reportedValue, type GivenValue, type ReportedValue } from "./given-value";
import type { GuardrailRecord } from "./guardrail";
import { describeGuardrail, type GuardrailDescription } from "./guardrail-description";
import { groupBy } from "./per-app";
import { count, grouped } from "./text";

export const FINDINGS_FORMAT = "cdktf-scf/findings";
export const FINDINGS_VERSION = 1;

/** The findings as they are written beside the plan, for other programs to read. */
export interface FindingsReport {
  readonly format: typeof FINDINGS_FORMAT;
  readonly formatVersion: typeof FINDINGS_VERSION;
  readonly summary: FindingCounts;
  readonly findings: readonly Finding[];
  /** Values that constructs have got from defaults, naming schemes and tags; absent when there are none. */
  readonly given?: readonly ReportedValue[];
  /** The organization's rules that were checked; absent when there are none. */
  readonly guardrails?: readonly GuardrailDescription[];
}

interface PathOptions {
  /** Files are named relative to it. */
  readonly baseDirectory: string;
}

export interface ReportOptions extends PathOptions {
  /** @default none */
  readonly given?: readonly GivenValue[];
  /** @default none */
  readonly guardrails?: readonly GuardrailRecord[];
}

/** The same findings give the same report on every machine: files are relative, with forward slashes. */
export function findingsReport(findings: readonly Finding[], options: ReportOptions): FindingsReport {
  const { given = [], guardrails = [], baseDirectory } = options;
  return {
    format: FINDINGS_FORMAT,
    formatVersion: FINDINGS_VERSION,
    summary: countFindings(findings),
    findings: findings.map((finding) => ({
      ...finding,
      places: finding.places.map((place) => relativePlace(place, baseDirectory)),
    })),
    ...(given.length === 0
      ? {}
      : { given: given.map((value) => withRelative(reportedValue(value), baseDirectory)) }),
    ...(guardrails.length === 0 ? {} : { guardrails: guardrails.map(describeGuardrail) }),
  };
}

function relativePlace(place: FindingPlace, baseDirectory: string): FindingPlace {
  const { origins } = place;
  return {
    ...withRelative(place, baseDirectory),
    ...(origins ? { origins: origins.map((origin) => withRelative(origin, baseDirectory)) } : {}),
  };
}

function withRelative<T extends { readonly location?: SourceLocation }>(
  located: T,
  baseDirectory: string,
): T {
  const { location } = located;
  return location ? { ...located, location: relative(location, baseDirectory) } : located;
}

function relative(location: SourceLocation, baseDirectory: string): SourceLocation {
  const file = path.relative(baseDirectory, path.resolve(baseDirectory, location.file));
  return { file: file.split(path.sep).join("/"), line: location.line };
}

export interface RenderOptions extends PathOptions {
  readonly color: boolean;
  /** Columns of the terminal: sentences longer than that are broken between words. */
  readonly width?: number;
}

/** The findings as people read them. Acknowledged warnings are only counted. */
export function renderFindings(findings: readonly Finding[], options: RenderOptions): string {
  const open = findings.filter((finding) => finding.acknowledged === undefined);
  const blocks = together(open).map((finding) => renderFinding(finding, options));
  const last = [renderSummary(findings), ...pointer(open)];
  return `${[...blocks, `${last.join("\n")}\n`].join("\n")}`;
}

/** What is not known yet comes last, in one block for all places that wait for the same: nobody has to do anything there. */
function together(findings: readonly Finding[]): Finding[] {
  const unchecked = findings.filter(({ severity }) => severity === "unchecked");
  const waiting = groupBy(unchecked, ({ rule, message, fix, source }) =>
    [rule, message, fix, source].join("\n"),
  );
  return [
    ...findings.filter(({ severity }) => severity !== "unchecked"),
    ...[...waiting.values()].flatMap((same) => {
      const places = same.flatMap((finding) => finding.places);
      return same.slice(0, 1).map((finding) => ({ ...finding, places }));
    }),
  ];
}

/** Where a failing run says more, once. */
function pointer(findings: readonly Finding[]): string[] {
  const error = findings.find(({ severity }) => severity === "error");
  return error ? [`\`cdktf-scf explain ${error.rule}\` says more`] : [];
}

const INDENT = "  ";
const GAP = "  ";
/** Addresses of usual length line up from one finding to the next. */
const ADDRESS_COLUMN = 23;
/** Of more places than these the first ones are shown. */
const MOST_PLACES = 25;
const PLACES_OF_MANY = 20;

function renderFinding(finding: Finding, options: RenderOptions): string {
  const { width } = options;
  const paint = options.color ? colored : plain;
  const heading = `${finding.severity.toUpperCase()} ${finding.rule}`;
  const [first = "", ...more] = wrapped(
    printable(finding.message),
    width,
    heading.length + GAP.length,
    INDENT.length * 2,
  );
  const lines = [
    `${paint(heading, severityStyle[finding.severity])}${GAP}${first}`,
    ...more.map((line) => INDENT + INDENT + line),
    ...renderPlaces(finding.places, options, paint),
  ];
  const source = `[${finding.source}]`;
  const fix = wrapped(printable(finding.fix), width, INDENT.length, INDENT.length);
  const last = fix.pop() ?? "";
  lines.push(...fix.map((line) => INDENT + line));
  if (width === undefined || INDENT.length + columns(last) + 3 + columns(source) <= width) {
    lines.push(`${INDENT}${last}   ${paint(source, "dim")}`);
  } else {
    lines.push(INDENT + last, INDENT + paint(source, "dim"));
  }
  return `${lines.join("\n")}\n`;
}

function renderPlaces(all: readonly FindingPlace[], options: RenderOptions, paint: Paint): string[] {
  const places = all.length > MOST_PLACES ? all.slice(0, PLACES_OF_MANY) : all;
  const rows = places.map(({ address, note = "", location, origins = [] }) => ({
    origins: origins.map(
      (origin) => INDENT + INDENT + paint(originText(origin, options.baseDirectory), "dim"),
    ),
    address: printable(address),
    note: printable(note),
    at: location ? paint(`at ${locationText(location, options.baseDirectory)}`, "dim") : "",
  }));
  const addressColumn = longest(
    rows.map(({ address }) => address),
    ADDRESS_COLUMN,
  );
  const noteColumn = longest(
    rows.map(({ note }) => note),
    0,
  );
  const lines = rows.flatMap(({ address, note, at, origins }) => {
    const cells = [padded(address, addressColumn), ...(noteColumn > 0 ? [padded(note, noteColumn)] : []), at];
    return [`${INDENT}${cells.join(GAP)}`.trimEnd(), ...origins];
  });
  return all.length > places.length
    ? [...lines, `${INDENT}and ${grouped(all.length - places.length)} more`]
    : lines;
}

/** `memory (from the defaults set at org.ts:12)`. */
function originText({ property, by, location }: Origin, baseDirectory: string): string {
  const at = location ? ` set at ${locationText(location, baseDirectory)}` : "";
  return `${printable(property)} (from the ${by}${at})`;
}

function locationText(location: SourceLocation, baseDirectory: string): string {
  const { file, line } = relative(location, baseDirectory);
  return `${file}:${line}`;
}

function longest(texts: readonly string[], atLeast: number): number {
  let width = atLeast;
  for (const text of texts) width = Math.max(width, columns(text));
  return width;
}

/** Names come from programs: a control character in one must not reach the terminal. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, controlCode);
}

function controlCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function renderSummary(findings: readonly Finding[]): string {
  const counts = countFindings(findings);
  const never = findings.filter(({ synthesisOnly }) => synthesisOnly).length;
  const later = counts.unchecked - never;
  const parts = [
    ...(counts.errors > 0 ? [count(counts.errors, "error")] : []),
    ...(counts.warnings > 0 ? [count(counts.warnings, "warning")] : []),
    ...(later > 0 ? [`${count(later, "value")} not known yet (checked again on deploy)`] : []),
    ...(never > 0 ? [`${count(never, "value")} not known at synthesis (not checked)`] : []),
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
