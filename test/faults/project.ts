import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import * as path from "node:path";
import { Database } from "../../lib/platform/local/database";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import { checkout, TestProject } from "../cli/project";
import { sharedModules } from "../installed";
import { acceptedWrites, lastCall, platformState } from "./platform-state";

const preloaded = ["kill-points.js", "clock.js"].map((name) => `--require ${path.join(__dirname, name)}`);
/**
 * What every run is started with. How long it pauses is beside the point as a rule: the platform here shows its writes at once,
 * and a run that waits for ten seconds until it believes that something is not there shows no more than one that waits for half a second.
 */
export const instruments: NodeJS.ProcessEnv = { NODE_OPTIONS: preloaded.join(" "), CLOCK_SPEED: "20" };
/** For faults that are about time. */
export const realTime: NodeJS.ProcessEnv = { CLOCK_SPEED: "1" };
const bin = path.join(checkout, "dist", "cli", "bin.js");

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project with its own local platform, whose command line can be killed at any point. */
export class FaultProject extends TestProject {
  readonly database = this.file(".cdktf-scf/local.db");

  constructor(files: Readonly<Record<string, string>>) {
    super({ files, modules: sharedModules("instrumented") });
  }

  /** The same project, state and platform in another folder. */
  override copy(): FaultProject {
    return this.copyTo(new FaultProject({}));
  }

  override start(argv: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
    return super.start(argv, { ...instruments, ...environment });
  }

  /** Starts the command line and waits for its end, whatever that is. */
  cli(argv: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return outcomeOf(this.start(argv, environment));
  }

  deploy(environment: NodeJS.ProcessEnv = {}, ...more: string[]): Promise<Ended> {
    return this.cli(["deploy", "--auto-approve", ...more], environment);
  }

  /** Runs a command that is to die at a point: its number, or a piece of its name and `#n` for the n-th of these. */
  killed(at: number | string, argv: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.cli(argv, { ...environment, KILL_AT: String(at) });
  }

  /** Runs a command that cannot write more than so many kilobytes to any file: the kernel refuses what is beyond. */
  limited(kilobytes: number, argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ended> {
    const command = `ulimit -f ${kilobytes}; trap '' XFSZ; exec "$0" "$@"`;
    const env = { ...process.env, ...instruments, ...environment };
    const child = spawn("bash", ["-c", command, process.execPath, bin, ...argv], {
      cwd: this.directory,
      env,
    });
    return outcomeOf(child);
  }

  /** The names of all points that a command passes. */
  async points(argv: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
    const log = this.file("points.log");
    const end = await this.cli(argv, { ...environment, KILL_POINTS: log });
    if (end.exitCode !== 0) throw new Error(`It ended with ${end.exitCode}:\n${end.stdout}${end.stderr}`);
    const names = fs.readFileSync(log, "utf8").trim().split("\n");
    fs.rmSync(log);
    return names;
  }

  /** Opens the platform in this process for as long as the work takes. */
  async onPlatform<T>(work: (platform: LocalPlatform) => T | Promise<T>): Promise<T> {
    const platform = openLocalPlatform({ path: this.database, region: "ap-guangzhou" });
    try {
      return await work(platform);
    } finally {
      await platform.close();
    }
  }

  platformState(): ReturnType<typeof platformState> {
    return platformState(this.database);
  }

  acceptedWrites(since = 0): string[] {
    return acceptedWrites(this.database, since);
  }

  lastCall(): number {
    return lastCall(this.database);
  }

  /** Files in the folder of a state whose names fit, those that were written last first. */
  stateFiles(pattern: RegExp, stack = "shop"): string[] {
    const folder = this.file(`.cdktf-scf/${stack}`);
    const modified = (file: string): number => fs.statSync(file).mtimeMs;
    return fs
      .readdirSync(folder)
      .filter((name) => pattern.test(name))
      .map((name) => path.join(folder, name))
      .sort((left, right) => modified(right) - modified(left));
  }
}

async function outcomeOf(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString("utf8")));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString("utf8")));
  return new Promise((resolve) =>
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr })),
  );
}

/** A load balancer that programs find under the same id in every run. */
export async function makeLoadBalancer(project: FaultProject, id = "lb-12345678"): Promise<string> {
  await project.onPlatform(async (platform) => {
    await platform.call("clb", "CreateLoadBalancer", { LoadBalancerType: "OPEN", LoadBalancerName: "shop" });
  });
  const database = new Database(project.database);
  database.run("UPDATE tasks SET ready_at = 0");
  database.run("UPDATE load_balancers SET id = ?", id);
  database.close();
  return id;
}

/** What servers are started with, and calls of them are signed with. */
export const credentials = {
  TENCENTCLOUD_SECRET_ID: "faults-id",
  TENCENTCLOUD_SECRET_KEY: "faults-key-7f3a",
};

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
