import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../model/error";
import { replaceDurably } from "../reconciler/durable-file";
import type { SavedPlan, SavedStack } from "../reconciler/saved-plan";
import { modules } from "./commands/lazy";
import { cannotWrite } from "./unwritable";

const OTHER_FILE = "Name another file with --out.";
const NAME_PLAN = "Name a saved plan, as `cdktf-scf diff --out plan.json` writes one, or a stack.";

/**
 * Whether an argument of `deploy` names a saved plan: it names a file that is there. Everything else names a stack.
 *
 * @throws ScfError `PLAN_MISSING` for what can only be meant as a file
 */
export function namesSavedPlan(argument: string): boolean {
  const found = fs.statSync(argument, { throwIfNoEntry: false });
  if (found?.isFile()) return true;
  const canOnlyBeFile = /[\\/]|\.json$/.test(argument);
  if (!canOnlyBeFile) return false;
  throw new ScfError(
    "PLAN_MISSING",
    `There is no file ${argument}${found ? ": it is something else" : ""}.`,
    { fix: NAME_PLAN },
  );
}

/** @throws ScfError `PLAN_DAMAGED`, `PLAN_VERSION` */
export function readSavedPlan(file: string): SavedPlan {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (cause) {
    throw new ScfError("PLAN_DAMAGED", `${file} cannot be read: ${(cause as Error).message}.`, { cause });
  }
  // Only what may be written over can be written again.
  if (!mayBeReplaced(text)) {
    throw new ScfError("PLAN_DAMAGED", `${file} is no saved plan of cdktf-scf.`, { fix: NAME_PLAN });
  }
  return modules.reconciler().parseSavedPlan(text, file);
}

/**
 * Makes sure, before anything is compared, that a plan can be saved there: over an earlier plan, and over nothing else.
 *
 * @throws ScfError `PLAN_FILE`, `UNWRITABLE`
 */
export function requireFree(file: string): void {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw cannotWrite(file, { code: "EISDIR" }, OTHER_FILE);
  if (found && (!found.isFile() || !mayBeReplaced(fs.readFileSync(file, "utf8")))) {
    throw new ScfError("PLAN_FILE", `${file} is there already, and is no saved plan: it is left as it is.`, {
      fix: OTHER_FILE,
    });
  }
  try {
    fs.accessSync(path.dirname(path.resolve(file)), fs.constants.W_OK);
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === "ENOENT"
      ? new ScfError("UNWRITABLE", `${file} cannot be written: its folder does not exist.`, {
          fix: "Make the folder first.",
          cause,
        })
      : cannotWrite(file, cause, OTHER_FILE);
  }
}

/** Writes the whole file or none: whoever looks sees the plan of before, or this one. */
export function writeSavedPlan(file: string, stacks: readonly SavedStack[]): void {
  const text = modules.reconciler().serializeSavedPlan({
    createdAt: new Date().toISOString(),
    stacks,
  });
  try {
    replaceDurably(path.resolve(file), text);
  } catch (cause) {
    throw cannotWrite(file, cause, OTHER_FILE);
  }
}

/** An earlier plan, also one that was cut off, or nothing yet. */
function mayBeReplaced(text: string): boolean {
  return text.trim() === "" || /"format": *"cdktf-scf\/saved-plan"/.test(text.slice(0, HEAD));
}

/** The format stands among the first of a plan's keys. */
const HEAD = 1_000;
