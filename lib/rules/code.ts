import type { PackageContents } from "../model/package-contents";
import { isSymbolic, type Value } from "../model/value";
import type { AppModel, ModelResource } from "./app-model";
import { perApp } from "./per-app";
import { perResource } from "./per-resource";

/** Code of a function or a layer, as far as it is known. */

type WithCode = ModelResource<"scf_function"> | ModelResource<"scf_layer">;

export interface CodeSizes {
  readonly zipBytes: number;
  readonly uncompressedBytes: number;
}

const stagedSizes = perApp(
  (app: AppModel): ReadonlyMap<string, CodeSizes> =>
    new Map<string, CodeSizes>([
      ...app.plans.flatMap((plan) => plan.assets.map((asset) => [asset.hash, asset] as const)),
      ...app.packages,
    ]),
);

/** The hash of the staged package, when the code is one. */
export const assetHash: (resource: WithCode) => string | undefined = perResource(
  (resource: ModelResource<"scf_function" | "scf_layer">): string | undefined => {
    const hash = codePart(resource as WithCode, "asset");
    return typeof hash === "string" ? hash : undefined;
  },
);

/** The sizes of the staged package; undefined for code in a bucket. */
export function codeSizes(resource: WithCode): CodeSizes | undefined {
  const hash = assetHash(resource);
  return hash === undefined ? undefined : stagedSizes(resource.app).get(hash);
}

/** What is inside the staged package, when it could be opened. */
export function packageOf(resource: WithCode): PackageContents | undefined {
  const hash = assetHash(resource);
  return hash === undefined ? undefined : resource.app.packages.get(hash);
}

/** One part of the code's location, with references followed. */
export function codePart(resource: WithCode, part: "asset" | "bucket" | "object" | "region"): unknown {
  return resource.app.follow(rawCodePart(resource, part));
}

export function rawCodePart(
  resource: WithCode,
  part: "asset" | "bucket" | "object" | "region",
): Value | undefined {
  const code = resource.app.dereference(resource.planned.properties.code);
  if (isSymbolic(code)) return code;
  if (typeof code !== "object" || code === null || !Object.hasOwn(code, part)) return undefined;
  return (code as { readonly [key: string]: Value })[part];
}

/** The paths in a package. */
export function pathsIn(contents: PackageContents): ReadonlySet<string> {
  let paths = pathsByPackage.get(contents);
  if (!paths) pathsByPackage.set(contents, (paths = new Set(contents.entries.map(({ path }) => path))));
  return paths;
}

/** Many functions may share one package of many files. */
const pathsByPackage = new WeakMap<PackageContents, ReadonlySet<string>>();
