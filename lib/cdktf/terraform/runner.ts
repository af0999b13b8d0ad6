import * as path from "node:path";
import { packageFolder } from "./own-package";
import { relativePath } from "./relative-path";

/**
 * The program that Terraform runs in a stack's folder. All paths stand in it, so that no shell of any system has to take them:
 * commands are `node scf.cjs deploy` everywhere.
 */
export function runner(stackDirectory: string): string {
  const project = JSON.stringify(relativePath(stackDirectory, process.cwd()));
  const bin = JSON.stringify(relativePath(stackDirectory, path.join(packageFolder(), "dist/cli/bin.js")));
  return `// Written by cdktf-scf: Terraform runs it to deploy and to destroy this stack.
const path = require("node:path");
process.chdir(path.resolve(__dirname, ${project}));
process.argv = [process.argv[0], __filename, "terraform", ...process.argv.slice(2), __dirname];
require(path.resolve(__dirname, ${bin}));
`;
}
