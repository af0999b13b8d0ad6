import { approved } from "../approval";
import { ScfError } from "../../model/error";
import { orderNames } from "../../model/stack-order";
import { hasChanges } from "../../reconciler/difference";
import { INTERRUPTED } from "../interruption";
import type { Project } from "../project";
import { openReconciler, requirePlatform, stateOf } from "../reconciliation";
import { chooseRecorded, recordedStacks } from "../recorded-stacks";
import { renderDifference } from "../render/difference";
import { applyShown, EventRelay } from "../run";
import { referredStacks } from "../stack-references";
import type { Terminal } from "../terminal";

export interface DestroyOptions {
  readonly autoApprove?: boolean;
  readonly parallelism?: number;
}

/** What is recorded is what is deleted: the program is not asked, so that a stack it has lost can go too. */
export async function destroy(
  project: Project,
  terminal: Terminal,
  wanted: readonly string[],
  options: DestroyOptions,
): Promise<number> {
  if (wanted.length === 0 && recordedStacks(project, { withContent: true }).length === 0) {
    terminal.say("Nothing is deployed from here, so there is nothing to delete.");
    return 0;
  }
  const names = chooseRecorded(project, wanted);
  refuseInUse(project, names);
  for (const name of names) {
    const provider = stateOf(project, name)?.provider;
    if (provider) requirePlatform(provider);
  }
  let failed = false;
  // A stack that others refer to goes after them.
  for (const name of orderNames(names, (stack) => referredStacks(project, stack)).reverse()) {
    const outcome = await destroyStack(project, terminal, name, options);
    if (outcome === "interrupted") return INTERRUPTED;
    if (outcome === "declined") return 1;
    if (outcome === "failed") failed = true;
  }
  return failed ? 1 : 0;
}

async function destroyStack(
  project: Project,
  terminal: Terminal,
  name: string,
  options: DestroyOptions,
): Promise<"destroyed" | "failed" | "declined" | "interrupted"> {
  const relay = new EventRelay();
  const reconciler = openReconciler(project, {
    name,
    ...(options.parallelism === undefined ? {} : { concurrency: options.parallelism }),
    onEvent: relay.send,
  });
  try {
    const difference = await reconciler.difference({ destroy: true });
    terminal.say(`${renderDifference(difference, terminal.style)}\n`);
    if (!hasChanges(difference)) return "destroyed";
    if (!(await approved(terminal, "destroy", "Delete all of this for good?", options.autoApprove))) {
      terminal.say("Nothing was changed.");
      return "declined";
    }
    const { summary, interrupted } = await applyShown(reconciler, relay, difference, "destroy", terminal);
    if (interrupted) {
      terminal.say("Interrupted. What was deleted is recorded; the next destroy does the rest.");
      return "interrupted";
    }
    if (summary.failed === 0 && summary.blocked === 0) return "destroyed";
    terminal.say(
      "What was deleted is recorded. Correct the cause and destroy again: only the rest is left to do.",
    );
    return "failed";
  } finally {
    await reconciler.close();
  }
}

/** What other stacks refer to stays as long as they do. */
function refuseInUse(project: Project, names: readonly string[]): void {
  for (const other of recordedStacks(project, { withContent: true })) {
    if (names.includes(other)) continue;
    const used = referredStacks(project, other).filter((name) => names.includes(name));
    if (used.length === 0) continue;
    throw new ScfError("STACK_IN_USE", `Stack ${other} is deployed and refers to ${used.join(" and ")}.`, {
      fix: `Destroy them together: \`cdktf-scf destroy ${[other, ...names].join(" ")}\`.`,
    });
  }
}
