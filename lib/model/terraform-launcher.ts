import { createHash } from "node:crypto";
import { PROVIDER } from "./terraform";

/** Where a stack's folder says where the package is: a line of text, a path from that folder or from the root. */
export const PACKAGE_PATH_FILE = "terraform.d/cdktf-scf.path";

/** What Terraform and OpenTofu run on, and how they name it. */
export const platforms = [
  "darwin_amd64",
  "darwin_arm64",
  "freebsd_386",
  "freebsd_amd64",
  "freebsd_arm",
  "freebsd_arm64",
  "linux_386",
  "linux_amd64",
  "linux_arm",
  "linux_arm64",
  "windows_386",
  "windows_amd64",
  "windows_arm64",
] as const;

/** A file that Terraform takes for the provider. */
export interface LauncherFile {
  readonly name: string;
  readonly content: string;
}

/**
 * What Terraform starts instead of the provider: it is the same on every machine, so that lock files are, and starts the
 * provider of the package that synthesis was run with. What it prints to standard output is what Terraform shows of a provider that
 * does not start.
 */
export function launcherFiles(version: string): {
  readonly unix: LauncherFile;
  readonly windows: LauncherFile;
} {
  const name = `terraform-provider-${PROVIDER}_v${version}`;
  return {
    unix: { name, content: unixLauncher },
    windows: { name: `${name}.cmd`, content: windowsLauncher },
  };
}

/** Which launcher a platform takes. */
export function launcherFor(platform: (typeof platforms)[number], version: string): LauncherFile {
  return launcherFiles(version)[platform.startsWith("windows_") ? "windows" : "unix"];
}

/** What a lock file holds of a folder with this one file: Terraform's `h1:` hash of it. */
export function launcherHash(name: string, content: string): string {
  const digest = createHash("sha256").update(content).digest("hex");
  return `h1:${createHash("sha256").update(`${digest}  ${name}\n`).digest("base64")}`;
}

const MAIN = "dist/terraform/main.js";
const ADVICE = "Run cdktf-scf synth (or cdktf synth) again.";

/** A shell starts faster than a second Node, and Terraform's process becomes Node's own. */
const unixLauncher = `#!/bin/sh
fail() {
  echo "cdktf-scf: $1 ${ADVICE}"
  echo "cdktf-scf: $1 ${ADVICE}" >&2
  exit 1
}
[ -r ${PACKAGE_PATH_FILE} ] || fail "There is no file ${PACKAGE_PATH_FILE} in $(pwd)."
IFS= read -r package < ${PACKAGE_PATH_FILE} || [ -n "$package" ] || fail "${PACKAGE_PATH_FILE} is empty."
[ -r "$package/${MAIN}" ] || fail "There is no $package/${MAIN}, where the last synthesis was run from."
command -v node > /dev/null || fail "Node.js is not on the PATH (node)."
exec node "$package/${MAIN}" "$@"
`;

/** Node reads the path, for the command line of Windows knows no UTF-8. */
const windowsProgram = [
  "const fs = require('node:fs'), path = require('node:path');",
  "const fail = (text) => { for (const to of [1, 2]) fs.writeSync(to, 'cdktf-scf: ' + text + ' " +
    ADVICE +
    "\\n'); process.exit(1); };",
  `let folder; try { folder = fs.readFileSync('${PACKAGE_PATH_FILE}', 'utf8').trim(); }`,
  `catch { fail('There is no file ${PACKAGE_PATH_FILE} in ' + process.cwd() + '.'); }`,
  `const main = path.resolve(folder, '${MAIN}');`,
  "if (!fs.existsSync(main)) fail('There is no ' + main + ', where the last synthesis was run from.');",
  "require(main);",
].join(" ");

const windowsLauncher = `@node -e "${windowsProgram}" -- %*\r\n`;
