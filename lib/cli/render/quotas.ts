import { columns as widthOf, padded, wrapped } from "../../rules/columns";
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
/** One long name does not take bars and columns from all others. */
const READABLE_NAME = 36;
const OVER = "over";
/** From this share on it is time to ask for more. */
const NEARLY = 0.8;

/** The quotas of every region as a table, and what is closest to its limit. */
export function renderQuotas(regions: readonly RegionQuotas[], options: QuotaOptions): string {
  if (regions.length === 0) return "The program has no stack with functions, so it needs no quota.";
  const { style } = options;
  const { columns, names, barWidth, percent } = layout(regions, options);
  const text: string[] = [];
  for (const region of regions) {
    if (text.length > 0) text.push("");
    const account = region.uin === "" ? "" : `, account ${region.uin}`;
    const source = options.sourceOf(region);
    text.push(
      `${style.bold(`${region.region}${account}`)}${source === undefined ? "" : `${GAP}${style.dim(source)}`}`,
    );
    const headings = columns.map(({ heading, width }) => GAP + heading.padStart(width)).join("");
    text.push(INDENT + style.dim(`${" ".repeat(names)}${headings}`));
    for (const line of region.lines) {
      const row = columns.map(({ value, width }) => GAP + cell(line, value(line)).padStart(width));
      const share = options.shareOf(line);
      const color = colorOf(line, share);
      const parts = [
        INDENT,
        padded(shortened(line.name, names), names),
        ...row,
        GAP,
        ...(barWidth > 0 ? [style.paint(color, barOf(share, barWidth)), GAP] : []),
        style.paint(color, percentOf(share).padStart(percent)),
        ...(line.over ? [GAP + style.red(OVER)] : []),
      ];
      text.push(parts.join(""));
    }
  }
  const closest = closestOf(regions, options.shareOf);
  if (closest) {
    const { region, line } = closest;
    const of = `${cell(line, line.total)} of ${cell(line, line.limit)}`;
    const share = options.shareOf(line);
    const same = regions.flatMap(({ lines }) => lines).filter((other) => options.shareOf(other) === share);
    const others = same.length - 1;
    const alike =
      others === 0 ? "" : `, and ${others === 1 ? "1 other is" : `${others} others are`} as close`;
    const heading = "Closest to its limit:";
    const sentence = `${heading} ${line.name}, ${of} (${percentOf(share)}), in ${region.region}${alike}.`;
    const [first = "", ...more] = wrapped(sentence, options.width, 0, 0);
    text.push("", first.replace(heading, style.bold(heading)), ...more);
  }
  return text.join("\n");
}

interface Column {
  readonly heading: string;
  readonly value: (line: QuotaLine) => number | undefined;
  readonly width: number;
}

interface Layout {
  readonly columns: readonly Column[];
  readonly names: number;
  /** 0 for no bars. */
  readonly barWidth: number;
  readonly percent: number;
}

/**
 * Where there is too little room for everything, the middle of long names goes first, then bars, then what the total is
 * made of, then the middle of all names.
 */
function layout(regions: readonly RegionQuotas[], options: QuotaOptions): Layout {
  const lines = regions.flatMap((region) => region.lines);
  const percent = Math.max(...lines.map((line) => percentOf(options.shareOf(line)).length));
  const over = lines.some((line) => line.over) ? GAP.length + OVER.length : 0;
  const longest = lines.reduce((most, { name }) => Math.max(most, widthOf(name)), 0);
  const readable = Math.min(longest, READABLE_NAME);
  const left = (columns: readonly Column[]): number => {
    const numbers = columns.reduce((sum, { width }) => sum + GAP.length + width, 0);
    return (options.width ?? Infinity) - INDENT.length - numbers - GAP.length - percent - over;
  };
  const column = (heading: string, value: Column["value"]): Column => {
    const widths = lines.map((line) => cell(line, value(line)).length);
    return { heading, value, width: Math.max(heading.length, ...widths) };
  };
  const total = column("total", (line) => line.total);
  const limit = column("limit", (line) => line.limit);
  const all = regions.some(({ accountKnown }) => accountKnown)
    ? [column("account", (line) => line.account), column("program", (line) => line.program), total, limit]
    : [column("program", (line) => line.program), limit];
  const columns = left(all) >= readable ? all : [total, limit];
  const room = left(columns);
  const withBar = Math.max(readable, room - GAP.length - LONGEST_BAR);
  const names = Math.min(longest, Math.max(SHORTEST_NAME, Math.min(room, withBar)));
  const bar = Math.min(LONGEST_BAR, room - names - GAP.length);
  return { columns, names, barWidth: bar < SHORTEST_BAR ? 0 : bar, percent };
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

/** Names differ at the end as often as at the beginning. */
function shortened(name: string, width: number): string {
  if (widthOf(name) <= width) return name;
  const end = Math.floor((width - 1) / 2);
  const tail = fitting([...name].reverse(), end)
    .reverse()
    .join("");
  const head = fitting([...name], width - 1 - end).join("");
  return `${head}…${tail}`;
}

/** As many of the first characters as fit. */
function fitting(characters: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let left = width;
  for (const character of characters) {
    left -= widthOf(character);
    if (left < 0) break;
    taken.push(character);
  }
  return taken;
}
