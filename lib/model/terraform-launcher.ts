import { createHash } from "node:crypto";

/** What stands in the stack's folder so that the launchers, the same everywhere, find this package. */
export const LAUNCHER_PATH_FILE = "terraform.d/cdktf-scf.path";

/** Every platform that Terraform names and Node runs on. */
export const platforms = [
  "darwin_amd64",
  "darwin_arm64",
  "linux_amd64",
  "linux_arm",
  "linux_arm64",
  "windows_amd64",
  "windows_arm64",
] as const;

/** One launcher, below the folder of the provider's version. */
export interface LauncherFile {
  readonly platform: string;
  readonly name: string;
  readonly text: string;
}

const unix = `#!/usr/bin/env node
const main = async () => {
  const { readFileSync } = await import("node:fs");
  const { resolve } = await import("node:path");
  const { pathToFileURL } = await import("node:url");
  const folder = readFileSync("${LAUNCHER_PATH_FILE}", "utf8").trim();
  await import(pathToFileURL(resolve(folder, "dist", "terraform", "main.js")).href);
};
main();
`;

const windows = `@echo off\r
set /p CDKTF_SCF_FOLDER=<${LAUNCHER_PATH_FILE.replaceAll("/", "\\")}\r
node "%CDKTF_SCF_FOLDER%\\dist\\terraform\\main.js" %*\r
`;

/** The launchers of a version of the provider, one per platform. */
export function launcherFiles(version: string): readonly LauncherFile[] {
  return platforms.map((platform) =>
    platform.startsWith("windows")
      ? { platform, name: `terraform-provider-scf_v${version}.cmd`, text: windows }
      : { platform, name: `terraform-provider-scf_v${version}`, text: unix },
  );
}

/** How Terraform's lock file tells the content of a folder with one file. */
export function launcherHash({ name, text }: LauncherFile): string {
  const file = createHash("sha256").update(text).digest("hex");
  return `h1:${createHash("sha256").update(`${file}  ${name}\n`).digest("base64")}`;
}
