import { ScfError } from "../../model/error";
import { closest } from "../../rules/edit-distance";
import { reference, type ReferenceEntry } from "../../rules/reference";
import type { GuardrailDescription } from "../../rules/guardrail-description";
import { openProject } from "../project";
import { projectDirectory } from "../project-directory";
import { renderEntry, renderGuardrail, renderTable } from "../render/explanation";
import { readExamples } from "../rule-examples";
import { inspect } from "../synthesis";
import type { Terminal } from "../terminal";

/**
 * Says what a rule, a fact or a status code is about, or a guardrail of the project's organization. The beginning of ids
 * (`CLB`) gives a table of them, nothing the table of all.
 */
export async function explain(terminal: Terminal, wanted: string | undefined): Promise<number> {
  const entries = reference();
  const options = { style: terminal.style, width: terminal.stream.columns };
  const entry = wanted === undefined ? undefined : named(entries, wanted);
  if (!entry) {
    const rules = wanted === undefined ? entries : beginningWith(entries, wanted);
    if (rules.length === 0) return explainGuardrail(terminal, wanted as string, entries);
    if (terminal.json) terminal.data({ rules });
    else terminal.say(renderTable(rules, options));
    return 0;
  }
  const example = readExamples()[entry.id];
  if (terminal.json) terminal.data({ ...entry, ...(example ? { example } : {}) });
  else terminal.say(renderEntry(entry, example, options));
  return 0;
}

/** Only the program knows its guardrails: it is run for an id that this library does not have. */
async function explainGuardrail(
  terminal: Terminal,
  wanted: string,
  entries: readonly ReferenceEntry[],
): Promise<number> {
  const guardrails = projectDirectory(process.cwd()) === undefined ? [] : await guardrailsOfProject(terminal);
  const guardrail = guardrails?.find(({ id }) => id === wanted.toUpperCase());
  if (!guardrail) {
    const ids = [...entries, ...(guardrails ?? [])].map(({ id }) => id);
    throw unknown(wanted, ids, guardrails === undefined);
  }
  if (terminal.json) terminal.data(guardrail);
  else {
    const options = { style: terminal.style, width: terminal.stream.columns };
    terminal.say(renderGuardrail(guardrail, options));
  }
  return 0;
}

/** Undefined when the program fails. */
async function guardrailsOfProject(terminal: Terminal): Promise<readonly GuardrailDescription[] | undefined> {
  try {
    return (await inspect(openProject(process.cwd()), terminal)).guardrails;
  } catch {
    return undefined;
  }
}

/** By id in any case; a status code by its number alone. */
function named(entries: readonly ReferenceEntry[], wanted: string): ReferenceEntry | undefined {
  const id = wanted.toUpperCase();
  return entries.find((entry) => entry.id === id || entry.id === `STATUS-${id}`);
}

function beginningWith(entries: readonly ReferenceEntry[], wanted: string): readonly ReferenceEntry[] {
  return entries.filter(({ id }) => id.startsWith(`${wanted.toUpperCase()}-`));
}

function unknown(wanted: string, ids: readonly string[], programFails: boolean): ScfError {
  const meant = closest(wanted, ids);
  const what = /^\d+$/.test(wanted) ? "status code" : "rule";
  const guardrails = programFails
    ? " The program of this project fails, so its guardrails are not known."
    : "";
  return new ScfError("RULE_UNKNOWN", `There is no ${what} ${wanted}.${guardrails}`, {
    fix: `${meant === undefined ? "" : `Did you mean ${meant}? `}\`cdktf-scf explain\` lists all of them.`,
  });
}
