import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { installPackedInto } from "../installed";
import { temporaryFolder, writeFiles } from "../temporary-folder";

const program = (engine: string, entryPoint: string): string => `
import { App, TerraformStack } from "${engine}";
import * as scf from "${entryPoint}";

const app = new App();
class Shop extends TerraformStack {
  constructor() {
    super(app, "shop");
    new scf.ScfProvider(this, "scf", { region: scf.Region.GUANGZHOU, platform: scf.Platform.local() });
    const orders = new scf.Function(this, "orders", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromInline("exports.main_handler = async () => 'orders';"),
      timeout: scf.Duration.seconds(30),
      environment: { TARGETS: JSON.stringify(this.node.tryGetContext("targetVersions")) },
    });
    orders.addAlias("live", { version: orders.currentVersion });
    new scf.Output(this, "name", { value: orders.functionName });
  }
}
new Shop();
app.synth();
`;

const wrong = `
import * as scf from "cdktf-scf/cdktn";
import { openLocalPlatform } from "cdktf-scf/local";

// @ts-expect-error a misspelt property
new scf.ScfProvider(undefined as never, "scf", { regions: "ap-guangzhou" });
// @ts-expect-error it takes an object
openLocalPlatform("local.db");
`;

const configuration = {
  language: "typescript",
  app: "npx ts-node --transpile-only main.ts",
  targetVersions: { terraform: ">=1.11.0" },
};
const compilerOptions = { target: "ES2022", strict: true, esModuleInterop: true, noEmit: true };

let folder = "";

/** The package as it is published, in a project where cdktn is the only engine. */
beforeAll(() => {
  folder = temporaryFolder();
  installPackedInto(path.join(folder, "node_modules"), ["cdktf"]);
  writeFiles(folder, {
    "cdktf.json": JSON.stringify(configuration),
    "tsconfig.json": JSON.stringify({ compilerOptions: { ...compilerOptions, module: "commonjs" } }),
    "main.ts": program("cdktn", "cdktf-scf/cdktn"),
  });
});

function run(script: string, words: readonly string[]): { status: number | null; output: string } {
  const environment = { ...process.env };
  for (const name of Object.keys(environment)) {
    if (/^(TENCENTCLOUD_|CDKTF_|FORCE_COLOR|NODE_OPTIONS|CI$)/.test(name)) delete environment[name];
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(folder, "node_modules", script), ...words],
    { cwd: folder, env: environment, encoding: "utf8" },
  );
  return { status, output: `${stdout}${stderr}` };
}

const commandLine = (...words: string[]): { status: number | null; output: string } =>
  run("cdktf-scf/dist/cli/bin.js", words);

test("a program for cdktn is deployed, has no difference then, and is destroyed", () => {
  expect(commandLine("deploy", "--auto-approve")).toMatchObject({ status: 0 });
  const plan = fs.readFileSync(path.join(folder, "cdktf.out/stacks/shop/scf.plan.json"), "utf8");
  expect(plan).toContain(String.raw`{\"terraform\":\">=1.11.0\"}`);
  const configuration = fs.readFileSync(path.join(folder, "cdktf.out/stacks/shop/cdk.tf.json"), "utf8");
  expect(configuration).toContain('"version": "0.24.0"');
  expect(commandLine("diff")).toMatchObject({ status: 0 });
  expect(commandLine("output", "--json").output).toContain("orders");
  expect(commandLine("import", "--all", "--local", "--out", "imported")).toMatchObject({ status: 0 });
  expect(fs.readFileSync(path.join(folder, "imported/main.ts"), "utf8")).toContain(
    'import { App, TerraformStack } from "cdktn";\nimport * as scf from "cdktf-scf/cdktn";\n',
  );
  expect(commandLine("destroy", "--auto-approve")).toMatchObject({ status: 0 });
});

test.each([
  ["node16", "node16"],
  ["commonjs", "node10"],
])("a program for cdktn has its types with module %s, resolved as %s", (module, moduleResolution) => {
  const options = { ...compilerOptions, module, moduleResolution, ignoreDeprecations: "5.0" };
  writeFiles(folder, {
    "types/tsconfig.json": JSON.stringify({ compilerOptions: { ...options, skipLibCheck: true, types: [] } }),
    "types/main.ts": program("cdktn", "cdktf-scf/cdktn"),
    "types/wrong.ts": wrong,
  });
  expect(run("typescript/bin/tsc", ["-p", "types"])).toEqual({ status: 0, output: "" });
});

test("fails where the entry point is for an engine that is not installed", () => {
  writeFiles(folder, { "other.ts": program("cdktn", "cdktf-scf") });
  const { status, output } = commandLine("synth", "--app", "npx ts-node --transpile-only other.ts");
  expect(status).toBe(1);
  expect(output).toContain('"cdktf-scf" works with cdktf, which is not installed here.');
  expect(output).toContain(
    'Write `import * as scf from "cdktf-scf/cdktn"` in a program for cdktn; otherwise run `npm install cdktf@0.21`.',
  );
});
