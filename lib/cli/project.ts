import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../model/error";
import { CONFIG_FILE, projectDirectory } from "./project-directory";

/** What `cdktf.json` says, with every path made absolute. */
export interface Project {
  /** Folder of cdktf.json. The program runs here, and the state is kept here. */
  readonly directory: string;
  /** The command that runs the program. */
  readonly app: string;
  /** Folder that synthesis writes to. */
  readonly output: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Folder with one folder of state per stack. */
  readonly stateDirectory: string;
}

export interface ProjectOverrides {
  readonly app?: string;
  readonly output?: string;
}

/**
 * Finds the project that a folder belongs to.
 *
 * @throws ScfError `PROJECT_MISSING` without a cdktf.json here or above, `PROJECT_DAMAGED` when it cannot be used
 */
export function openProject(from: string, overrides: ProjectOverrides = {}): Project {
  const directory = projectDirectory(from);
  if (!directory) {
    throw new ScfError("PROJECT_MISSING", `There is no ${CONFIG_FILE} in ${from} or in a folder above it.`, {
      fix: `Change to the folder of your project, or begin one: \`cdktf-scf init shop\`. By hand, make a ${CONFIG_FILE} with { "language": "typescript", "app": "ts-node --transpile-only main.ts" }.`,
    });
  }
  const file = path.join(directory, CONFIG_FILE);
  const config = readConfig(file);
  const app = overrides.app ?? text(config, "app", file);
  if (app === undefined || app.trim() === "") {
    throw damaged(
      file,
      "it does not say how to run the program",
      'Add "app": "ts-node --transpile-only main.ts" to it.',
    );
  }
  const context = config.context ?? {};
  if (typeof context !== "object" || Array.isArray(context) || context === null) {
    throw damaged(file, "`context` is not an object", "Write it as an object of names and values.");
  }
  return {
    directory,
    app,
    output: path.resolve(directory, overrides.output ?? text(config, "output", file) ?? "cdktf.out"),
    context: { ...context, ...targetVersions(config) },
    stateDirectory: path.join(directory, ".cdktf-scf"),
  };
}

/** cdktn checks what a program uses against these, and its own command line hands them over in the context as well. */
function targetVersions({ targetVersions }: Record<string, unknown>): Record<string, unknown> {
  return targetVersions === undefined ? {} : { targetVersions };
}

function readConfig(file: string): Record<string, unknown> {
  let config: unknown;
  try {
    config = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (cause) {
    throw damaged(file, (cause as Error).message, "Correct the file, or restore it from version control.");
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw damaged(file, "it is not a JSON object", "Correct the file, or restore it from version control.");
  }
  return config as Record<string, unknown>;
}

function text(config: Record<string, unknown>, name: string, file: string): string | undefined {
  const value = config[name];
  if (value === undefined || typeof value === "string") return value;
  throw damaged(file, `\`${name}\` is not text`, `Write \`${name}\` as a text in quotes.`);
}

function damaged(file: string, problem: string, fix: string): ScfError {
  return new ScfError("PROJECT_DAMAGED", `${file} cannot be used: ${problem}.`, { fix });
}
