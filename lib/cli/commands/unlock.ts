import * as path from "node:path";
import { ScfError } from "../../model/error";
import type { FoundLock } from "../../reconciler/lock";
import { approved } from "../approval";
import type { Project } from "../project";
import { recordedStacks } from "../recorded-stacks";
import { chooseNames, deployed } from "../stacks";
import type { Terminal } from "../terminal";
import { modules } from "./lazy";

export interface UnlockOptions {
  readonly force?: boolean;
  readonly autoApprove?: boolean;
}

/** Takes the lock of a state away from a run that was cut off where it cannot be seen from here. */
export async function unlock(
  project: Project,
  terminal: Terminal,
  wanted: string,
  { force = false, autoApprove }: UnlockOptions,
): Promise<number> {
  const [stack, ...others] = chooseNames(recordedStacks(project), [wanted], deployed) as [string];
  if (others.length > 0) {
    throw new ScfError("STACK_AMBIGUOUS", `${wanted} names ${others.length + 1} stacks.`, {
      fix: "Name one of them.",
    });
  }
  const directory = path.join(project.stateDirectory, stack);
  const { findLock, freeLock, describeHolder } = modules.reconciler();
  const lock = findLock(directory);
  if (!lock) {
    terminal.say(`The state of ${stack} is not locked.`);
    if (terminal.json) terminal.data({ stack, locked: false });
    return 0;
  }
  const holder = describeHolder(lock.holder);
  terminal.say(`The state of ${stack} is locked by ${holder}.`);
  terminal.say(`${capital(condition(lock))}.`);
  if (!force) refuseWorking(stack, lock);
  if (!(await approved(terminal, "unlock", "Free the state?", autoApprove))) {
    terminal.say("Nothing was changed.");
    return 1;
  }
  freeLock(directory, stack, lock);
  terminal.say(
    `The state of ${stack} is free. The next deploy looks up what was cut off and goes on from there.`,
  );
  if (terminal.json) terminal.data({ stack, locked: false, holder: lock.holder });
  return 0;
}

function condition({ liveness, idleMs }: FoundLock): string {
  const renewed = `the lock was renewed ${seconds(idleMs)} ago`;
  if (liveness === "dead") return "that process is gone";
  if (liveness === "alive") return `that process is working on this machine; ${renewed}`;
  return `that process cannot be seen from here; ${renewed}`;
}

function refuseWorking(stack: string, lock: FoundLock): void {
  const { liveness, isExpired, idleMs, holder } = lock;
  if (liveness === "dead" || (liveness === "unknown" && isExpired)) return;
  const away =
    "With --force the lock is taken away all the same: that run stops before its next call, and the next deploy goes on where it stopped.";
  throw new ScfError("STATE_LOCKED", `The state of ${stack} was not freed: ${condition(lock)}.`, {
    fix:
      liveness === "alive"
        ? `Wait until it has ended, or end it: \`kill ${holder.pid}\`. ${away}`
        : `Wait until it has ended. If it was cut off, run this again in ${seconds(modules.reconciler().LEASE_MS - idleMs)}. ${away}`,
  });
}

function seconds(milliseconds: number): string {
  const count = Math.max(1, Math.ceil(milliseconds / 1_000));
  return count < 120 ? `${count} second${count === 1 ? "" : "s"}` : `${Math.round(count / 60)} minutes`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
