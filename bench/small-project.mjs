import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** A project of its own in a temporary folder, with this checkout as its `cdktf-scf`. */
export function makeSmallProject(app) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-bench-"));
  fs.cpSync(path.join(root, "bench", "small-stack"), directory, { recursive: true });
  const modules = path.join(directory, "node_modules");
  fs.mkdirSync(modules);
  for (const name of fs.readdirSync(path.join(root, "node_modules"))) {
    if (name !== ".cache") fs.symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
  }
  fs.symlinkSync(root, path.join(modules, "cdktf-scf"));
  writeConfig(directory, app);
  return {
    directory,
    cache: path.join(modules, ".cache", "cdktf-scf"),
    remove: () => fs.rmSync(directory, { recursive: true, force: true }),
  };
}

function writeConfig(directory, app) {
  const config = { language: "typescript", app, projectId: "bench", sendCrashReports: "false" };
  fs.writeFileSync(path.join(directory, "cdktf.json"), JSON.stringify(config));
}
