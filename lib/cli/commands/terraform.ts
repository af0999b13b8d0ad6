import * as path from "node:path";
import { PLAN_FILE, planHash, type Plan } from "../../model/plan";
import { readPlan } from "../../model/plan-file";
import { PLAN_VARIABLE } from "../../model/reconciler-under-terraform";
import { ScfError } from "../../model/error";
import { INTERRUPTED } from "../interruption";
import { forgetKeptValues, keepValues } from "../kept-values";
import type { Project } from "../project";
import { requirePlatform, stateOf } from "../reconciliation";
import { withGivenValues } from "../given-values";
import type { Terminal } from "../terminal";
import { deployStack, requireDependencies } from "./deploy";
import { destroy } from "./destroy";

/** Brings the platform to the plan in a stack's folder. Whoever runs Terraform has agreed to what it has shown. */
export async function terraformDeploy(
  project: Project,
  terminal: Terminal,
  directory: string,
): Promise<number> {
  const planFile = path.join(directory, PLAN_FILE);
  const written = readPlan(planFile);
  requirePlanned(written, planFile);
  const plan = withGivenValues(project, written, planFile);
  const stack = { name: plan.stack, plan, planFile };
  requireDependencies(project, [stack]);
  requirePlatform(plan.provider);
  try {
    const outcome = await deployStack(project, terminal, stack, { autoApprove: true }, (reconciler) =>
      reconciler.difference(),
    );
    if (outcome === "interrupted") return INTERRUPTED;
    return outcome === "deployed" ? 0 : 1;
  } finally {
    // Terraform reads them also when it clears up after a deploy that failed.
    keepValues(project, plan, directory);
  }
}

/** Removes all that is recorded of a stack; one of which nothing is recorded has nothing to remove. */
export async function terraformDestroy(
  project: Project,
  terminal: Terminal,
  directory: string,
): Promise<number> {
  const { stack } = readPlan(path.join(directory, PLAN_FILE));
  if (!stateOf(project, stack)) {
    terminal.say(`Nothing is recorded of ${stack}, so there is nothing to delete.`);
    return 0;
  }
  const exitCode = await destroy(project, terminal, [stack], { autoApprove: true });
  if (exitCode === 0) forgetKeptValues(project, stack);
  return exitCode;
}

/** What Terraform has shown is what is done: the file may be another one by now. */
function requirePlanned(plan: Plan, file: string): void {
  const planned = process.env[PLAN_VARIABLE];
  if (planned === undefined || planned === planHash(plan)) return;
  throw new ScfError("DIFFERENCE_OUTDATED", `${file} is another plan than Terraform has planned with.`, {
    fix: "Have Terraform plan again, then apply that.",
  });
}
