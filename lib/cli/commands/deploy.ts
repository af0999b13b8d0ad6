import { approved } from "../approval";
import { chosenStacks } from "../chosen-stacks";
import { ScfError } from "../../model/error";
import { hasChanges, type Difference } from "../../reconciler/difference";
import type { Reconciler } from "../../reconciler/reconciler";
import { INTERRUPTED } from "../interruption";
import type { Project, ProjectOverrides } from "../project";
import { openReconciler, requirePlatform, stateOf } from "../reconciliation";
import { renderDifference } from "../render/difference";
import { renderOutputs } from "../render/summary";
import { applyShown, EventRelay } from "../run";
import { namesSavedPlan } from "../saved-plan-file";
import type { SynthesizedStack } from "../synthesis";
import { stacksMeant, targetsByStack } from "../targets";
import type { Terminal } from "../terminal";
import { commands } from "./lazy";

export interface DeployOptions extends ProjectOverrides {
  readonly autoApprove?: boolean;
  readonly skipSynth?: boolean;
  readonly parallelism?: number;
  readonly target?: readonly string[];
  readonly retryReleases?: boolean;
}

type Outcome = "deployed" | "failed" | "declined" | "interrupted";

export async function deploy(
  project: Project,
  terminal: Terminal,
  wanted: readonly string[],
  options: DeployOptions,
): Promise<number> {
  const file = savedPlanAmong(wanted);
  if (file !== undefined) return commands.deploySaved().deploySaved(project, terminal, file, options);
  const { target = [] } = options;
  const stacks = await chosenStacks(project, terminal, stacksMeant(wanted, target), options);
  const targets = targetsByStack(project, stacks, target);
  requireDependencies(project, stacks);
  for (const { plan } of stacks) requirePlatform(plan.provider);
  return deployInOrder(terminal, stacks, (stack) => {
    const own = targets?.get(stack.name);
    return deployStack(project, terminal, stack, options, (reconciler) =>
      reconciler.difference({
        ...(own ? { targets: own } : {}),
        retryReleases: options.retryReleases === true,
      }),
    );
  });
}

/** @throws ScfError `PLAN_ALONE` when a saved plan is named among other things */
function savedPlanAmong(wanted: readonly string[]): string | undefined {
  const file = wanted.find(namesSavedPlan);
  if (file === undefined || wanted.length === 1) return file;
  throw new ScfError("PLAN_ALONE", `${file} is a file, and a saved plan is deployed by itself.`, {
    fix: `Run \`cdktf-scf deploy ${file}\`, or name stacks only.`,
  });
}

/** Stack by stack, except those that refer to one that was not deployed. */
export async function deployInOrder(
  terminal: Terminal,
  stacks: readonly SynthesizedStack[],
  deployOne: (stack: SynthesizedStack) => Promise<Outcome>,
): Promise<number> {
  const failed = new Set<string>();
  for (const stack of stacks) {
    const missing = stack.plan.dependsOnStacks.find((name) => failed.has(name));
    if (missing !== undefined) {
      failed.add(stack.name);
      terminal.say(`${terminal.style.bold(`${stack.name}:`)} not deployed, because it refers to ${missing}.`);
      continue;
    }
    const outcome = await deployOne(stack);
    if (outcome === "interrupted") return INTERRUPTED;
    if (outcome === "declined") return 1;
    if (outcome === "failed") failed.add(stack.name);
  }
  return failed.size > 0 ? 1 : 0;
}

/** @param compare gives what is shown, agreed to and done */
export async function deployStack(
  project: Project,
  terminal: Terminal,
  stack: SynthesizedStack,
  options: Pick<DeployOptions, "autoApprove" | "parallelism">,
  compare: (reconciler: Reconciler) => Promise<Difference>,
): Promise<Outcome> {
  const relay = new EventRelay();
  const reconciler = openReconciler(project, {
    name: stack.name,
    synthesized: stack,
    ...(options.parallelism === undefined ? {} : { concurrency: options.parallelism }),
    onEvent: relay.send,
  });
  try {
    const difference = await compare(reconciler);
    terminal.say(`${renderDifference(difference, terminal.style, Object.keys(stack.plan.outputs))}\n`);
    const question = `Deploy ${stack.name}?`;
    if (hasChanges(difference) && !(await approved(terminal, "deploy", question, options.autoApprove))) {
      terminal.say("Nothing was changed.");
      return "declined";
    }
    const { summary, interrupted } = await applyShown(reconciler, relay, difference, "deploy", terminal);
    if (Object.keys(summary.outputs).length > 0) {
      terminal.say(renderOutputs(stack.name, summary.outputs, terminal.style));
    }
    if (interrupted) {
      terminal.say("Interrupted. What was done is recorded; the next deploy does the rest.");
      return "interrupted";
    }
    if (summary.failed === 0 && summary.blocked === 0) return "deployed";
    terminal.say(
      "What was done is recorded. Correct the cause and deploy again: only the rest is left to do.",
    );
    return "failed";
  } finally {
    await reconciler.close();
  }
}

/** A stack that others refer to has to be there before them. */
export function requireDependencies(project: Project, stacks: readonly SynthesizedStack[]): void {
  const chosen = new Set(stacks.map(({ name }) => name));
  for (const { name, plan } of stacks) {
    const missing = plan.dependsOnStacks.filter((other) => !chosen.has(other) && !stateOf(project, other));
    if (missing.length === 0) continue;
    throw new ScfError(
      "STACK_DEPENDENCY",
      `Stack ${name} refers to ${missing.join(" and ")}, which was never deployed.`,
      {
        fix: `Deploy them together: \`cdktf-scf deploy ${[...missing, ...chosen].join(" ")}\`.`,
      },
    );
  }
}
