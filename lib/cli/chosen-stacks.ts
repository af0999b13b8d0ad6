import { printAdvice } from "./advice";
import type { Project } from "./project";
import { abandonedNote } from "./recorded-stacks";
import { chooseNames, inDependencyOrder, inProgram } from "./stacks";
import { readSynthesis, synthesize, type SynthesizedStack } from "./synthesis";
import type { Terminal } from "./terminal";

/**
 * Synthesizes, says what there is to say about it, and picks the stacks that a command line names: each after those that
 * it refers to.
 */
export async function chosenStacks(
  project: Project,
  terminal: Terminal,
  wanted: readonly string[],
  options: { readonly skipSynth?: boolean },
): Promise<SynthesizedStack[]> {
  const synthesis = options.skipSynth ? readSynthesis(project) : await synthesize(project, terminal);
  printAdvice(project, synthesis);
  const abandoned = abandonedNote(project, synthesis);
  if (abandoned !== undefined) terminal.warn(abandoned);
  const names = chooseNames(
    synthesis.stacks.map(({ name }) => name),
    wanted,
    inProgram,
  );
  return inDependencyOrder(synthesis.stacks.filter(({ name }) => names.includes(name)));
}
