import * as fs from "node:fs";
import * as path from "node:path";

/** The folder of this package, as it is installed. */
export function packageFolder(): string {
  return path.resolve(__dirname, "..", "..", "..");
}

let version: string | undefined;

/** The version of this package, which is that of the provider in it. */
export function packageVersion(): string {
  if (version === undefined) {
    const text = fs.readFileSync(path.join(packageFolder(), "package.json"), "utf8");
    version = (JSON.parse(text) as { version: string }).version;
  }
  return version;
}
