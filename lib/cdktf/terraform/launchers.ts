import * as fs from "node:fs";
import * as path from "node:path";
import { launcherFor, launcherHash, PACKAGE_PATH_FILE, platforms } from "../../model/terraform-launcher";
import { PROVIDER_SOURCE } from "../../model/terraform";
import { writeIfDifferent } from "../write-file";
import { lockedProvider } from "./lock-file";
import { packageFolder, packageVersion } from "./own-package";
import { relativePath } from "./relative-path";

const LOCK_FILE = ".terraform.lock.hcl";

/**
 * Puts the provider where Terraform looks first, for every platform: a folder that was written on one machine, and its lock
 * file, are right on any other.
 *
 * @param directory the stack's folder, which is where Terraform runs
 */
export function placeLaunchers(directory: string): void {
  const version = packageVersion();
  const mirror = path.join(directory, "terraform.d", "plugins", ...PROVIDER_SOURCE.split("/"), version);
  const hashes = new Set<string>();
  for (const platform of platforms) {
    const { name, content } = launcherFor(platform, version);
    hashes.add(launcherHash(name, content));
    placeLauncher(path.join(mirror, platform), name, content);
  }
  writeIfDifferent(path.join(directory, PACKAGE_PATH_FILE), `${relativePath(directory, packageFolder())}\n`);
  lock(path.join(directory, LOCK_FILE), version, [...hashes].sort());
}

function placeLauncher(folder: string, name: string, content: string): void {
  const file = path.join(folder, name);
  fs.mkdirSync(folder, { recursive: true });
  writeIfDifferent(file, content);
  fs.chmodSync(file, 0o755);
}

function lock(file: string, version: string, hashes: readonly string[]): void {
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  writeIfDifferent(file, lockedProvider(text, { source: PROVIDER_SOURCE, version, hashes }));
}
