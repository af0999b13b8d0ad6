import { createHash } from "crypto";
import { ScfError } from "../model/error";
import { planHash, type Plan } from "../model/plan";
import { canonicalJson } from "../model/value";
import type { Difference } from "./difference";
import { toolVersion } from "./tool-version";

export const SAVED_PLAN_FORMAT = "cdktf-scf/saved-plan";
/** The one version of the format that this library writes; it reads this one only. */
export const SAVED_PLAN_VERSION = 1;

/** A state as it was when something was compared with it. */
export interface ComparedState {
  readonly stack: string;
  readonly lineage: string;
  readonly serial: number;
  readonly sequence: number;
}

/** What is going to be done to one stack. */
export interface SavedStack {
  readonly plan: Plan;
  /** Folder of the plan file, where the paths of its packages begin, relative to the folder of cdktf.json. */
  readonly planDirectory: string;
  readonly difference: Difference;
  /** States of the stacks that this one refers to and that are not in the file. */
  readonly dependencies: readonly ComparedState[];
}

/** A difference that was shown, kept so that exactly that can be done later. */
export interface SavedPlan {
  readonly format: typeof SAVED_PLAN_FORMAT;
  readonly formatVersion: typeof SAVED_PLAN_VERSION;
  /** Version of the cdktf-scf that wrote it. */
  readonly toolVersion: string;
  /** When it was made, in UTC. For people: nothing depends on it. */
  readonly createdAt: string;
  /** In the order in which they are deployed. */
  readonly stacks: readonly SavedStack[];
  /** SHA-256 of all the rest. */
  readonly checksum: string;
}

/** The file's bytes. Secrets stand in it as they stand in a state: as fingerprints, never in clear. */
export function serializeSavedPlan(saved: Pick<SavedPlan, "createdAt" | "stacks">): string {
  const content = {
    format: SAVED_PLAN_FORMAT,
    formatVersion: SAVED_PLAN_VERSION,
    toolVersion: toolVersion(),
    ...saved,
  };
  return `${canonicalJson({ ...content, checksum: checksumOf(content) }, 2)}\n`;
}

/**
 * Reads a saved plan back.
 *
 * @throws ScfError `PLAN_DAMAGED` when it is none or no longer whole, `PLAN_VERSION` when a newer cdktf-scf wrote it
 */
export function parseSavedPlan(text: string, file: string): SavedPlan {
  const fix = `Write it again: \`cdktf-scf diff --out ${file}\`.`;
  const damaged = (what: string): ScfError => new ScfError("PLAN_DAMAGED", `${file} ${what}.`, { fix });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    const problem = text.trim() === "" ? "it is empty" : `it is not JSON (${(cause as Error).message})`;
    throw damaged(`is no whole saved plan: ${problem}`);
  }
  const saved = content as Partial<SavedPlan> | null;
  if (typeof saved !== "object" || saved === null || saved.format !== SAVED_PLAN_FORMAT) {
    throw damaged("is no saved plan of cdktf-scf");
  }
  const writer = String(saved.toolVersion);
  if (saved.formatVersion !== SAVED_PLAN_VERSION || isNewer(writer, toolVersion())) {
    throw new ScfError(
      "PLAN_VERSION",
      `${file} was written by cdktf-scf ${writer} in format ${String(saved.formatVersion)}; this is ${toolVersion()}, which reads format ${SAVED_PLAN_VERSION}.`,
      {
        fix: `Use cdktf-scf ${writer}, or write the plan again with this one: \`cdktf-scf diff --out ${file}\`.`,
      },
    );
  }
  const { checksum, ...rest } = saved;
  if (checksum !== checksumOf(rest)) throw damaged("is damaged: it is not as it was written");
  for (const { plan, difference } of saved.stacks ?? []) {
    if (difference.planHash !== planHash(plan)) {
      throw damaged(`is damaged: the difference of ${plan.stack} was made with another plan`);
    }
  }
  return saved as SavedPlan;
}

function checksumOf(content: object): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

/** Of two versions as `1.2.3`; what is no such version is not newer. */
function isNewer(version: string, than: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(than)];
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function numbersOf(version: string): number[] {
  return (/^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
}
