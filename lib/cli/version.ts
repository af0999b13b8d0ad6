import * as fs from "node:fs";
import * as path from "node:path";

/** The version of this cdktf-scf. */
export function packageVersion(): string {
  const text = fs.readFileSync(path.resolve(__dirname, "..", "..", "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
