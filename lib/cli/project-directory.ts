import * as fs from "node:fs";
import * as path from "node:path";

export const CONFIG_FILE = "cdktf.json";

/** The nearest folder with a cdktf.json, from here upwards. */
export function projectDirectory(from: string): string | undefined {
  for (let directory = path.resolve(from); ;) {
    if (fs.existsSync(path.join(directory, CONFIG_FILE))) return directory;
    const parent = path.dirname(directory);
    if (parent === directory) return undefined;
    directory = parent;
  }
}
