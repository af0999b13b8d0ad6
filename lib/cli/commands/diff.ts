import * as path from "node:path";
import { chosenStacks } from "../chosen-stacks";
import type { Difference } from "../../reconciler/difference";
import { hasChanges } from "../../reconciler/difference";
import type { SavedStack } from "../../reconciler/saved-plan";
import type { Project } from "../project";
import { compared, openReconciler } from "../reconciliation";
import { differenceJson, renderDifference } from "../render/difference";
import { requireFree, writeSavedPlan } from "../saved-plan-file";
import type { SynthesizedStack } from "../synthesis";
import { stacksMeant, targetsByStack } from "../targets";
import type { Terminal } from "../terminal";

const CHANGES = 2;

export interface DiffOptions {
  readonly skipSynth?: boolean;
  readonly target?: readonly string[];
  readonly retryReleases?: boolean;
  readonly out?: string;
}

export async function diff(
  project: Project,
  terminal: Terminal,
  wanted: readonly string[],
  options: DiffOptions,
): Promise<number> {
  const { target = [], out } = options;
  if (out !== undefined) requireFree(out);
  const stacks = await chosenStacks(project, terminal, stacksMeant(wanted, target), options);
  const targets = targetsByStack(project, stacks, target);
  const differences: Difference[] = [];
  const saved: SavedStack[] = [];
  for (const stack of stacks) {
    const reconciler = openReconciler(project, {
      name: stack.name,
      synthesized: stack,
      // Stacks come after those that they refer to: what is going to be done there is part of what is shown here.
      pendingOf: (other) => differences.find((difference) => difference.stack === other),
    });
    try {
      const own = targets?.get(stack.name);
      const difference = await reconciler.difference({
        ...(own ? { targets: own } : {}),
        retryReleases: options.retryReleases === true,
      });
      differences.push(difference);
      if (out !== undefined) saved.push({ ...savedStack(project, stack, stacks), difference });
      if (!terminal.json)
        terminal.say(`${renderDifference(difference, terminal.style, Object.keys(stack.plan.outputs))}\n`);
    } finally {
      await reconciler.close();
    }
  }
  if (out !== undefined) {
    writeSavedPlan(out, saved);
    terminal.say(`Saved to ${out}. \`cdktf-scf deploy ${out}\` does exactly this.`);
  }
  if (terminal.json) {
    terminal.data({
      stacks: differences.map((difference) => differenceJson(difference)),
      ...(out === undefined ? {} : { saved: out }),
    });
  }
  return differences.some((difference) => hasChanges(difference)) ? CHANGES : 0;
}

function savedStack(
  project: Project,
  { plan, planFile }: SynthesizedStack,
  stacks: readonly SynthesizedStack[],
): Pick<SavedStack, "plan" | "planDirectory" | "dependencies"> {
  const inFile = new Set(stacks.map(({ name }) => name));
  const planDirectory = path.relative(project.directory, path.dirname(planFile)).split(path.sep).join("/");
  const dependencies = plan.dependsOnStacks
    .filter((name) => !inFile.has(name))
    .flatMap((name) => compared(project, name) ?? []);
  return { plan, planDirectory, dependencies };
}
