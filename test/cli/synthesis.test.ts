import { orders, shopProgram, stack, TestProject, typeScriptProject } from "./project";

test("synth writes the plan and says so", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(orders()) } });
  expect(project.run(["synth"])).toEqual({
    exitCode: 0,
    stdout: "shop: 1 resource, 1 package → cdktf.out/stacks/shop/scf.plan.json\n",
    stderr: "",
  });
  expect(project.json("cdktf.out/stacks/shop/scf.plan.json")).toMatchObject({
    stack: "shop",
    validated: true,
  });
  const other = project.run(["synth", "--output", "build/out", "--json"]);
  expect(JSON.parse(other.stdout)).toEqual({
    output: "build/out",
    stacks: [{ name: "shop", plan: "build/out/stacks/shop/scf.plan.json", resources: 1, assets: 1 }],
    terraformStacks: [],
  });
  expect(project.read("build/out/stacks/shop/scf.plan.json")).toBe(
    project.read("cdktf.out/stacks/shop/scf.plan.json"),
  );
});

test("a program gets what cdktf hands over: folder, arguments, context, output", () => {
  const project = new TestProject({
    config: { app: "node program/main.js --fast", context: { stage: "test" } },
    files: {
      "program/main.js": `
if (require.main !== module) throw new Error("not the main module");
console.log(JSON.stringify({ folder: process.cwd(), arguments: process.argv.slice(2), outdir: process.env.CDKTF_OUTDIR }));
const { App } = require("cdktf");
const app = new App();
console.log(app.node.tryGetContext("stage"), app.node.tryGetContext("user"));
app.synth();`,
      "below/file": "",
    },
  });
  const { exitCode, stdout, stderr } = project.run(["synth"], { CDKTF_CONTEXT_JSON: '{"user":"ada"}' });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toBe(
    '{"folder":"<project>","arguments":["--fast"],"outdir":"<project>/cdktf.out"}\n' +
      "test ada\nThe program has no stack, so there is nothing to write.\n",
  );
});

test("a stack without functions is Terraform's", () => {
  const project = new TestProject({
    files: {
      "main.js": `const { App, TerraformStack } = require("cdktf");
const app = new App(); new TerraformStack(app, "network"); app.synth();`,
    },
  });
  expect(project.run(["synth"]).stdout).toBe("network: Terraform configuration only\n");
  expect(project.run(["diff"]).stderr).toContain("There is no stack with functions in the program.");
});

test("validate writes nothing and prints the findings, for people and for machines", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(orders()) } });
  expect(project.run(["validate"])).toEqual({
    exitCode: 0,
    stdout: "✓ No rule is broken: 1 resource in 1 stack checked.\n",
    stderr: "",
  });
  project.write({ "main.js": shopProgram(orders("memory: 320,")) });
  const people = project.run(["validate"]);
  expect(people).toMatchObject({ exitCode: 1, stderr: "" });
  expect(people.stdout).toContain("ERROR FN-MEM");
  const machines = project.run(["validate", "--json"]);
  expect(machines).toMatchObject({ exitCode: 1, stderr: "" });
  expect(JSON.parse(machines.stdout)).toMatchObject({
    format: "cdktf-scf/findings",
    summary: { errors: 1 },
    findings: [
      { rule: "FN-MEM", places: [{ address: "shop/orders", location: { file: "main.js", line: 9 } }] },
    ],
  });
  expect(project.has("cdktf.out")).toBe(false);
});

test("annotations of all stacks are shown; an error among them stops", () => {
  const annotated = (level: string): string => `
const { App, TerraformStack, Annotations } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stack("shop", `${orders()} Annotations.of(orders).${level}("ask the platform team");`)}
${stack("stock", `${orders()} Annotations.of(stack).${level}("ask them too");`)}
app.synth();`;
  const project = new TestProject({ files: { "main.js": annotated("addWarning") } });
  const warned = project.run(["synth"]);
  expect(warned.exitCode).toBe(0);
  expect(warned.stderr).toBe(
    "WARNING  ask the platform team\n  shop/orders\n\nWARNING  ask them too\n  stock\n\n",
  );
  project.write({ "main.js": annotated("addError") });
  const stopped = project.run(["deploy", "*", "--auto-approve"]);
  expect(stopped).toMatchObject({ exitCode: 1, stdout: "" });
  expect(stopped.stderr).toBe(
    "ERROR  ask the platform team\n  shop/orders\n\nERROR  ask them too\n  stock\n",
  );
  expect(project.has("cdktf.out/stacks/shop/scf.plan.json")).toBe(false);
});

test("findings name the line in TypeScript", () => {
  const project = typeScriptProject(`
interface Removed {
  readonly byTranslation: string;
}
import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";

class Shop extends TerraformStack {
  constructor(app: App) {
    super(app, "shop");
    new scf.ScfProvider(this, "scf", { region: scf.Region.GUANGZHOU, platform: scf.Platform.local() });
    new scf.Function(this, "orders", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromInline("exports.main_handler = async () => 1;"),
      memory: 320 as scf.MemoryMb,
    });
  }
}
const app = new App();
new Shop(app);
app.synth();
`);
  expect(project.run(["synth"]).stderr).toMatch(/shop\/orders .* at main\.ts:12\n/);
});

test("options of the project's tsconfig.json count, those of the files it extends too", () => {
  const project = typeScriptProject(`
function logged(_: object, context: ClassMethodDecoratorContext | string) { console.log(typeof context); }
class Base { @logged method() {} }
import def from "./legacy.js";
console.log(def.name);
import { App } from "cdktf";
new App().synth();
`);
  project.write({
    "legacy.js": `module.exports = { name: "legacy" };`,
    "base.json": JSON.stringify({ compilerOptions: { experimentalDecorators: true, esModuleInterop: true } }),
    "tsconfig.json":
      '{ "extends": "./base.json", /* a comment */ "compilerOptions": { "target": "ES2020" } }',
  });
  const none = "The program has no stack, so there is nothing to write.\n";
  expect(project.run(["synth"]).stdout).toBe(`string\nlegacy\n${none}`);
  project.write({ "base.json": JSON.stringify({ compilerOptions: { esModuleInterop: true } }) });
  expect(project.run(["synth"]).stdout).toBe(`object\nlegacy\n${none}`);
  project.write({ "tsconfig.json": "{ " });
  const { exitCode, stderr } = project.run(["synth"]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Error: <project>\/tsconfig\.json cannot be used: .*\nCorrect the file/);
});
