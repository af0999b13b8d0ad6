import * as path from "node:path";
import type { ReportedValue } from "../../rules/given-value";
import { count } from "./text";

const INDENT = "  ";
const GAP = "  ";
const LONGEST_VALUE = 40;

/** What defaults, naming schemes and tags gave to how many constructs; undefined when they gave nothing. */
export function renderGivenValues(
  given: readonly ReportedValue[] | undefined,
  baseDirectory: string,
): string | undefined {
  if (given === undefined) return undefined;
  const groups = new Map<string, ReportedValue[]>();
  for (const value of given) {
    const { property, by, location } = value;
    const key = [property, by, location?.file, location?.line].join("\n");
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  const rows = [...groups.values()].map((group) => rowOf(group, baseDirectory));
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const lines = rows.map((row) =>
    (INDENT + row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP)).trimEnd(),
  );
  return ["Values that constructs are not given themselves:", ...lines].join("\n");
}

function rowOf(group: readonly ReportedValue[], baseDirectory: string): readonly string[] {
  const [{ property, by, location }] = group as [ReportedValue];
  const values = new Set(group.map(({ value }) => JSON.stringify(value) ?? ""));
  const [value = ""] = values;
  const shown = values.size > 1 || value.length > LONGEST_VALUE ? property : `${property} ${value}`;
  const file = location && path.relative(baseDirectory, path.resolve(baseDirectory, location.file));
  const place = location ? ` set at ${file?.split(path.sep).join("/")}:${location.line}` : "";
  return [shown, `from the ${by}${place}`, count(group.length, "construct")];
}
