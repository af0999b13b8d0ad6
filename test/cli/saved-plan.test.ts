import * as fs from "node:fs";
import * as os from "node:os";
import Ajv from "ajv/dist/2020";
import { savedPlanJsonSchema } from "../../lib/reconciler/saved-plan-schema";
import { serializeSavedPlan, type SavedPlan } from "../../lib/reconciler/saved-plan";
import { copiesOf, orders, shopProgram, stack, TestProject, type RunResult } from "./project";

const program = (changes = "memory: 256,"): Readonly<Record<string, string>> => ({
  "main.js": shopProgram(
    `${orders(changes)}
     orders.addAlias("live", { version: orders.currentVersion });
     new scf.Output(stack, "name", { value: orders.functionName });`,
  ),
});

function writeCalls(project: TestProject): string[] {
  const { calls } = JSON.parse(project.run(["local", "calls", "--json"]).stdout) as {
    calls: { action: string; write: boolean }[];
  };
  return calls.filter(({ write }) => write).map(({ action }) => action);
}

function allCalls(project: TestProject): number {
  const { calls } = JSON.parse(project.run(["local", "calls", "--json"]).stdout) as { calls: unknown[] };
  return calls.length;
}

function forgetCalls(project: TestProject): void {
  expect(project.run(["local", "reset", "--calls"]).exitCode).toBe(0);
}

/** A project in which everything is deployed, and a plan to change it is saved. */
const withSavedPlan = copiesOf(() => {
  const project = new TestProject({ files: program() });
  expect(project.run(["deploy", "--auto-approve"])).toMatchObject({ exitCode: 0, stderr: "" });
  project.write(program("memory: 512,"));
  expect(project.run(["diff", "--out", "plan.json"])).toMatchObject({ exitCode: 2, stderr: "" });
  forgetCalls(project);
  return project;
});

function deploy(project: TestProject, ...more: string[]): RunResult {
  return project.run(["deploy", "plan.json", "--auto-approve", ...more]);
}

/** Refused with these words, and without a call. */
function expectRefused(project: TestProject, ...says: string[]): void {
  const { exitCode, stdout, stderr } = deploy(project);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  for (const text of says) expect(stderr).toContain(text);
  expect(allCalls(project)).toBe(0);
}

test("a plan is saved and deployed as it was shown, without running the program", () => {
  const project = new TestProject({ files: program() });
  const diff = project.run(["diff", "--out", "plan.json"]);
  expect(diff).toMatchObject({ exitCode: 2, stderr: "" });
  expect(diff.stdout).toContain(
    "shop: 3 to create, 1 output to change.\n\n" +
      "Saved to plan.json. `cdktf-scf deploy plan.json` does exactly this.\n",
  );
  expect(project.has(".cdktf-scf/shop")).toBe(false);
  if (os.platform() !== "win32") expect(fs.statSync(project.file("plan.json")).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(project.directory).filter((name) => name.includes("partial"))).toEqual([]);

  project.write({ "main.js": "throw new Error('the program was run');" });
  const { exitCode, stdout, stderr } = deploy(project);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^The plan of \d{4}-\d\d-\d\d \d\d:\d\d UTC, from plan\.json:\n\n/);
  expect(stdout).toContain("+ create   function default/shop-orders  shop/orders\n");
  expect(stdout).toMatch(/shop: 3 created \(/);
  expect(stdout).toMatch(/Outputs of shop:\n {2}name = "shop-orders"\n$/);
  project.write(program());
  expect(project.run(["diff"])).toMatchObject({ exitCode: 0 });
});

test("a saved change is deployed, and a second time refused", () => {
  const project = withSavedPlan();
  project.write(program("memory: 1024,"));
  expect(deploy(project)).toMatchObject({ exitCode: 0, stderr: "" });
  expect(writeCalls(project)).toEqual(["UpdateFunctionConfiguration", "PublishVersion", "UpdateAlias"]);
  forgetCalls(project);
  expectRefused(
    project,
    "Error: The state of shop has changed since it was compared: serial 1, record ",
    "Write the plan again and look at it: `cdktf-scf diff --out plan.json`.",
  );
});

