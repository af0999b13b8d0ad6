import { readFile } from "fs/promises";
import { resolve } from "path";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import type { Value } from "../model/value";
import type { Difference } from "./difference";
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

/**
 * Makes sure, before anything is done, that every package that a difference needs still is the one that it was made with.
 *
 * @throws ScfError `DIFFERENCE_OUTDATED`
 */
export async function requirePackages(
  plan: Plan,
  { stack, changes }: Pick<Difference, "stack" | "changes">,
  options: Pick<ReconcilerOptions, "planDirectory" | "verifyAsset">,
): Promise<void> {
  const changed = new Set(changes.map(({ address }) => address));
  const texts = new Set<string>();
  for (const { address, properties } of plan.resources) if (changed.has(address)) addTexts(properties, texts);
  for (const { hash } of plan.assets) {
    if (!texts.has(hash)) continue;
    try {
      await readPackage(plan, hash, options);
    } catch (cause) {
      throw new ScfError(
        "DIFFERENCE_OUTDATED",
        `${stack} cannot be deployed as it was shown: ${(cause as Error).message}`,
        { fix: "Compare again and look at what is different.", cause },
      );
    }
  }
}

function addTexts(value: Value, texts: Set<string>): void {
  if (typeof value === "string") texts.add(value);
  else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value as { readonly [key: string]: Value })) addTexts(item, texts);
  }
}
