import { eachDrift, type DriftOptions } from "../drifted-stacks";
import type { Drift } from "../../reconciler/drift";
import type { Project } from "../project";
import { driftJson, renderDrift } from "../render/drift";
import type { Terminal } from "../terminal";

const DRIFTED = 2;

export async function drift(
  project: Project,
  terminal: Terminal,
  wanted: readonly string[],
  options: DriftOptions,
): Promise<number> {
  const found: Drift[] = [];
  await eachDrift(project, terminal, wanted, options, async (drift) => {
    found.push(drift);
    if (!terminal.json) terminal.say(`${renderDrift(drift, terminal.style)}\n`);
    return true;
  });
  if (terminal.json) terminal.data({ stacks: found.map(driftJson) });
  return found.some(({ resources }) => resources.length > 0) ? DRIFTED : 0;
}
