import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as scf from "cdktf-scf";
import { newApp, node, TestStack } from "../constructs/app";

const environment = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined };

function terraform(folder: string, ...words: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("terraform", [...words, "-no-color"], {
    cwd: folder,
    env: environment,
    encoding: "utf8",
  });
  return { status, output: `${stdout}${stderr}` };
}

const present = spawnSync("terraform", ["version"], { env: environment }).status === 0;
const needed = process.env["CDKTF_SCF_NOTHING_SKIPPED"] !== undefined;
const withTerraform = present || needed ? describe : describe.skip;

withTerraform(
  present || needed ? "with terraform" : "with terraform (skipped: there is no terraform on this machine)",
  () => {
    test("a plan of a stack warns that Terraform leaves the functions alone, and changes nothing", () => {
      const app = newApp();
      new scf.Function(new TestStack(app, "shop"), "orders", node);
      app.synth();
      const folder = path.join(app.outdir, "stacks", "shop");
      expect(fs.existsSync(path.join(folder, "cdk.tf.json"))).toBe(true);
      expect(terraform(folder, "init")).toMatchObject({ status: 0 });
      const { status, output } = terraform(folder, "plan", "-detailed-exitcode");
      expect({ status, output }).toMatchObject({ status: 0 });
      expect(output.replace(/\s+/g, " ")).toContain("run `cdktf-scf deploy shop` for them");
    });
  },
);
