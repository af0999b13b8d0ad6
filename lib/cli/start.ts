import { Cache } from "../start/cache";
import { deferModules } from "./program/deferred-modules";
import { ModuleImage } from "../start/module-image";
import { projectDirectory } from "./project-directory";

/** Commands that run a program, or load enough to gain from an image of it. */
const withImage = new Set([
  "synth",
  "validate",
  "diff",
  "deploy",
  "destroy",
  "drift",
  "refresh",
  "import",
  "quota",
  "output",
  "local",
  "state",
  "terraform",
]);

/** Runs a command line, with the modules that it loaded last time in this project at hand. */
export function start(argv: readonly string[]): void {
  const image = imageFor(argv[0] ?? "");
  const { main } = require("./main") as typeof import("./main");
  void main(argv, () => image?.save());
}

function imageFor(command: string): ModuleImage | undefined {
  // Who looks for a fault wants to see true file names in stack traces.
  if (!withImage.has(command) || process.env.CDKTF_SCF_DEBUG === "1") return undefined;
  const directory = projectDirectory(process.cwd());
  if (directory === undefined) return undefined;
  deferModules();
  return ModuleImage.start(Cache.of(directory), command);
}
