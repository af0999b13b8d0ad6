import type { QuotaLine, RegionQuotas } from "../../rules/quota-table";
import { bytes, grouped } from "../../rules/text";
import type { Style, StyleName } from "./style";

export interface QuotaOptions {
  readonly style: Style;
  /** Columns of the terminal; without one, bars are as long as they get. */
  readonly width: number | undefined;
  /** Where what is known of the account comes from. */
  readonly sourceOf: (region: RegionQuotas) => string | undefined;
  /** How much of a quota is used; more than 1 is too much. */
  readonly shareOf: (line: QuotaLine) => number;
}

const INDENT = "  ";
const GAP = "  ";
const LONGEST_BAR = 20;
const SHORTEST_BAR = 5;
const SHORTEST_NAME = 12;
/** From this share on it is time to ask for more. */
const NEARLY = 0.8;

/** The quotas of every region as a table, and what is closest to its limit. */
export function renderQuotas(regions: readonly RegionQuotas[], options: QuotaOptions): string {
  if (regions.length === 0) return "The program has no stack with functions, so it needs no quota.";
  const { style } = options;
  const known = regions.some(({ accountKnown }) => accountKnown);
  const headings = known ? ["account", "program", "total", "limit"] : ["program", "limit"];
  const cellsOf = (line: QuotaLine): string[] =>
    known
      ? [cell(line, line.account), cell(line, line.program), cell(line, line.total), cell(line, line.limit)]
      : [cell(line, line.program), cell(line, line.limit)];
  const lines = regions.flatMap((region) => region.lines);
  const cells = lines.map(cellsOf);
  const columns = headings.map((heading, index) =>
    Math.max(heading.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const numbers = columns.reduce((sum, column) => sum + GAP.length + column, 0);
  const percent = Math.max(...lines.map((line) => percentOf(options.shareOf(line)).length));
  const fixed = INDENT.length + numbers + GAP.length + percent + (lines.some(isMarked) ? "  over".length : 0);
  const longest = Math.max(...lines.map(({ name }) => name.length));
  const left = (options.width ?? Infinity) - fixed;
  const names = Math.min(longest, Math.max(SHORTEST_NAME, left));
  const bar = Math.min(LONGEST_BAR, left - names - GAP.length);
  const barWidth = bar < SHORTEST_BAR ? 0 : bar;

  const text: string[] = [];
  for (const region of regions) {
    if (text.length > 0) text.push("");
    const account = region.uin === "" ? "" : `, account ${region.uin}`;
    const source = options.sourceOf(region);
    text.push(
      `${style.bold(`${region.region}${account}`)}${source === undefined ? "" : `${GAP}${style.dim(source)}`}`,
    );
    const heading = headings.map((title, index) => GAP + title.padStart(columns[index] ?? 0)).join("");
    text.push(INDENT + style.dim(`${" ".repeat(names)}${heading}`));
    for (const line of region.lines) {
      const row = cellsOf(line).map((value, index) => GAP + value.padStart(columns[index] ?? 0));
      const share = options.shareOf(line);
      const color = colorOf(line, share);
      const parts = [
        INDENT,
        shortened(line.name, names).padEnd(names),
        ...row,
        GAP,
        ...(barWidth > 0 ? [style.paint(color, barOf(share, barWidth)), GAP] : []),
        style.paint(color, percentOf(share).padStart(percent)),
        ...(line.over ? [style.red("  over")] : []),
      ];
      text.push(parts.join(""));
    }
  }
  const closest = closestOf(regions, options.shareOf);
  if (closest) {
    const { region, line } = closest;
    const of = `${cell(line, line.total)} of ${cell(line, line.limit)}`;
    text.push(
      "",
      `${style.bold("Closest to its limit:")} ${line.name}, ${of} (${percentOf(options.shareOf(line))}), in ${region.region}.`,
    );
  }
  return text.join("\n");
}

/** What is used most of all that is used at all; the first of several. */
export function closestOf(
  regions: readonly RegionQuotas[],
  shareOf: (line: QuotaLine) => number,
): { readonly region: RegionQuotas; readonly line: QuotaLine } | undefined {
  let closest: { readonly region: RegionQuotas; readonly line: QuotaLine } | undefined;
  for (const region of regions) {
    for (const line of region.lines) {
      if (line.total > 0 && (!closest || shareOf(line) > shareOf(closest.line))) closest = { region, line };
    }
  }
  return closest;
}

function isMarked(line: QuotaLine): boolean {
  return line.over;
}

function cell(line: QuotaLine, value: number | undefined): string {
  if (value === undefined) return "–";
  if (line.unit === "bytes") return bytes(value);
  return line.unit === "MB" ? `${grouped(value)} MB` : grouped(value);
}

function colorOf(line: QuotaLine, share: number): StyleName {
  if (line.over || share > 1) return "red";
  return share >= NEARLY ? "yellow" : "green";
}

function barOf(share: number, width: number): string {
  // Something is never shown as nothing, and not all as all.
  const filled =
    share <= 0 ? 0 : share >= 1 ? width : Math.min(width - 1, Math.max(1, Math.round(share * width)));
  return "█".repeat(filled) + "░".repeat(width - filled);
}

function percentOf(share: number): string {
  if (!Number.isFinite(share)) return "over";
  if (share > 0 && share < 0.01) return "<1 %";
  // 99.9 % are not all yet, and 100.1 % are too much.
  const percent = share < 1 ? Math.floor(share * 100) : Math.ceil(share * 100);
  return `${grouped(percent)} %`;
}

function shortened(name: string, width: number): string {
  return name.length <= width ? name : `${name.slice(0, width - 1)}…`;
}
