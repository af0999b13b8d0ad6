import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { checkout, installInto, sharedModules } from "../installed";
import { temporaryFolder, writeFiles } from "../temporary-folder";

export { checkout };
const bin = path.join(checkout, "dist", "cli", "bin.js");

export interface RunResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  /** Contents of cdktf.json; `null` for a folder without one. */
  readonly config?: object | string | null;
  readonly files?: Readonly<Record<string, string>>;
  /** A node_modules, and so a cache, that no other project has. */
  readonly ownModules?: boolean;
  /** A node_modules, and so a cache, that others have too. */
  readonly modules?: string;
}

/** A project in a folder of its own, with the checkout's built package in its node_modules. */
export class TestProject {
  readonly directory = temporaryFolder();

  constructor({
    config = { app: "node main.js" },
    files = {},
    ownModules = false,
    modules = sharedModules("plain"),
  }: Setting) {
    if (config !== null) {
      this.write({ "cdktf.json": typeof config === "string" ? config : JSON.stringify(config) });
    }
    this.write(files);
    if (ownModules) installInto(this.file("node_modules"));
    else fs.symlinkSync(modules, this.file("node_modules"));
  }

  /** The same in another folder. */
  copy(): TestProject {
    return this.copyTo(new TestProject({ config: null }));
  }

  /** Gives another project everything that is in the folder of this one. */
  copyTo<Project extends TestProject>(other: Project): Project {
    for (const name of fs.readdirSync(this.directory)) {
      if (name === "node_modules") continue;
      fs.cpSync(this.file(name), other.file(name), { recursive: true, preserveTimestamps: true });
    }
    return other;
  }

  write(files: Readonly<Record<string, string>>): void {
    writeFiles(this.directory, files);
  }

  file(name: string): string {
    return path.join(this.directory, name);
  }

  read(name: string): string {
    return fs.readFileSync(this.file(name), "utf8");
  }

  json(name: string): unknown {
    return JSON.parse(this.read(name));
  }

  has(name: string): boolean {
    return fs.existsSync(this.file(name));
  }

  /** Runs the command line without a terminal. */
  run(argv: readonly string[], environment: NodeJS.ProcessEnv = {}, input = ""): RunResult {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
      ...this.options(environment),
      stdio: "pipe",
      input,
      encoding: "utf8",
      timeout: 50_000,
    });
    return { exitCode: status, stdout: this.anonymous(stdout), stderr: this.anonymous(stderr) };
  }

  /** Starts it and gives the running process. */
  start(argv: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(process.execPath, [bin, ...argv], this.options(environment));
  }

  /** Paths of temporary folders differ from run to run. */
  anonymous(text: string): string {
    return text.replaceAll(this.directory, "<project>").replaceAll(checkout, "<checkout>");
  }

  private options(environment: NodeJS.ProcessEnv): SpawnOptions {
    const inherited = { ...process.env };
    for (const name of Object.keys(inherited)) {
      if (/^(TENCENTCLOUD_|CDKTF_|FORCE_COLOR|NO_COLOR|NODE_OPTIONS|CI$)/.test(name)) delete inherited[name];
    }
    return { cwd: this.directory, env: { ...inherited, ...environment }, stdio: ["ignore", "pipe", "pipe"] };
  }
}

/**
 * Makes a project the first time, and gives a copy of it every time. The times of its files are kept: what was deployed just
 * now might not be visible yet, and a run would wait for it.
 */
export function copiesOf<Project extends { copy(): Project }>(make: () => Project): () => Project {
  let original: Project | undefined;
  return () => (original ??= make()).copy();
}

/** A TypeScript project that runs as a new project would. */
export function typeScriptProject(program: string, setting: Setting = {}): TestProject {
  return new TestProject({
    ...setting,
    config: { app: "npx ts-node --transpile-only main.ts" },
    files: {
      "main.ts": program,
      "tsconfig.json": JSON.stringify({
        compilerOptions: { target: "ES2022", module: "node16", strict: true, esModuleInterop: true },
      }),
    },
  });
}

/** A program with one stack, `shop`, whose body is given. */
export function shopProgram(body: string, name = "shop"): string {
  return `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stack(name, body)}
app.synth();
`;
}

/** The text of a stack on the local platform. */
export function stack(name: string, body: string, platform = "scf.Platform.local()"): string {
  return `
const ${name} = new TerraformStack(app, "${name}");
new scf.ScfProvider(${name}, "scf", { region: scf.Region.GUANGZHOU, platform: ${platform} });
{ const stack = ${name}; ${body} }
`;
}

export const orders = (changes = ""): string => `
const orders = new scf.Function(stack, "orders", {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 'orders';"),
  ${changes}
});`;

/** Waits until a process has printed a text, and gives all that it has printed so far. */
export function printed(child: ChildProcess, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = "";
    const take = (chunk: Buffer): void => {
      all += chunk.toString("utf8");
      if (all.includes(text)) resolve(all);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("close", () => reject(new Error(`It ended without printing ${text}:\n${all}`)));
  });
}

/** Waits until a process has ended. */
export function ended(child: ChildProcess): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve) => {
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    child.once("close", (exitCode) => resolve({ exitCode, output }));
  });
}
