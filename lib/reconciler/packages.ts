import { readFile } from "fs/promises";
import { resolve } from "path";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import type { ReconcilerOptions } from "./reconciler";

/**
 * The bytes of a staged package, provided that they still are the ones of the plan.
 *
 * @throws ScfError `ASSET_CHANGED`, `ASSET_MISSING`
 */
export async function readPackage(
  plan: Plan | undefined,
  hash: string,
  { planDirectory, verifyAsset }: Pick<ReconcilerOptions, "planDirectory" | "verifyAsset">,
): Promise<Uint8Array> {
  const fix = "Run `cdktf-scf synth` to stage it again.";
  const asset = plan?.assets.find((candidate) => candidate.hash === hash);
  if (!asset) throw new ScfError("ASSET_MISSING", `The plan has no package ${hash}.`, { fix });
  const path = resolve(planDirectory ?? ".", asset.path);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const { message } = cause as Error;
    throw new ScfError("ASSET_MISSING", `The package ${path} cannot be read: ${message}.`, { fix, cause });
  }
  if (bytes.length !== asset.zipBytes || verifyAsset?.(bytes, hash) === false) {
    throw new ScfError("ASSET_CHANGED", `The package ${path} is not the one that the plan was made with.`, {
      fix: "Delete it: the next run stages it again.",
    });
  }
  return bytes;
}
