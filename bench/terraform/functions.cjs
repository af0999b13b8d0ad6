// Functions under the provider, as many as asked: `node functions.cjs COUNT FOLDER` synthesizes them in a folder, makes them
// on the local platform and writes the state that 10,000 applies of Terraform would leave: that would take a quarter of an hour.
const fs = require("node:fs");
const path = require("node:path");
const { synthesizeFunctions } = require("../functions.cjs");
const { library } = require("../library.cjs");

const PROVIDER = 'provider["terraform.local/cdktf-scf/scf"]';
const nothing = new Uint8Array(0);

async function deploy(directory) {
  const { ScfProvider } = library("terraform/provider/scf-provider");
  const { kinds } = library("kinds");
  const { resourceShapeOf, toProperties, toTerraform } = library("terraform/schema");
  const configuration = JSON.parse(fs.readFileSync(path.join(directory, "scf.tf.json"), "utf8"));
  const shape = resourceShapeOf(kinds.scf_function.schema);
  const provider = new ScfProvider(directory, process.env);
  await provider.configure({ terraformVersion: "1.11.4", config: configuration.provider.scf });
  const make = async ([name, config]) => {
    const proposed = toTerraform(shape, toProperties(shape, config).properties, {});
    const request = { type: shape.type, config, private: nothing };
    const { planned } = await provider.plan({ ...request, proposed });
    const { signal } = new globalThis.AbortController();
    const made = await provider.apply({ ...request, planned, signal });
    if (made.diagnostics?.length > 0) throw new Error(`${name}: ${made.diagnostics[0].summary}`);
    return instanceOf(shape.type, name, made);
  };
  return Promise.all(Object.entries(configuration.resource[shape.type]).map(make));
}

function instanceOf(type, name, { state, private: kept }) {
  const instance = { schema_version: 0, attributes: state, sensitive_attributes: [] };
  return {
    mode: "managed",
    type,
    name,
    provider: PROVIDER,
    instances: [{ ...instance, private: Buffer.from(kept).toString("base64") }],
  };
}

async function main(count, folder) {
  const directory = synthesizeFunctions(count, folder);
  const resources = await deploy(directory);
  const { terraform } = JSON.parse(fs.readFileSync(path.join(directory, "cdk.tf.json"), "utf8"));
  const state = {
    version: 4,
    terraform_version: "1.0.0",
    serial: 1,
    lineage: "11111111-2222-4333-8444-555555555555",
    outputs: {},
    resources,
    check_results: null,
  };
  fs.writeFileSync(terraform.backend.local.path, JSON.stringify(state));
  console.log(JSON.stringify({ directory }));
  process.exit();
}

main(Number(process.argv[2]), process.argv[3]).catch((error) => {
  console.error(error);
  process.exit(1);
});
