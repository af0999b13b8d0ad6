import { spawn, type ChildProcess } from "node:child_process";
import type { GateCall, GateResult } from "../kinds/kind";
import type { GateRunner } from "./gate";

/** How much of what a command prints is kept, in characters: more than is shown, so that a secret is found in it as a whole. */
const KEPT = 64_000;
/** How long a command that was asked to end has for it, in milliseconds. */
const GRACE_MS = 2_000;
/** How long what a command has printed may take to arrive once it has ended, in milliseconds. */
const REST_MS = 500;
/** How often somebody looks whether what a command has started is gone, in milliseconds. */
const LOOK_MS = 20;

/** Runs gates in a shell, in this folder, with the environment of this process and what the gate is told. */
export function inShell(directory: string): GateRunner {
  return (gate, signal) => new Command(directory, gate, signal).ended;
}

/** In a process group of its own: a Ctrl-C in the terminal is for the run, which ends the command itself. */
class Command {
  readonly ended: Promise<GateResult>;
  private output = "";
  private readonly child: ChildProcess;
  private readonly killNow = (): void => void this.kill("SIGKILL");

  constructor(directory: string, { command, environment }: GateCall, signal: AbortSignal) {
    this.child = spawn(command, {
      cwd: directory,
      env: { ...process.env, ...environment },
      shell: true,
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output = (this.output + text).slice(-KEPT);
      });
    }
    this.ended = this.whenEnded(signal);
  }

  private async whenEnded(signal: AbortSignal): Promise<GateResult> {
    let grace: NodeJS.Timeout | undefined;
    const stop = (): void => {
      this.kill("SIGTERM");
      grace = setTimeout(this.killNow, GRACE_MS);
    };
    signal.addEventListener("abort", stop, { once: true });
    process.once("exit", this.killNow);
    try {
      const { passed, outcome } = await this.outcome();
      // The shell may end before what it has started does.
      if (signal.aborted) await this.othersEnded();
      return { passed, outcome, output: this.output };
    } finally {
      clearTimeout(grace);
      signal.removeEventListener("abort", stop);
      process.off("exit", this.killNow);
    }
  }

  private outcome(): Promise<Pick<GateResult, "passed" | "outcome">> {
    const { child } = this;
    return new Promise((resolve) => {
      child.once("error", (error) =>
        resolve({ passed: false, outcome: `it could not be started: ${error.message}` }),
      );
      child.once("exit", (code, signal) => {
        const outcome = code === null ? `signal ${String(signal)}` : `exit code ${code}`;
        const end = (): void => resolve({ passed: code === 0, outcome });
        child.once("close", end);
        // What it has left running in the background may keep the pipes open.
        setTimeout(end, REST_MS).unref();
      });
    });
  }

  private async othersEnded(): Promise<void> {
    const latest = Date.now() + GRACE_MS + REST_MS;
    while (this.kill(0) && Date.now() < latest) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }

  /** Whether there was anybody to send it to. */
  private kill(signal: NodeJS.Signals | 0): boolean {
    const { pid } = this.child;
    if (pid === undefined) return false;
    try {
      return process.platform === "win32" ? this.child.kill(signal) : process.kill(-pid, signal);
    } catch {
      // It has ended meanwhile.
      return false;
    }
  }
}
