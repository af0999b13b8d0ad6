import * as fs from "node:fs";
import * as path from "node:path";
import { orders, TestProject, type RunResult } from "../../cli/project";
import { runTerraform } from "../terraform-command";

/** A function with all that hangs on it, and a secret. */
export const shop = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
const stack = new TerraformStack(app, "shop");
const terraform = process.env.RECONCILER ? "reconciler" : "provider";
new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU, platform: scf.Platform.local(), terraform });
const deps = new scf.Layer(stack, "deps", {
  code: scf.Code.fromInline("exports.deps = 1;"),
  compatibleRuntimes: [scf.Runtime.NODEJS_16_13],
});
${orders(`
  layers: [deps],
  memory: Number(process.env.MEMORY ?? 128),
  environment: { TABLE: process.env.TABLE ?? "orders", KEY: scf.Secret.fromEnvironment("SHOP_KEY") },
  tags: { team: "shop" },
`)}
const live = orders.addAlias("live", { version: orders.currentVersion });
orders.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
const loadBalancer = scf.LoadBalancer.fromAttributes({
  loadBalancerId: process.env.BALANCER,
  region: scf.Region.GUANGZHOU,
});
const listener = new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: scf.Protocol.HTTP, port: 80 });
listener.addRule("orders", { domain: "www.example.com", path: "/orders", targets: [live] });
const ops = new scf.Policy(stack, "ops", { name: "orders-ops" });
orders.grants.invoke(ops);
new scf.Output(stack, "id", { value: orders.functionId });
new scf.Output(stack, "key", { value: scf.Secret.fromEnvironment("SHOP_KEY"), sensitive: true });
app.synth();
`;

/** A stack that moves between the bundled reconciler and Terraform. */
export class MovingProject extends TestProject {
  environment: NodeJS.ProcessEnv = { SHOP_KEY: "hush-hush-1" };

  static shop(): MovingProject {
    const project = new MovingProject({ files: { "main.js": shop } });
    const request = JSON.stringify({ LoadBalancerType: "OPEN" });
    const { stdout } = project.run(["local", "call", "clb", "CreateLoadBalancer", request]);
    const [balancer] = (JSON.parse(stdout) as { LoadBalancerIds: string[] }).LoadBalancerIds;
    project.environment["BALANCER"] = balancer;
    return project;
  }

  override copy(): MovingProject {
    const other = this.copyTo(new MovingProject({ config: null }));
    other.environment = { ...this.environment };
    return other;
  }

  cli(...argv: readonly string[]): RunResult {
    return this.run(argv, { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined, ...this.environment });
  }

  /** A command that has to go well. */
  done(...argv: readonly string[]): RunResult {
    const result = this.cli(...argv);
    if (result.exitCode !== 0) throw new Error(`${argv.join(" ")}: ${result.stdout}${result.stderr}`);
    return result;
  }

  terraform(...argv: readonly string[]): RunResult {
    const folder = this.file("cdktf.out/stacks/shop");
    const { status, stdout, stderr } = runTerraform(folder, argv, this.environment);
    return { exitCode: status, stdout, stderr };
  }

  initialize(): void {
    const { exitCode, stdout, stderr } = this.terraform("init", "-input=false", "-no-color");
    if (exitCode !== 0) throw new Error(stdout + stderr);
  }

  /** 0: Terraform finds nothing to change, 2: something. */
  planned(): { readonly exitCode: number | null; readonly said: string } {
    const { exitCode, stdout, stderr } = this.terraform("plan", "-detailed-exitcode", "-no-color");
    return { exitCode, said: exitCode === 0 ? "" : stdout + stderr };
  }

  /** Names in Terraform's state. */
  inTerraform(): string[] {
    return this.terraform("state", "list").stdout.split("\n").filter(Boolean);
  }

  /** Addresses that are recorded here. */
  recorded(): string[] {
    const { stdout } = this.done("state", "list", "--json");
    return (JSON.parse(stdout) as { resources: { address: string }[] }).resources.map(
      ({ address }) => address,
    );
  }

  writes(): number {
    const { calls } = JSON.parse(this.done("local", "calls", "--json").stdout) as {
      calls: { write: boolean }[];
    };
    return calls.filter(({ write }) => write).length;
  }

  /** Has another program in the place of Terraform, that runs a line of shell before or after it. */
  terraformThat(script: string): void {
    const file = this.file("terraform-that");
    fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    this.environment["TERRAFORM_BINARY_NAME"] = file;
  }

  terraformAsItIs(): void {
    delete this.environment["TERRAFORM_BINARY_NAME"];
  }

  /** Everything below a folder as one text. */
  content(folder: string): string {
    const names = fs.readdirSync(this.file(folder), { recursive: true, encoding: "utf8" });
    return names
      .map((name) => path.join(this.file(folder), name))
      .filter((file) => fs.statSync(file).isFile())
      .map((file) => fs.readFileSync(file, "utf8"))
      .join("\n");
  }
}
