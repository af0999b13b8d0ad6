import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { ScfError } from "../model/error";

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Terraform's state of one stack, wherever its back-end keeps it. Terraform takes its own lock for every access. */
export class TerraformStateFile {
  /** As cdktf has it: OpenTofu is `tofu`. */
  private readonly binary = process.env["TERRAFORM_BINARY_NAME"] || "terraform";

  /** @param directory the stack's folder, where Terraform runs */
  constructor(private readonly directory: string) {}

  /** @throws ScfError `TERRAFORM_MISSING`, `TERRAFORM_FAILED` */
  async pull(): Promise<string> {
    const first = await this.run(["state", "pull"]);
    if (first.exitCode === 0) return first.stdout;
    // A folder that nobody has initialized yet, or not for this back-end.
    const initialized = await this.run(["init", "-input=false", "-no-color"]);
    if (initialized.exitCode !== 0) throw this.failure("init", initialized);
    const second = await this.run(["state", "pull"]);
    if (second.exitCode !== 0) throw this.failure("state pull", second);
    return second.stdout;
  }

  /**
   * Puts a state in the place of the one that it was made from.
   *
   * @throws ScfError `TERRAFORM_FAILED`, also when somebody has changed the state since
   */
  async push(state: string): Promise<void> {
    const ended = await this.run(["state", "push", "-"], state);
    if (ended.exitCode !== 0) throw this.failure("state push", ended);
  }

  private run(words: readonly string[], input = ""): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.binary, words, {
        cwd: this.directory,
        env: { ...process.env, TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
      });
      const out: Buffer[] = [];
      const errors: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
      child.once("error", (cause) => reject(this.missing(cause)));
      child.once("close", (exitCode) =>
        resolve({
          exitCode,
          stdout: Buffer.concat(out).toString("utf8"),
          stderr: Buffer.concat(errors).toString("utf8"),
        }),
      );
      // One that has ended before it has read everything says itself what is wrong.
      child.stdin.on("error", () => undefined);
      child.stdin.end(input);
    });
  }

  private missing(cause: Error): ScfError {
    return new ScfError("TERRAFORM_MISSING", `${this.binary} cannot be started: ${cause.message}.`, {
      fix: "Install Terraform or OpenTofu, or name it in TERRAFORM_BINARY_NAME.",
      cause,
    });
  }

  private failure(command: string, { stdout, stderr }: Ended): ScfError {
    const said = stripVTControlCharacters(stderr.trim() || stdout.trim());
    return new ScfError(
      "TERRAFORM_FAILED",
      `\`${this.binary} ${command}\` failed in ${this.directory}:\n${said}`,
      {
        fix: "Correct what it says, then run the command again.",
      },
    );
  }
}
