import * as path from "node:path";
import { ScfError } from "../../model/error";
import { Cache } from "../../start/cache";
import type { InProcessProgram } from "./command-line";
import { programFailure } from "./failure";
import { loadAsMain } from "../../start/node-modules";
import { installLocationMap } from "./source-locations";
import { TypeScriptHook } from "./typescript-hook";

export interface RunOptions {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Standard output belongs to a machine: what the program prints goes to standard error. */
  readonly quiet: boolean;
}

/** Unwinds a program that ends itself. */
class ProgramExit {
  constructor(readonly exitCode: number) {}
}

/**
 * Runs a program as if Node had been started on it: its folder, arguments and environment, and until nothing is left to
 * do. What it changes of the process is put back.
 *
 * @throws ScfError when it throws, rejects or ends itself with a failure
 */
export async function runInProcess(program: InProcessProgram, options: RunOptions): Promise<void> {
  const name = path.relative(options.directory, program.file);
  const restore = takeOver(program, options);
  try {
    installLocationMap();
    const ended = untilDone(() => start(program, options));
    const exitCode = await ended;
    if (exitCode !== 0) {
      throw new ScfError("PROGRAM_FAILED", `${name} ended itself with exit code ${exitCode}.`, {
        fix: "What it printed above may say why.",
      });
    }
  } catch (thrown) {
    throw programFailure(thrown, name);
  } finally {
    restore();
  }
}

function start(program: InProcessProgram, options: RunOptions): void {
  if (!/\.[ct]?tsx?$/.test(program.file)) return loadAsMain(program.file);
  const hook = new TypeScriptHook(program.file, program.tsconfig, Cache.of(options.directory));
  hook.install();
  loadAsMain(program.file);
  hook.save();
}

const failures = ["uncaughtException", "unhandledRejection"] as const;
type Listener = (...parameters: unknown[]) => void;

/** Runs `run`, then waits until nothing is left in the event loop, as a process of its own would. Gives the exit code. */
function untilDone(run: () => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const others = failures.map((event) => ({ event, listeners: process.rawListeners(event) as Listener[] }));
    const finish = (outcome: () => void): void => {
      process.off("beforeExit", done);
      for (const { event, listeners } of others) {
        process.off(event, failed);
        for (const listener of listeners) process.on(event, listener);
      }
      outcome();
    };
    const done = (code: number): void => finish(() => resolve(code));
    const failed = (thrown: unknown): void =>
      finish(() => (thrown instanceof ProgramExit ? resolve(thrown.exitCode) : reject(thrown as Error)));
    process.on("beforeExit", done);
    for (const { event, listeners } of others) {
      // What goes wrong now is the program's, not ours.
      for (const listener of listeners) process.off(event, listener);
      process.on(event, failed);
    }
    try {
      run();
    } catch (thrown) {
      failed(thrown);
    }
  });
}

function takeOver(program: InProcessProgram, options: RunOptions): () => void {
  const before = {
    directory: process.cwd(),
    argv: process.argv,
    exit: process.exit,
    exitCode: process.exitCode,
    mainModule: process.mainModule,
    write: process.stdout.write,
    environment: Object.keys(options.environment).map((name) => [name, process.env[name]] as const),
  };
  process.chdir(options.directory);
  process.argv = [process.execPath, program.file, ...program.arguments];
  Object.assign(process.env, options.environment);
  process.exitCode = undefined;
  process.exit = (code?: number | string | null): never => {
    throw new ProgramExit(Number(code ?? process.exitCode ?? 0));
  };
  if (options.quiet) process.stdout.write = process.stderr.write.bind(process.stderr);
  return () => {
    process.chdir(before.directory);
    process.argv = before.argv;
    process.exit = before.exit;
    process.exitCode = before.exitCode;
    process.mainModule = before.mainModule;
    process.stdout.write = before.write;
    for (const [name, value] of before.environment) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
