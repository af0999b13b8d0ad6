import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** Settings of whoever runs the benchmark are no part of it. */
export const terraformEnvironment = {
  CHECKPOINT_DISABLE: "1",
  TF_IN_AUTOMATION: "1",
  TF_CLI_CONFIG_FILE: undefined,
};

const PROVIDER = 'provider["terraform.io/builtin/terraform"]';

/** Where terraform is, or undefined. */
export function findTerraform() {
  const found = spawnSync("terraform", ["version"], { env: environment(), encoding: "utf8" });
  return found.status === 0 ? "terraform" : undefined;
}

export function environment() {
  const all = { ...process.env, ...terraformEnvironment };
  delete all.TF_CLI_CONFIG_FILE;
  return all;
}

const shortText = (index) => `value of i${index}`;

/**
 * A folder with resources that do nothing, in the JSON that cdktf writes, on the local backend.
 *
 * @param {boolean} isApplied whether a state says that all of them are there, as an apply would have left it
 * @param {(index: number) => unknown} inputOf what each of them holds
 */
export function makeTerraformProject(folder, count, isApplied, inputOf = shortText) {
  const resources = {};
  for (let index = 0; index < count; index++) {
    resources[`i${index}`] = {
      "//": { metadata: { path: `bench/i${index}`, uniqueId: `i${index}` } },
      input: inputOf(index),
    };
  }
  const configuration = {
    "//": { metadata: { backend: "local", stackName: "bench", version: "0.21.0" }, outputs: {} },
    resource: { terraform_data: resources },
    terraform: { backend: { local: { path: path.join(folder, "terraform.bench.tfstate") } } },
  };
  fs.writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(configuration, undefined, 2));
  if (isApplied) {
    fs.writeFileSync(
      path.join(folder, "terraform.bench.tfstate"),
      JSON.stringify(stateOf(count, inputOf), undefined, 2),
    );
  }
  const result = spawnSync("terraform", ["init", "-input=false", "-no-color"], {
    cwd: folder,
    env: environment(),
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`terraform init failed:\n${result.stdout}${result.stderr}`);
}

function stateOf(count, inputOf) {
  return {
    version: 4,
    terraform_version: "1.0.0",
    serial: 1,
    lineage: "11111111-2222-4333-8444-555555555555",
    outputs: {},
    resources: Array.from({ length: count }, (_, index) => ({
      mode: "managed",
      type: "terraform_data",
      name: `i${index}`,
      provider: PROVIDER,
      instances: [
        {
          schema_version: 0,
          attributes: {
            id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
            input: dynamic(inputOf(index)),
            output: dynamic(inputOf(index)),
            triggers_replace: null,
          },
          sensitive_attributes: [],
        },
      ],
    })),
    check_results: null,
  };
}

/** A value of any type, with its type. */
function dynamic(value) {
  return { value, type: typeOf(value) };
}

function typeOf(value) {
  if (typeof value === "boolean") return "bool";
  if (typeof value !== "object") return typeof value;
  const types = Object.entries(value).map(([name, item]) => [name, typeOf(item)]);
  return ["object", Object.fromEntries(types)];
}
