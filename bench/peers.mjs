import fs from "node:fs";
import path from "node:path";
import { root } from "./small-project.mjs";

const folder = path.join(root, "bench", "peers");

/** How to get what is missing, for whoever reads the table. */
export const howToInstall = "npm install --ignore-scripts --prefix bench/peers";

/** Folder of a peer's packages, or undefined when they are not installed. */
export function peerModules(...packages) {
  const modules = path.join(folder, "node_modules");
  return packages.every((name) => fs.existsSync(path.join(modules, name))) ? modules : undefined;
}

export function findCdktf() {
  const candidates = [process.env.CDKTF_CLI, path.join(folder, "node_modules", ".bin", "cdktf")];
  return candidates.find((file) => file && fs.existsSync(file));
}
