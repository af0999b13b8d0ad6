import * as fs from "node:fs";
import type { Project } from "./project";
import { stateOf } from "./reconciliation";
import { chooseNames, deployed } from "./stacks";
import type { Synthesis } from "./synthesis";

/**
 * The recorded stacks that a command line names; without a name the only one of which anything is deployed.
 *
 * @throws ScfError as `chooseNames` does
 */
export function chooseRecorded(project: Project, wanted: readonly string[]): string[] {
  return chooseNames(recordedStacks(project, { withContent: wanted.length === 0 }), wanted, deployed);
}

/** Names of the stacks that have a state, sorted; `withContent`: and anything in it. */
export function recordedStacks(project: Project, { withContent = false } = {}): string[] {
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(project.stateDirectory, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return names.filter((name) => !withContent || hasContent(project, name)).sort();
}

/** What is to be said of stacks that are deployed and that the program has no longer. */
export function abandonedNote(project: Project, synthesis: Synthesis): string | undefined {
  const inProgram = new Set([...synthesis.stacks.map(({ name }) => name), ...synthesis.terraformStacks]);
  const names = recordedStacks(project).filter((name) => !inProgram.has(name) && hasContent(project, name));
  if (names.length === 0) return undefined;
  const what = names.length === 1 ? `Stack ${names[0]} is` : `The stacks ${names.join(", ")} are`;
  return `${what} deployed and no longer in the program: \`cdktf-scf destroy ${names.join(" ")}\` deletes what is left.`;
}

function hasContent(project: Project, stack: string): boolean {
  try {
    const state = stateOf(project, stack);
    if (!state) return false;
    const { resources, unfinished, leftovers = {}, outputs } = state;
    return [resources, unfinished, leftovers, outputs].some((part) => Object.keys(part).length > 0);
  } catch {
    // A damaged state is not an empty one: whoever reads it next says what is wrong with it.
    return true;
  }
}
