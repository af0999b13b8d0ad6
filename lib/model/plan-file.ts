import * as fs from "node:fs";
import { ScfError } from "./error";
import { parsePlan, type Plan } from "./plan";

/**
 * The plan that synthesis wrote into a stack's folder.
 *
 * @throws ScfError `PLAN_MISSING`, `PLAN_DAMAGED`, `PLAN_VERSION`
 */
export function readPlan(file: string): Plan {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (cause) {
    throw new ScfError("PLAN_MISSING", `The plan ${file} cannot be read: ${(cause as Error).message}.`, {
      fix: "Synthesize again, with `cdktf synth` or `cdktf-scf synth`.",
      cause,
    });
  }
  return parsePlan(text, file);
}
