import * as fs from "node:fs";
import * as path from "node:path";
import { LocalBackend } from "cdktf";
import * as scf from "cdktf-scf";
import { newApp, node, TestStack } from "../constructs/app";
import { runTerraform } from "../terraform/terraform-command";
import { withTerraform } from "../terraform/with-terraform";

function terraform(folder: string, ...words: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = runTerraform(folder, [...words, "-no-color"]);
  return { status, output: `${stdout}${stderr}` };
}

withTerraform("with terraform", () => {
  function synthesizedFolder(): string {
    const app = newApp();
    const stack = new TestStack(app, "shop");
    new LocalBackend(stack, { path: path.join(app.outdir, "shop.tfstate") });
    new scf.Function(stack, "orders", node);
    app.synth();
    return path.join(app.outdir, "stacks", "shop");
  }

  test("the provider is found without any configuration, and the lock file stays as it is", () => {
    const folder = synthesizedFolder();
    const lockFile = path.join(folder, ".terraform.lock.hcl");
    const locked = fs.readFileSync(lockFile, "utf8");
    for (const words of [["init"], ["init"], ["init", "-lockfile=readonly"]]) {
      const { status, output } = terraform(folder, ...words);
      expect({ status, output }).toMatchObject({ status: 0 });
      expect(fs.readFileSync(lockFile, "utf8")).toBe(locked);
    }
  });

  test.each(["linux_amd64", "darwin_arm64", "windows_amd64"])("the lock file is right on %s", (platform) => {
    const folder = synthesizedFolder();
    const mirror = "-fs-mirror=terraform.d/plugins";
    const { status, output } = terraform(folder, "providers", "lock", `-platform=${platform}`, mirror);
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toContain("All checksums for this platform were already tracked in the lock file");
  });

  test("fails to install a launcher that is not what synthesis wrote", () => {
    const folder = synthesizedFolder();
    const plugins = path.join(folder, "terraform.d", "plugins");
    for (const name of fs.readdirSync(plugins, { recursive: true, encoding: "utf8" })) {
      const file = path.join(plugins, name);
      if (fs.statSync(file).isFile()) fs.appendFileSync(file, "# more\n");
    }
    const { status, output } = terraform(folder, "init");
    expect(status).toBe(1);
    expect(output.replace(/\W+/g, " ")).toContain("doesn t match any of the checksums");
  });
});
