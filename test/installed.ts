import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

export const checkout = path.resolve(__dirname, "..");

/** Names the folder with what all files of a run of Jest share. */
export const SHARED_FOLDER = "CDKTF_SCF_TEST_FOLDER";

/**
 * Node with other options compiles modules anew: projects whose runs are instrumented have a node_modules of their own, so that
 * they and the others do not take turns in throwing away each other's cache.
 */
export const installations = ["plain", "instrumented"] as const;

/** One node_modules for many projects, so that its cache is warm for most of them. */
export function sharedModules(installation: (typeof installations)[number]): string {
  return path.join(sharedFolder(), installation, "node_modules");
}

function sharedFolder(): string {
  const folder = process.env[SHARED_FOLDER];
  if (folder === undefined) throw new Error("test/global-setup.ts has not run.");
  return folder;
}

/** Makes a node_modules with the checkout's built package and what it needs, and an empty cache. */
export function installInto(modules: string): void {
  linkPackages(modules, []);
  fs.symlinkSync(checkout, path.join(modules, "cdktf-scf"));
}

/** The same with the package as it would be published, in a project that lacks some of the checkout's packages. */
export function installPackedInto(modules: string, lacking: readonly string[]): void {
  linkPackages(modules, lacking);
  fs.cpSync(packedPackage(), path.join(modules, "cdktf-scf"), { recursive: true });
}

/** What `npm pack` makes of the checkout, unpacked: once for all test files, by the first that asks. */
function packedPackage(): string {
  const packed = path.join(sharedFolder(), "packed");
  if (fs.existsSync(packed)) return packed;
  const folder = fs.mkdtempSync(path.join(sharedFolder(), "packing-"));
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], {
    cwd: checkout,
  });
  const [tarball = ""] = fs.readdirSync(folder);
  execFileSync("tar", ["-xzf", tarball], { cwd: folder });
  try {
    fs.renameSync(path.join(folder, "package"), packed);
  } catch (error) {
    // Another worker may have packed it meanwhile.
    if (!fs.existsSync(packed)) throw error;
  }
  return packed;
}

function linkPackages(modules: string, lacking: readonly string[]): void {
  fs.mkdirSync(modules, { recursive: true });
  for (const name of fs.readdirSync(path.join(checkout, "node_modules"))) {
    if (name === ".cache" || lacking.includes(name)) continue;
    fs.symlinkSync(path.join(checkout, "node_modules", name), path.join(modules, name));
  }
}
