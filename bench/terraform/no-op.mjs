import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { measureInTurn } from "../measure.mjs";
import { environment, findTerraform, makeTerraformProject } from "../reconciler/terraform.mjs";
import { root } from "../small-project.mjs";

const here = path.join(root, "bench", "terraform");
/** A plan of more than a thousand takes minutes. */
const roundsOf = (count) => (count > 1_000 ? 1 : 3);
const commands = {
  plan: ["plan", "-input=false", "-no-color", "-detailed-exitcode"],
  apply: ["apply", "-input=false", "-no-color", "-auto-approve"],
};

/**
 * Terraform with nothing to do: functions under the provider, read from the local platform; the same functions under a provider
 * that answers with what it is asked; and as much of `terraform_data`, which is in Terraform itself and reads nothing.
 */
export function measureNoOp({ sizes = [1_000, 10_000] }) {
  const terraform = findTerraform();
  if (!terraform)
    return [{ what: "no-op plan of functions by Terraform (missing: terraform is not in the PATH)" }];
  return sizes.flatMap((count) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-bench-"));
    try {
      return measureSize(terraform, count, folder);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
}

function measureSize(terraform, count, folder) {
  const { directory } = runNode("functions.cjs", String(count), folder);
  const subjects = [
    { name: "ours", cwd: directory },
    { name: "echo", cwd: echoProject(folder, directory) },
    { name: "data", cwd: dataProject(folder, directory, count) },
  ];
  return Object.entries(commands).flatMap(([command, words]) => {
    const timed = subjects.map((subject) => ({
      ...subject,
      command: [terraform, ...words],
      env: environment(),
    }));
    const times = measureInTurn(timed, roundsOf(count));
    const what = `\`terraform ${command}\`, nothing to do, ${count.toLocaleString("en")} functions`;
    const row = (name, reference, goal) => ({
      what,
      time: times.get("ours"),
      reference,
      referenceTime: times.get(name),
      goal,
    });
    return [
      row("data", "`terraform_data`, inside Terraform", command === "plan" ? 1.05 : undefined),
      row("echo", "a provider that only answers"),
    ];
  });
}

/** The same stack, with a package beside it whose provider looks at nothing. */
function echoProject(folder, directory) {
  const copy = path.join(folder, "echo");
  fs.cpSync(directory, copy, { recursive: true });
  const main = path.join(copy, "package", "dist", "terraform", "main.js");
  fs.mkdirSync(path.dirname(main), { recursive: true });
  const program = path.join(here, "echo-provider.cjs");
  fs.writeFileSync(main, `require(${JSON.stringify(program)});\n`);
  fs.writeFileSync(path.join(copy, "terraform.d", "cdktf-scf.path"), "package\n");
  initialize(directory);
  initialize(copy);
  return copy;
}

/** Resources of Terraform's own that hold what the functions do. */
function dataProject(folder, directory, count) {
  const { resource } = JSON.parse(fs.readFileSync(path.join(directory, "scf.tf.json"), "utf8"));
  const inputs = Object.values(resource.scf_function);
  const place = path.join(folder, "data");
  fs.mkdirSync(place);
  makeTerraformProject(place, count, true, (index) => inputs[index]);
  return place;
}

function initialize(cwd) {
  const result = spawnSync("terraform", ["init", "-input=false", "-no-color"], {
    cwd,
    env: environment(),
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`terraform init failed:\n${result.stdout}${result.stderr}`);
}

function runNode(file, ...parameters) {
  const result = spawnSync(process.execPath, [path.join(here, file), ...parameters], {
    cwd: parameters.at(-1),
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`${file} failed:\n${result.stdout}${result.stderr}`);
  return JSON.parse(result.stdout.trim().split("\n").pop());
}
