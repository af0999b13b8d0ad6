import * as fs from "node:fs";
import * as path from "node:path";
import { printAdvice } from "../advice";
import type { GraphOptions } from "./graph-options";
import { makeGraph } from "../graph/make-graph";
import { mermaid } from "../graph/mermaid";
import { makeFolder } from "../make-folder";
import { modules } from "./lazy";
import type { Project } from "../project";
import { count } from "../render/text";
import { chooseNames, inProgram } from "../stacks";
import { inspect, type Inspection } from "../synthesis";
import { Terminal } from "../terminal";
import { cannotWrite } from "../unwritable";

const STANDARD_OUTPUT = "-";

/**
 * Draws stacks of the program, all of them when none is named. A program that breaks rules is drawn as well, and the exit code
 * is that of `validate`.
 */
export async function graph(
  project: Project,
  wanted: readonly string[],
  { format, output }: GraphOptions,
): Promise<number> {
  const file = output ?? (format === "mermaid" ? STANDARD_OUTPUT : path.join(project.output, "graph.html"));
  const isPiped = file === STANDARD_OUTPUT;
  const terminal = new Terminal(isPiped);
  const inspection = await inspect(project, terminal);
  printAdvice(project, inspection);
  const names = chooseNames(
    inspection.plans.map(({ stack }) => stack),
    wanted.length === 0 ? ["*"] : wanted,
    inProgram,
  );
  const { findings } = modules.report().findingsReport(inspection.findings, {
    baseDirectory: project.directory,
  });
  const drawn = makeGraph(
    inspection.plans.filter(({ stack }) => names.includes(stack)),
    findings,
  );
  const text = format === "mermaid" ? mermaid(drawn) : modules.graphPage().htmlPage(drawn);
  if (isPiped) process.stdout.write(text);
  else {
    write(file, text);
    const shown = path.relative(process.cwd(), path.resolve(file));
    terminal.say(
      `${terminal.style.bold(names.join(", "))}: ${count(drawn.nodes.length, "box", "boxes")}, ${count(drawn.lines.length, "line")} → ${shown}`,
    );
  }
  return isRefused(inspection) ? 1 : 0;
}

function isRefused({ findings, annotations }: Inspection): boolean {
  return [...findings.map(({ severity }) => severity), ...annotations.map(({ level }) => level)].includes(
    "error",
  );
}

/** @throws ScfError `UNWRITABLE` */
function write(file: string, text: string): void {
  try {
    makeFolder(path.dirname(path.resolve(file)));
    fs.writeFileSync(file, text);
  } catch (cause) {
    throw cannotWrite(file, cause, "Choose another file with --output, or `-` for standard output.");
  }
}