test("it stands in the published format, whole and with a checksum", () => {
  const project = withSavedPlan();
  const saved = project.json("plan.json") as SavedPlan;
  const published = fs.readFileSync(require.resolve("cdktf-scf/saved-plan.schema.json"), "utf8");
  expect(JSON.parse(published)).toEqual(savedPlanJsonSchema());
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(savedPlanJsonSchema());
  expect(validate(saved) || validate.errors).toBe(true);
  expect(saved).toMatchObject({
    format: "cdktf-scf/saved-plan",
    formatVersion: 1,
    toolVersion: project.run(["--version"]).stdout.trim(),
    stacks: [{ planDirectory: "cdktf.out/stacks/shop", plan: { stack: "shop" } }],
  });
  expect(serializeSavedPlan({ createdAt: saved.createdAt, stacks: saved.stacks })).toBe(
    project.read("plan.json"),
  );
});

test("machines get the name of the file, and the events of the deploy", () => {
  const project = new TestProject({ files: program() });
  const { stdout, exitCode } = project.run(["diff", "--out", "plan.json", "--json"]);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ stacks: [{ stack: "shop" }], saved: "plan.json" });
  const deployed = deploy(project, "--json");
  expect(deployed.exitCode).toBe(0);
  const lines = deployed.stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as { type: string }); // prettier-ignore
  expect(lines.at(-1)?.type).toBe("run-finished");
});

test("several stacks are saved together and deployed in their order", () => {
  const project = new TestProject({
    files: {
      "main.js": `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
let role;
${stack("access", 'role = new scf.Role(stack, "run");')}
${stack("shop", `shop.addDependency(access); ${orders("role,")}`)}
app.synth();
`,
    },
  });
  expect(project.run(["diff", "*", "--out", "plan.json"]).exitCode).toBe(2);
  const { exitCode, stdout, stderr } = deploy(project);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout.indexOf("access: 1 created")).toBeGreaterThan(0);
  expect(stdout.indexOf("shop: 1 created")).toBeGreaterThan(stdout.indexOf("access: 1 created"));
  expect(project.run(["diff", "*"]).exitCode).toBe(0);

  expect(project.run(["diff", "shop", "--out", "plan.json"]).exitCode).toBe(0);
  expect(project.run(["destroy", "*", "--auto-approve"]).exitCode).toBe(0);
  forgetCalls(project);
  expectRefused(project, "Error: The state of shop has changed since it was compared");
});

test("no secret stands in it in clear, and the deploy sends what the environment has", () => {
  const project = new TestProject({
    files: program('environment: { KEY: scf.Secret.fromEnvironment("SHOP_KEY") },'),
  });
  const environment = { SHOP_KEY: "very-secret-value" };
  expect(project.run(["diff", "--out", "plan.json"], environment).exitCode).toBe(2);
  expect(project.read("plan.json")).not.toContain("very-secret-value");
  const without = project.run(["deploy", "plan.json", "--auto-approve"]);
  expect(without.exitCode).toBe(1);
  expect(without.stdout + without.stderr).toContain("SHOP_KEY");
  expect(project.run(["diff", "--out", "plan.json"], environment).exitCode).toBe(2);
  expect(project.run(["deploy", "plan.json", "--auto-approve"], environment).exitCode).toBe(0);
  expect(project.run(["diff"], environment).exitCode).toBe(0);
});

