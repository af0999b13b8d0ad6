import { readFileSync } from "fs";
import { join } from "path";

let version: string | undefined;

/** Version of this package, recorded so that a tool that is too old can say which one is needed. */
export function toolVersion(): string {
  if (version === undefined) {
    const text = readFileSync(join(__dirname, "..", "..", "package.json"), "utf8");
    version = (JSON.parse(text) as { version: string }).version;
  }
  return version;
}
