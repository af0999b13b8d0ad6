import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../../model/error";

/** A program that can run inside this process. */
export interface InProcessProgram {
  readonly file: string;
  readonly arguments: readonly string[];
  /** The TypeScript project that the command names. */
  readonly tsconfig?: string;
}

/** Anything that makes the command more than a runner and its arguments is left to a shell. */
const shellSyntax = /[&|;<>()$`\\*?#~=%\n]/;
const npxFlags = new Set(["--yes", "-y", "--no", "--no-install"]);
const runners: Readonly<Record<string, Runner>> = {
  "ts-node": {
    flags: new Set([
      "--transpile-only",
      "-T",
      "--transpileOnly",
      "--files",
      "--swc",
      "--log-error",
      "--pretty",
    ]),
    projectFlags: new Set(["--project", "-P"]),
  },
  "ts-node-transpile-only": { flags: new Set(["--files"]), projectFlags: new Set(["--project", "-P"]) },
  tsx: { flags: new Set([]), projectFlags: new Set(["--tsconfig"]) },
  node: { flags: new Set([]), projectFlags: new Set([]), preload: true },
};

interface Runner {
  /** Flags that change nothing here. */
  readonly flags: ReadonlySet<string>;
  /** Flags whose value names the TypeScript project. */
  readonly projectFlags: ReadonlySet<string>;
  /** Whether `-r ts-node/register` is understood. */
  readonly preload?: boolean;
}

const preloads = new Set(["ts-node/register", "ts-node/register/transpile-only", "tsx/cjs"]);
const extensions = new Set([".ts", ".cts", ".tsx", ".js", ".cjs"]);

/**
 * Recognizes the commands that only start Node on one file, as `npx ts-node main.ts`. A second Node and npx in between
 * cost half of a synthesis, so these run in this process; for anything else the result is undefined.
 *
 * @throws ScfError `PROGRAM_MISSING` when the file is not there
 */
export function inProcessProgram(command: string, directory: string): InProcessProgram | undefined {
  const words = split(command);
  if (!words) return undefined;
  let at = 0;
  if (words[at] === "npx") {
    at++;
    while (npxFlags.has(words[at] ?? "")) at++;
  }
  const runner = runners[words[at++] ?? ""];
  if (!runner) return undefined;
  let tsconfig = process.env.TS_NODE_PROJECT;
  for (; words[at]?.startsWith("-"); at++) {
    const [flag = "", inline] = (words[at] ?? "").split(/=(.*)/, 2);
    if (runner.flags.has(flag) && inline === undefined) continue;
    const value = inline ?? words[++at];
    if (value === undefined) return undefined;
    if (runner.projectFlags.has(flag)) tsconfig = value;
    else if (!(runner.preload && (flag === "-r" || flag === "--require") && preloads.has(value)))
      return undefined;
  }
  const name = words[at];
  if (name === undefined) return undefined;
  const file = scriptFile(path.resolve(directory, name));
  if (file === undefined) {
    throw new ScfError("PROGRAM_MISSING", `cdktf.json runs \`${command}\`, and there is no ${name}.`, {
      fix: "Correct `app` in cdktf.json, or write the program.",
    });
  }
  if (!extensions.has(path.extname(file)) || isEsModule(file)) return undefined;
  return {
    file,
    arguments: words.slice(at + 1),
    ...(tsconfig === undefined ? {} : { tsconfig: path.resolve(directory, tsconfig) }),
  };
}

/** The words of a command line, or undefined when a shell has to read it. */
function split(command: string): string[] | undefined {
  const words: string[] = [];
  for (const match of command.trim().matchAll(/"([^"]*)"(?=\s|$)|'([^']*)'(?=\s|$)|(\S+)/g)) {
    const quoted = match[1] ?? match[2];
    const word = quoted ?? match[3] ?? "";
    if (quoted === undefined && /["']/.test(word)) return undefined;
    if (shellSyntax.test(word.replace(/^--[\w-]+=/, ""))) return undefined;
    words.push(word);
  }
  return words;
}

/** A file as Node finds it: as named, or with an ending left out. */
function scriptFile(named: string): string | undefined {
  const candidates = [named, ...[".ts", ".js"].map((ending) => named + ending)];
  return candidates.find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile());
}

/** ES modules are loaded by another loader, which cannot be hooked from inside. */
function isEsModule(file: string): boolean {
  if ([".cts", ".cjs"].includes(path.extname(file))) return false;
  for (let directory = path.dirname(file); ; directory = path.dirname(directory)) {
    try {
      const text = fs.readFileSync(path.join(directory, "package.json"), "utf8");
      return (JSON.parse(text) as { type?: unknown } | null)?.type === "module";
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) return false;
    }
    if (directory === path.dirname(directory)) return false;
  }
}
