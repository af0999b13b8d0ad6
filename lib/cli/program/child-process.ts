import { spawn } from "node:child_process";
import { ScfError } from "../../model/error";
import type { RunOptions } from "./in-process";

/**
 * Runs a program by its command line, with a shell. What it writes to standard error is held back until it has ended: when
 * it fails for what the rules found, the findings say it better.
 *
 * @returns what it wrote to standard error
 * @throws ScfError `PROGRAM_FAILED` with what it wrote when it fails
 */
export async function runInChild(command: string, options: RunOptions): Promise<string> {
  const child = spawn(command, {
    shell: true,
    cwd: options.directory,
    env: { ...process.env, ...options.environment },
    stdio: ["ignore", options.quiet ? 2 : 1, "pipe"],
  });
  const written: Buffer[] = [];
  child.stderr?.on("data", (chunk: Buffer) => written.push(chunk));
  const outcome = await new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) =>
      resolve(signal ? `ended by ${signal}` : code === 0 ? undefined : `exit code ${String(code)}`),
    );
  });
  const output = Buffer.concat(written).toString("utf8");
  if (outcome !== undefined) {
    const detail = output.trim() === "" ? "" : `:\n${indent(output.trimEnd())}`;
    throw new ScfError("PROGRAM_FAILED", `The program failed (${outcome}, \`${command}\`)${detail}`, {
      fix: "Run the command by itself to look closer.",
    });
  }
  return output;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
