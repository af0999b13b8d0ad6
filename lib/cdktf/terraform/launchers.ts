import * as fs from "node:fs";
import * as path from "node:path";
import { launcherFiles, launcherHash, LAUNCHER_PATH_FILE } from "../../model/terraform-launcher";
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
  const launchers = launcherFiles(version);
  for (const { platform, name, text } of launchers) {
    const folder = path.join(directory, "terraform.d", "plugins", ...PROVIDER_SOURCE.split("/"), version);
    const file = path.join(folder, platform, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    writeIfDifferent(file, text);
    fs.chmodSync(file, 0o755);
  }
  writeIfDifferent(path.join(directory, LAUNCHER_PATH_FILE), `${relativePath(directory, packageFolder())}\n`);
  const lockFile = path.join(directory, LOCK_FILE);
  const locked = fs.existsSync(lockFile) ? fs.readFileSync(lockFile, "utf8") : "";
  const hashes = [...new Set(launchers.map(launcherHash))].sort();
  writeIfDifferent(lockFile, lockedProvider(locked, { source: PROVIDER_SOURCE, version, hashes }));
}
