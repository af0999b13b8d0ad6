import { ScfError } from "../../model/error";
import type { Project } from "../project";
import { stateOf } from "../reconciliation";
import { chooseRecorded } from "../recorded-stacks";
import { outputsJson, renderOutputs } from "../render/summary";
import type { Terminal } from "../terminal";

export function output(project: Project, terminal: Terminal, wanted: string | undefined): number {
  const names = chooseRecorded(project, wanted === undefined ? [] : [wanted]);
  if (names.length > 1 && terminal.json) {
    throw new ScfError(
      "STACK_AMBIGUOUS",
      `${String(wanted)} names ${names.length} stacks: ${names.join(", ")}.`,
      {
        fix: "Name one of them.",
      },
    );
  }
  for (const name of names) {
    const outputs = stateOf(project, name)?.outputs ?? {};
    if (terminal.json) terminal.data(outputsJson(outputs));
    else if (Object.keys(outputs).length === 0) terminal.say(`Stack ${name} has no outputs.`);
    else terminal.say(renderOutputs(name, outputs, terminal.style));
  }
  return 0;
}
