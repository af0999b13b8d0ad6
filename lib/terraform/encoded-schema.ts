import * as fs from "node:fs";
import * as path from "node:path";

/** What the build writes beside this file: the whole answer to GetProviderSchema. */
export const SCHEMA_FILE = "provider-schema.bin";

/** All that the provider offers, without a look at any kind; undefined where nothing is built. */
export function encodedSchema(): Uint8Array | undefined {
  const file = path.join(__dirname, SCHEMA_FILE);
  return fs.existsSync(file) ? fs.readFileSync(file) : undefined;
}
