import * as path from "node:path";
import type { SourceLocation } from "../model/finding";
import { Style } from "../rules/style";
import type { Comparison, WrongLeaf } from "./comparison";
import type { SeenResource } from "./resources";
import { showBlock, showPair, showPath } from "./show";

/** A resource that may be the one that was asked for. */
export interface Candidate {
  readonly resource: SeenResource;
  readonly comparison: Comparison;
}

const LABEL_COLUMN = "  asked for  ".length;
const LONGEST_PATH_COLUMN = 40;
/** More wrong values are counted only. */
const MOST_LEAVES = 12;

/** A line of a failure: what it says stands below what the others say. */
export function row(label: string, text: string): string {
  return `${`  ${label}`.padEnd(LABEL_COLUMN)}${text}`;
}

export function askedFor(pattern: unknown): string {
  return row("asked for", showBlock(pattern, " ".repeat(LABEL_COLUMN)));
}

/** More are counted only. */
const MOST_LISTED = 10;

/** Resources below each other. */
export function listLines(resources: readonly SeenResource[]): string[] {
  const shown = resources.slice(0, MOST_LISTED);
  const width = Math.max(...shown.map(({ address }) => address.length));
  const lines = shown.map((resource) => row("found", located(resource, width)));
  return [...lines, ...andMore(resources.length - shown.length)];
}

function andMore(amount: number): string[] {
  return amount > 0 ? [row("", `and ${amount} more`)] : [];
}

/** A resource and the line that declares it, relative to the folder that the tests run in. */
export function located({ address, location }: SeenResource, width = 0): string {
  return location ? `${address.padEnd(width)}  ${placed(location)}` : address;
}

/** A line of the program. */
export function placed({ file, line }: SourceLocation): string {
  return style().dim(`at ${path.relative(process.cwd(), file).split(path.sep).join("/")}:${line}`);
}

/** Each wrong value with what was expected and what is there, and one line for those that are right. */
export function leafLines({ wrong: all, right }: Comparison): string[] {
  const wrong = all.slice(0, MOST_LEAVES);
  const paths = wrong.map((leaf) => showPath(leaf.path) || "(all)");
  const width = Math.min(LONGEST_PATH_COLUMN, Math.max(...paths.map((text) => text.length)));
  const lines = wrong.flatMap((leaf, index) => leafPair(leaf, (paths[index] ?? "").padEnd(width)));
  const fine = right.map((each) => showPath(each)).filter((text) => text !== "");
  const more = andMore(all.length - wrong.length);
  if (fine.length === 0 || wrong.length === 0) return [...lines, ...more];
  return [...lines, ...more, `${" ".repeat(LABEL_COLUMN)}${style().green("✓")} ${fine.join(", ")}`];
}

function leafPair(leaf: WrongLeaf, where: string): string[] {
  const paint = style();
  const indent = " ".repeat(LABEL_COLUMN);
  const below = `${indent}  ${" ".repeat(where.length)}  `;
  const [expected, found] = showPair(leaf.expected, leaf.found, `${below}${" ".repeat("expected  ".length)}`);
  return [
    `${indent}${paint.red("✗")} ${where}  expected  ${paint.green(expected)}`,
    `${below}found     ${paint.red(found)}`,
  ];
}

/** Asked for each failure: the environment of a test may change. */
export function style(): Style {
  return Style.for(process.stdout);
}
