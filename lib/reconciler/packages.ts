import { createHash } from "node:crypto";
import { readFile } from "fs/promises";
import { resolve } from "path";
import { ScfError } from "../model/error";
import type { Plan, PlannedAsset } from "../model/plan";
import type { Properties, Value } from "../model/value";
import type { Difference } from "./difference";
import type { ReconcilerOptions } from "./reconciler";

/**
 * Gives the bytes of a plan's packages.
 *
 * @throws ScfError `ASSET_MISSING`, `ASSET_CHANGED`
 */
export type PackageSource = (asset: PlannedAsset) => Promise<Uint8Array>;

const STAGE_AGAIN = "Run `cdktf-scf synth` to stage it again.";

/**
 * Packages that were staged beside a plan file.
 *
 * @param planDirectory folder of the plan file, where their paths begin
 * @param verify whether the bytes still have the content of the hash; without it only their size is checked
 */
export function stagedPackages(
  planDirectory: string,
  verify?: (bytes: Uint8Array, hash: string) => boolean,
): PackageSource {
  return async ({ hash, path: relativePath, zipBytes }) => {
    const path = resolve(planDirectory, relativePath);
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (cause) {
      const { message } = cause as Error;
      throw new ScfError("ASSET_MISSING", `The package ${path} cannot be read: ${message}.`, {
        fix: STAGE_AGAIN,
        cause,
      });
    }
    if (bytes.length !== zipBytes || verify?.(bytes, hash) === false) {
      throw new ScfError("ASSET_CHANGED", `The package ${path} is not the one that the plan was made with.`, {
        fix: "Delete it: the next run stages it again.",
      });
    }
    return bytes;
  };
}

type Options = Pick<ReconcilerOptions, "plan" | "packages" | "packagesAt">;

/**
 * The bytes of one of the plan's packages, by its content hash.
 *
 * @throws ScfError `ASSET_CHANGED`, `ASSET_MISSING`
 */
export async function readPackage(
  plan: Plan | undefined,
  hash: string,
  { packages }: Pick<Options, "packages">,
): Promise<Uint8Array> {
  const asset = plan?.assets.find((candidate) => candidate.hash === hash);
  if (!asset || !packages) {
    throw new ScfError("ASSET_MISSING", `The plan has no package ${hash}.`, { fix: STAGE_AGAIN });
  }
  return packages(asset);
}

/** Knows the packages of a plan by the SHA-256 of their ZIPs. Reads one only when somebody asks about it. */
export class PackageHashes {
  private readonly sums = new Map<string, Promise<string | undefined>>();
  private assets: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(private readonly options: Options) {}

  /** The package that the plan has for the resource at this address, when its ZIP has this SHA-256. */
  async find(address: string, zipSha256: string): Promise<string | undefined> {
    for (const hash of this.packagesAt(address)) {
      let sum = this.sums.get(hash);
      if (!sum) this.sums.set(hash, (sum = this.sumOf(hash)));
      if ((await sum) === zipSha256) return hash;
    }
    return undefined;
  }

  private packagesAt(address: string): readonly string[] {
    const { packagesAt, plan } = this.options;
    if (packagesAt) return packagesAt(address);
    this.assets ??= assetsByAddress(plan);
    return this.assets.get(address) ?? [];
  }

  /** Of a package that cannot be read nothing is known; whoever needs its bytes says so. */
  private async sumOf(hash: string): Promise<string | undefined> {
    try {
      const bytes = await readPackage(this.options.plan, hash, this.options);
      return createHash("sha256").update(bytes).digest("hex");
    } catch (error) {
      if (ScfError.is(error)) return undefined;
      throw error;
    }
  }
}

function assetsByAddress(plan: Plan | undefined): ReadonlyMap<string, readonly string[]> {
  return new Map((plan?.resources ?? []).map(({ address, properties }) => [address, packagesIn(properties)]));
}

/** The packages that properties name, by their content hashes. */
export function packagesIn(properties: Properties): readonly string[] {
  return Object.values(properties).flatMap((value) => assetIn(value) ?? []);
}

function assetIn(value: Value): string | undefined {
  if (typeof value !== "object" || value === null || !("asset" in value)) return undefined;
  return typeof value.asset === "string" ? value.asset : undefined;
}

/**
 * Makes sure, before anything is done, that every package that a difference needs still is the one that it was made with.
 *
 * @throws ScfError `DIFFERENCE_OUTDATED`
 */
export async function requirePackages(
  plan: Plan,
  { stack, changes }: Pick<Difference, "stack" | "changes">,
  packages: PackageSource,
): Promise<void> {
  const changed = new Set(changes.map(({ address }) => address));
  const texts = new Set<string>();
  for (const { address, properties } of plan.resources) if (changed.has(address)) addTexts(properties, texts);
  for (const { hash } of plan.assets) {
    if (!texts.has(hash)) continue;
    try {
      await readPackage(plan, hash, { packages });
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
