import { chosenStacks } from "../chosen-stacks";
import type { Difference } from "../../reconciler/difference";
import { hasChanges } from "../../reconciler/difference";
import type { Project } from "../project";
import { openReconciler } from "../reconciliation";
import { differenceJson, renderDifference } from "../render/difference";
import type { Terminal } from "../terminal";

const CHANGES = 2;

export async function diff(
  project: Project,
  terminal: Terminal,
  wanted: readonly string[],
  options: { readonly skipSynth?: boolean },
): Promise<number> {
  const differences: Difference[] = [];
  for (const stack of await chosenStacks(project, terminal, wanted, options)) {
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