describe("a saved plan is refused without a call", () => {
  test("when the state has moved on since", () => {
    const project = withSavedPlan();
    project.write(program("memory: 128,"));
    expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
    forgetCalls(project);
    expectRefused(project, "Error: The state of shop has changed since it was compared: serial 1, ");
  });

  test("when its stack was deployed for the first time by somebody else meanwhile", () => {
    const project = new TestProject({ files: program() });
    expect(project.run(["diff", "--out", "plan.json"]).exitCode).toBe(2);
    expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
    forgetCalls(project);
    expectRefused(
      project,
      "Error: The state of shop has changed since it was compared: serial 0, record 0 then;",
    );
  });

  test("when a package on disk is not the one of the plan, or is gone", () => {
    const project = new TestProject({ files: program() });
    expect(project.run(["diff", "--out", "plan.json"]).exitCode).toBe(2);
    const [zip = ""] = fs.readdirSync(project.file("cdktf.out/assets"));
    const file = project.file(`cdktf.out/assets/${zip}`);
    const bytes = fs.readFileSync(file);
    bytes[50] = (bytes[50] ?? 0) ^ 0xff;
    fs.writeFileSync(file, bytes);
    forgetCalls(project);
    const says = `Error: shop cannot be deployed as it was shown: The package <project>/cdktf.out/assets/${zip}`;
    expectRefused(project, `${says} is not the one that the plan was made with.`);
    fs.rmSync(file);
    expectRefused(project, `${says} cannot be read: `);
  });

  test.each([
    [
      "cut off",
      (text: string) => text.slice(0, text.length / 2),
      "Error: plan.json is no whole saved plan: it is not JSON (",
    ],
    ["empty", () => "", "Error: plan.json is no whole saved plan: it is empty."],
    [
      "something else",
      () => '{ "format": "cdktf-scf/plan" }',
      "Error: plan.json is no saved plan of cdktf-scf.",
    ],
    [
      "changed by hand",
      (text: string) => text.replaceAll('"after": 512', '"after": 1024'),
      "Error: plan.json is damaged: it is not as it was written.",
    ],
    [
      "written by a newer cdktf-scf",
      (text: string) => text.replace(/"toolVersion": "[^"]+"/, '"toolVersion": "97.2.0"'),
      "Error: plan.json was written by cdktf-scf 97.2.0 in format 1; this is ",
    ],
    [
      "in a newer format",
      (text: string) => text.replace(/"formatVersion": 1,\n {2}"stacks"/, '"formatVersion": 2,\n  "stacks"'),
      " in format 2; this is ",
    ],
  ] as const)("when it is %s", (title, change, says) => {
    const project = withSavedPlan();
    const before = project.read("plan.json");
    const after = change(before);
    expect(after).not.toBe(before);
    project.write({ "plan.json": after });
    expectRefused(project, says, "cdktf-scf diff --out plan.json`");
    if (title !== "something else") expect(project.run(["diff", "--out", "plan.json"]).exitCode).toBe(2);
  });

  test("without somebody who agrees", () => {
    const project = withSavedPlan();
    const { exitCode, stderr } = project.run(["deploy", "plan.json"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("`cdktf-scf deploy` asks before it changes anything");
    expect(allCalls(project)).toBe(0);
  });

  test.each([
    [["--target", "shop/orders"], "Error: --target cannot be given with the saved plan plan.json."],
    [
      ["--skip-synth", "-o", "x"],
      "Error: --output and --skip-synth cannot be given with the saved plan plan.json.",
    ],
  ])("with options of the comparison: %s", (more, says) => {
    const project = withSavedPlan();
    expect(deploy(project, ...more)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(says) as string,
    });
    expect(allCalls(project)).toBe(0);
  });
});

describe("what is a file, and what is a stack", () => {
  const project = new TestProject({ files: program() });

  test.each([
    [["plans/next"], "Error: There is no file plans/next.\n"],
    [["plan.json"], "Error: There is no file plan.json.\n"],
    [["cdktf.out/"], "Error: There is no file cdktf.out/"],
    [["main.js"], "Error: main.js is no saved plan of cdktf-scf.\nName a saved plan, "],
    [["main.js", "shop"], "Error: main.js is a file, and a saved plan is deployed by itself.\n"],
    [["shopp"], "Error: There is no stack shopp "],
  ])("%j", (names, says) => {
    const { exitCode, stderr } = project.run(["deploy", ...names, "--auto-approve"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(says);
  });

  test("fails to save over a file that is no plan, before anything is compared", () => {
    const before = project.read("main.js");
    expect(project.run(["diff", "--out", "main.js"])).toMatchObject({
      exitCode: 1,
      stderr:
        "Error: main.js is there already, and is no saved plan: it is left as it is.\nName another file with --out.\n",
    });
    expect(project.read("main.js")).toBe(before);
    expect(project.run(["diff", "--out", "none/plan.json"]).stderr).toBe(
      "Error: none/plan.json cannot be written: its folder does not exist.\nMake the folder first.\n",
    );
    expect(project.run(["diff", "--out", "node_modules"]).stderr).toContain(
      "Error: node_modules cannot be written: a folder is in the way.\n",
    );
  });
});
