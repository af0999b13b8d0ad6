import { execFileSync } from "node:child_process";
import { chromium, type Browser } from "playwright-core";

/** The browser of this machine: `apt-get install chromium` brings one. */
function installedBrowser(): string | undefined {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      // The next one.
    }
  }
  return undefined;
}

const executablePath = installedBrowser();
const needed = process.env["CDKTF_SCF_NOTHING_SKIPPED"] !== undefined;

/** `describe` where there is a browser, or where nothing may be skipped. */
export const withBrowser = executablePath !== undefined || needed ? describe : describe.skip;

export const title = (name: string): string =>
  executablePath !== undefined || needed ? name : `${name} (skipped: there is no chromium on this machine)`;

export function launch(): Promise<Browser> {
  if (executablePath === undefined) throw new Error("There is no chromium on this machine.");
  // A browser of root has no sandbox: containers run as root.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
