import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { checkout, TestProject, type RunResult } from "../../cli/project";
import { temporaryFolder } from "../../temporary-folder";
import { runTerraform } from "../terraform-command";

const nullProvider = path.join(checkout, "test/terraform/null-provider/main.cjs");

/** A project whose stacks are deployed by the real Terraform. */
export class TerraformProject extends TestProject {
  constructor(program: string) {
    super({ files: { "main.js": program } });
  }

  /** Synthesizes as `cdktf` does: runs the program in the project's folder. */
  synthesize(environment: NodeJS.ProcessEnv = {}): void {
    const { status, stderr } = spawnSync(process.execPath, ["main.js"], {
      cwd: this.directory,
      env: { ...process.env, ...environment },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
  }

  folder(stack: string): string {
    return this.file(`cdktf.out/stacks/${stack}`);
  }

  /** The folder has what `terraform init` needs, the null provider of the tests among it. */
  initialize(stack = "shop"): void {
    provideNull(this.folder(stack));
    const { exitCode, stdout, stderr } = this.terraform(["init"], { stack });
    if (exitCode !== 0) throw new Error(stdout + stderr);
  }

  terraform(
    argv: readonly string[],
    { stack = "shop", environment = {} }: { stack?: string; environment?: NodeJS.ProcessEnv } = {},
  ): RunResult {
    const { status, stdout, stderr } = runTerraform(this.folder(stack), [...argv, "-no-color"], environment);
    return { exitCode: status, stdout: this.anonymous(stdout), stderr: this.anonymous(stderr) };
  }

  /** Terraform's outputs, by name. */
  outputs(stack = "shop"): Record<string, unknown> {
    const outputs = JSON.parse(this.terraform(["output", "-json"], { stack }).stdout) as Record<
      string,
      { value: unknown }
    >;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** What the local platform answers. */
  platform(action: string, request: object = {}): Record<string, never> {
    const { stdout, stderr, exitCode } = this.run(["local", "call", "scf", action, JSON.stringify(request)]);
    if (exitCode !== 0) throw new Error(stdout + stderr);
    return JSON.parse(stdout) as Record<string, never>;
  }
}

/** Puts the null provider of the tests where Terraform looks for it that runs in the folder. */
export function provideNull(stackFolder: string): void {
  const folder = path.join(stackFolder, "terraform.d/plugins", sourceOfNull(), "3.9.9", thisPlatform());
  fs.mkdirSync(folder, { recursive: true });
  const launcher = path.join(folder, "terraform-provider-null_v3.9.9");
  fs.writeFileSync(launcher, `#!${process.execPath}\nrequire(${JSON.stringify(nullProvider)});\n`);
  fs.chmodSync(launcher, 0o755);
}

/** With the name of its host, that no file of ours names: Terraform says it. */
function sourceOfNull(): string {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "null.tf.json"), '{ "resource": { "null_resource": { "any": {} } } }');
  const { stdout, stderr } = runTerraform(folder, ["providers"]);
  const source = /provider\[([^\]]+\/hashicorp\/null)\]/.exec(stdout)?.[1];
  if (source === undefined) throw new Error(`Terraform names no null provider:\n${stdout}${stderr}`);
  return source;
}

function thisPlatform(): string {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  return `${process.platform === "win32" ? "windows" : process.platform}_${architecture}`;
}
