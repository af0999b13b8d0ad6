import { printAdvice } from "./advice";
import type { Drift } from "../reconciler/drift";
import type { Reconciler } from "../reconciler/reconciler";
import type { Project } from "./project";
import { openReconciler, requirePlatform, stateOf } from "./reconciliation";
import { chooseRecorded, recordedStacks } from "./recorded-stacks";
import { readSynthesis, synthesize } from "./synthesis";
import type { Terminal } from "./terminal";

export interface DriftOptions {
  readonly skipSynth?: boolean;
}

/**
 * Looks at one recorded stack after the other, with what the program wants of it beside; a stack that has left the program
 * is looked at all the same.
 *
 * @param each takes what has drifted, and the reconciler that found it; what it returns says whether to go on
 */
export async function eachDrift(
  project: Project,
  terminal: Terminal,
  wanted: readonly string[],
  options: DriftOptions,
  each: (drift: Drift, reconciler: Reconciler) => Promise<boolean>,
): Promise<void> {
  if (wanted.length === 0 && recordedStacks(project, { withContent: true }).length === 0) {
    terminal.say("Nothing is deployed from here, so nothing can have drifted.");
    return;
  }
  const names = chooseRecorded(project, wanted);
  const synthesis = options.skipSynth ? readSynthesis(project) : await synthesize(project, terminal);
  printAdvice(project, synthesis);
  for (const name of names) {
    const provider = stateOf(project, name)?.provider;
    if (provider) requirePlatform(provider);
  }
  for (const name of names) {
    const synthesized = synthesis.stacks.find((stack) => stack.name === name);
    const reconciler = openReconciler(project, { name, ...(synthesized ? { synthesized } : {}) });
    try {
      if (!(await each(await reconciler.drift(), reconciler))) return;
    } finally {
      await reconciler.close();
    }
  }
}
