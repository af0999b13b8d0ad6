import * as fs from "node:fs";
import * as path from "node:path";
import {
  launcherFor,
  launcherHash,
  PACKAGE_PATH_FILE,
  platforms,
} from "../../../lib/model/terraform-launcher";
import { temporaryFolder, writeFiles } from "../../temporary-folder";
import { runTerraform } from "../terraform-command";
import { withTerraform } from "../with-terraform";
import { dist } from "./plugin-process";

withTerraform("with terraform", () => {
  const folder = (): string => {
    const made = temporaryFolder();
    for (const platform of platforms) {
      const { name, content } = launcherFor(platform, "0.1.0");
      const file = path.join(made, "terraform.d/plugins/terraform.local/cdktf-scf/scf/0.1.0", platform, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content, { mode: 0o755 });
    }
    const toy = JSON.stringify(path.join(__dirname, "toy", "main.cjs"));
    writeFiles(made, {
      [PACKAGE_PATH_FILE]: "package\n",
      "package/dist/terraform/main.js": `require(${toy});`,
      "head.tf": `terraform {
  required_providers {
    scf = {
      source  = "terraform.local/cdktf-scf/scf"
      version = "0.1.0"
    }
  }
}
provider "scf" {
  file = "things.json"
}`,
    });
    return made;
  };

  const terraform = (cwd: string, ...words: string[]) => {
    const { status, stdout, stderr } = runTerraform(cwd, [...words, "-no-color"], { TOY_DIST: dist });
    return { status, output: `${stdout}${stderr}`.replace(/[│\s]+/g, " ") };
  };

  const declare = (cwd: string, a: string) =>
    writeFiles(cwd, {
      "main.tf": `resource "scf_thing" "a" {\n${a}\n}
resource "scf_thing" "b" {
  name = "b"
  note = "x-\${scf_thing.a.id}"
}
data "scf_lookup" "found" {
  name = scf_thing.b.name
}
output "found" {
  value = data.scf_lookup.found.id
}`,
    });

  test("a provider goes through create, no change, update, replacement, import and destroy", () => {
    const cwd = folder();
    const rules =
      'labels = { x = "y" }\nrules = [{ path = "/", weight = 90071992547409931 }, { path = "/b" }]';
    declare(cwd, `name = "a"\nsize = 0.1\n${rules}`);
    expect(terraform(cwd, "init")).toMatchObject({ status: 0 });
    const { name, content } = launcherFor("linux_amd64", "0.1.0");
    if (process.platform !== "win32")
      expect(fs.readFileSync(path.join(cwd, ".terraform.lock.hcl"), "utf8")).toContain(
        launcherHash(name, content),
      );
    const created = terraform(cwd, "apply", "-auto-approve");
    expect(created).toMatchObject({
      status: 0,
      output: expect.stringContaining('found = "thing-b"') as string,
    });
    expect(terraform(cwd, "plan", "-detailed-exitcode")).toMatchObject({ status: 0 });

    declare(cwd, `name = "a2"\nsize = 0.2\n${rules}`);
    const replaced = terraform(cwd, "apply", "-auto-approve");
    expect(replaced.output).toContain('"a" -> "a2" # forces replacement');
    expect(replaced.output).toContain("Resources: 1 added, 1 changed, 1 destroyed.");

    expect(terraform(cwd, "state", "rm", "scf_thing.a")).toMatchObject({ status: 0 });
    expect(terraform(cwd, "import", "scf_thing.a", "thing-a2")).toMatchObject({ status: 0 });
    expect(terraform(cwd, "plan", "-detailed-exitcode")).toMatchObject({ status: 0 });
    expect(terraform(cwd, "destroy", "-auto-approve").output).toContain("Resources: 2 destroyed.");
    expect(fs.readFileSync(path.join(cwd, "things.json"), "utf8")).toBe("{}");
  });

  test("fails with diagnostics on the attribute, of what was thrown, and of an object that there is not", () => {
    const cwd = folder();
    declare(cwd, 'name = "a"\nsize = -1');
    expect(terraform(cwd, "init")).toMatchObject({ status: 0 });
    expect(terraform(cwd, "plan").output).toContain(
      'Error: A size is at least 0 with scf_thing.a, on main.tf line 3, in resource "scf_thing" "a": 3: size = -1 Give 0 or more.',
    );
    declare(cwd, 'name = "a"\nnote = "boom"');
    const { status, output } = terraform(cwd, "apply", "-auto-approve");
    expect(status).toBe(1);
    expect(output).toContain("Error: The thing went to pieces with scf_thing.a,");
    expect(output).toContain("Give another note.");
    expect(terraform(cwd, "import", "scf_thing.a", "nothing").output).toContain("There is no thing nothing");
  });
});
