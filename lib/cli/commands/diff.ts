import { printAdvice } from "../advice";
import type { Difference } from "../../reconciler/difference";
import { hasChanges } from "../../reconciler/difference";
import type { Project } from "../project";
import { abandonedNote } from "../recorded-stacks";
import { openReconciler } from "../reconciliation";
import { differenceJson, renderDifference } from "../render/difference";
import { chooseNames, inDependencyOrder, inProgram } from "../stacks";
import { readSynthesis, synthesize } from "../synthesis";
import type { Terminal } from "../terminal";

const CHANGES = 2;

export async function diff(
  project: Project,
  terminal: Terminal,
  wanted: readonly string[],
  options: { readonly skipSynth?: boolean },
): Promise<number> {
  const synthesis = options.skipSynth ? readSynthesis(project) : await synthesize(project, terminal);
  printAdvice(project, synthesis);
  const abandoned = abandonedNote(project, synthesis);
  if (abandoned !== undefined) terminal.warn(abandoned);
  const names = chooseNames(
    synthesis.stacks.map(({ name }) => name),
    wanted,
    inProgram,
  );
  const differences: Difference[] = [];
  for (const stack of inDependencyOrder(synthesis.stacks.filter(({ name }) => names.includes(name)))) {
    const reconciler = openReconciler(project, {
      name: stack.name,
      synthesized: stack,
      // Stacks come after those that they refer to: what is going to be done there is part of what is shown here.
      pendingOf: (other) => differences.find((difference) => difference.stack === other),
    });
    try {
      const difference = await reconciler.difference();
      differences.push(difference);
      if (!terminal.json)
        terminal.say(`${renderDifference(difference, terminal.style, Object.keys(stack.plan.outputs))}\n`);
    } finally {
      await reconciler.close();
    }
  }
  if (terminal.json) terminal.data({ stacks: differences.map((difference) => differenceJson(difference)) });
  return differences.some((difference) => hasChanges(difference)) ? CHANGES : 0;
}
