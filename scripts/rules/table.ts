import { completeness, lacks, type Completeness } from "../../test/rules/completeness";

/** What there is of every id, for people, and whether anything is missing. */
export function completenessTable(): { readonly text: string; readonly complete: boolean } {
  const rows = completeness();
  const head = ["id", "is a", "passes", "fails", "message", "page", "local platform"];
  const cells = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const missing = rows.filter((row) => lacks(row).length > 0);
  return { text: [...lines, "", summary(rows, missing)].join("\n"), complete: missing.length === 0 };
}

function cellsOf(row: Completeness): string[] {
  const { entry, enforcement } = row;
  if (!entry) return [row.id, "MISSING"];
  const mark = (there: boolean): string => (there ? "yes" : "MISSING");
  if (entry.severity === "fact") {
    const { evidence } = entry;
    return [row.id, "fact", "", "", "", mark(row.page), evidence?.by === "test" ? "shows it" : ""];
  }
  const enforced = !enforcement
    ? "MISSING"
    : enforcement.by === "platform"
      ? enforcement.code
      : `takes it: ${enforcement.reason}`;
  return [
    row.id,
    entry.severity,
    mark(row.passingCase),
    mark(row.failingCase),
    mark(row.message),
    mark(row.page),
    enforced,
  ];
}

function summary(rows: readonly Completeness[], missing: readonly Completeness[]): string {
  const facts = rows.filter(({ entry }) => entry?.severity === "fact").length;
  const rules = rows.filter(({ entry }) => entry).length - facts;
  const refused = rows.filter(({ entry, enforcement }) => entry && enforcement?.by === "platform").length;
  const counts = `${rows.length} ids: ${rules} rules, ${facts} facts, ${refused} refused by the local platform as well`;
  if (missing.length === 0) return `${counts}. Nothing is missing.`;
  return `${counts}. ${missing.length} lack something: ${missing.map(({ id }) => id).join(", ")}`;
}
