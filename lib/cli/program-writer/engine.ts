import { createRequire } from "node:module";
import * as path from "node:path";

/** What a written program imports its app and its constructs from. */
export interface WrittenEngine {
  readonly package: string;
  readonly entryPoint: string;
}

const cdktf: WrittenEngine = { package: "cdktf", entryPoint: "cdktf-scf" };
const cdktn: WrittenEngine = { package: "cdktn", entryPoint: "cdktf-scf/cdktn" };

/** cdktf, unless only cdktn is installed where the program is going to stand. */
export function engineFor(folder: string): WrittenEngine {
  const { resolve } = createRequire(path.join(folder, "main.ts"));
  const isInstalled = (name: string): boolean => {
    try {
      return resolve(name) !== "";
    } catch {
      return false;
    }
  };
  return !isInstalled(cdktf.package) && isInstalled(cdktn.package) ? cdktn : cdktf;
}
