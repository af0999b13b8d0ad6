import * as fs from "node:fs";
import * as path from "node:path";

/**
 * The program that Terraform runs in a stack's folder. All paths stand in it, so that no shell of any system has to take them:
 * commands are `node scf.cjs deploy` everywhere.
 */
export function runner(stackDirectory: string): string {
  const project = JSON.stringify(relativeFromStack(stackDirectory, process.cwd()));
  const bin = JSON.stringify(relativeFromStack(stackDirectory, path.join(packageRoot(), "dist/cli/bin.js")));
  return `// Written by cdktf-scf: Terraform runs it to deploy and to destroy this stack.
const path = require("node:path");
process.chdir(path.resolve(__dirname, ${project}));
process.argv = [process.argv[0], __filename, "terraform", ...process.argv.slice(2), __dirname];
require(${bin});
`;
}

/** Relative, with forward slashes: the same on every machine. */
export function relativeFromStack(stackDirectory: string, target: string): string {
  const relative = path.relative(stackDirectory, target);
  // Windows has no way from one drive to another.
  if (path.isAbsolute(relative)) return relative;
  const slashes = relative.split(path.sep).join("/");
  return slashes.startsWith(".") ? slashes : `./${slashes}`;
}

function packageRoot(): string {
  let directory = __dirname;
  while (!fs.existsSync(path.join(directory, "package.json"))) directory = path.dirname(directory);
  return directory;
}
