import { ScfError } from "../../model/error";
import { closest } from "../../rules/edit-distance";
import { reference, type ReferenceEntry } from "../../rules/reference";
import { renderEntry, renderTable } from "../render/explanation";
import { readExamples } from "../rule-examples";
import type { Terminal } from "../terminal";

/**
 * Says what a rule, a fact or a status code is about. The beginning of ids (`CLB`) gives a table of them, nothing the table
 * of all.
 */
export function explain(terminal: Terminal, wanted: string | undefined): number {
  const entries = reference();
  const options = { style: terminal.style, width: terminal.stream.columns };
  const entry = wanted === undefined ? undefined : named(entries, wanted);
  if (!entry) {
    const rules = wanted === undefined ? entries : beginningWith(entries, wanted);
    if (terminal.json) terminal.data({ rules });
    else terminal.say(renderTable(rules, options));
    return 0;
  }
  const example = readExamples()[entry.id];
  if (terminal.json) terminal.data({ ...entry, ...(example ? { example } : {}) });
  else terminal.say(renderEntry(entry, example, options));
  return 0;
}

/** By id in any case; a status code by its number alone. */
function named(entries: readonly ReferenceEntry[], wanted: string): ReferenceEntry | undefined {
  const id = wanted.toUpperCase();
  return entries.find((entry) => entry.id === id || entry.id === `STATUS-${id}`);
}

/** @throws ScfError `RULE_UNKNOWN` */
function beginningWith(entries: readonly ReferenceEntry[], wanted: string): readonly ReferenceEntry[] {
  const found = entries.filter(({ id }) => id.startsWith(`${wanted.toUpperCase()}-`));
  if (found.length > 0) return found;
  const meant = closest(
    wanted,
    entries.map(({ id }) => id),
  );
  const what = /^\d+$/.test(wanted) ? "status code" : "rule";
  throw new ScfError("RULE_UNKNOWN", `There is no ${what} ${wanted}.`, {
    fix: `${meant === undefined ? "" : `Did you mean ${meant}? `}\`cdktf-scf explain\` lists all of them.`,
  });
}
