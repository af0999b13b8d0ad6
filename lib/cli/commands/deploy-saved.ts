import * as path from "node:path";
import { ScfError } from "../../model/error";
import { PLAN_FILE } from "../../model/plan";
import type { SavedStack } from "../../reconciler/saved-plan";
import type { Project } from "../project";
import { requirePlatform, verifyAsset } from "../reconciliation";
import { readSavedPlan } from "../saved-plan-file";
import type { SynthesizedStack } from "../synthesis";
import type { Terminal } from "../terminal";
import { deployInOrder, deployStack, type DeployOptions } from "./deploy";
import { modules } from "./lazy";

/** Does what a saved plan says, and nothing else: the program is not run, and nothing is compared again. */
export async function deploySaved(
  project: Project,
  terminal: Terminal,
  file: string,
  options: DeployOptions,
): Promise<number> {
  refuseOthers(file, options);
  const { stacks, createdAt } = readSavedPlan(file);
  const byName = new Map(stacks.map((saved) => [saved.plan.stack, saved]));
  for (const saved of stacks) await requireSame(project, file, saved);
  for (const { plan } of stacks) requirePlatform(plan.provider);
  terminal.say(`The plan of ${createdAt.slice(0, 16).replace("T", " ")} UTC, from ${file}:\n`);
  const synthesized = stacks.map((saved) => synthesizedStack(project, saved));
  return deployInOrder(terminal, synthesized, (stack) => {
    const { difference } = byName.get(stack.name) as SavedStack;
    return deployStack(project, terminal, stack, options, () => Promise.resolve(difference));
  });
}

/** What says how to synthesize or what to compare has no say in what was compared already. */
function refuseOthers(
  file: string,
  { app, output, skipSynth, target = [], retryReleases }: DeployOptions,
): void {
  const given = { "--app": app !== undefined, "--output": output !== undefined, "--skip-synth": skipSynth === true, "--target": target.length > 0, "--retry-releases": retryReleases === true }; // prettier-ignore
  const names = Object.entries(given).flatMap(([name, isGiven]) => (isGiven ? [name] : []));
  if (names.length === 0) return;
  throw new ScfError("PLAN_OPTIONS", `${names.join(" and ")} cannot be given with the saved plan ${file}.`, {
    fix: "What is deployed stands in the plan: give them to `cdktf-scf diff --out` instead.",
  });
}

/** @throws ScfError `DIFFERENCE_OUTDATED` when a state or a package is not the one that was compared */
async function requireSame(project: Project, file: string, saved: SavedStack): Promise<void> {
  const { requirePackages, requireUnchanged, stagedPackages } = modules.reconciler();
  const again = `Write the plan again and look at it: \`cdktf-scf diff --out ${file}\`.`;
  try {
    for (const compared of [saved.difference, ...saved.dependencies]) {
      requireUnchanged(path.join(project.stateDirectory, compared.stack), compared);
    }
    const planDirectory = path.resolve(project.directory, saved.planDirectory);
    await requirePackages(saved.plan, saved.difference, stagedPackages(planDirectory, verifyAsset));
  } catch (error) {
    if (!ScfError.is(error) || error.code !== "DIFFERENCE_OUTDATED") throw error;
    throw new ScfError(error.code, error.message, { fix: again, cause: error });
  }
}

function synthesizedStack(project: Project, { plan, planDirectory }: SavedStack): SynthesizedStack {
  return { name: plan.stack, plan, planFile: path.resolve(project.directory, planDirectory, PLAN_FILE) };
}
