import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { modules } from "./lazy";
import type { Project } from "../project";
import { renderAdvice } from "../render/findings";
import { renderGivenValues } from "../render/given-values";
import { count } from "../render/text";
import { SynthesisRefused, synthesize, type Synthesis } from "../synthesis";
import type { Terminal } from "../terminal";

export async function validate(project: Project, terminal: Terminal): Promise<number> {
  const result = await checked(project, terminal);
  const refused = result instanceof SynthesisRefused;
  if (terminal.json) {
    const report = modules.report().findingsReport(result.findings, { baseDirectory: project.directory });
    const said = refused ? {} : result.organization;
    terminal.data({ ...report, ...said, annotations: result.annotations });
    return refused ? 1 : 0;
  }
  const advice = renderAdvice(result.findings, result.annotations, {
    style: terminal.style,
    baseDirectory: project.directory,
    width: terminal.stream.columns,
  });
  if (advice !== undefined) terminal.say(advice);
  if (refused) return 1;
  const given = renderGivenValues(result.organization.given, project.directory);
  if (given !== undefined) terminal.say(given);
  const resources = result.stacks.reduce((sum, { plan }) => sum + plan.resources.length, 0);
  const stacks = count(result.stacks.length, "stack");
  terminal.say(
    `${terminal.style.green("✓")} No rule is broken: ${count(resources, "resource")} in ${stacks} checked.`,
  );
  return 0;
}

/** Synthesizes into a folder of its own, so that what lies in the project's stays as it is. */
async function checked(project: Project, terminal: Terminal): Promise<Synthesis | SynthesisRefused> {
  const output = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-validate-"));
  try {
    return await synthesize({ ...project, output }, terminal);
  } catch (error) {
    if (error instanceof SynthesisRefused) return error;
    throw error;
  } finally {
    fs.rmSync(output, { recursive: true, force: true });
  }
}
