import * as fs from "node:fs";
import * as os from "node:os";
import { orders, shopProgram, stack, TestProject } from "./project";

/** The command fails with sentences on standard error, without a stack trace, and has changed nothing that is recorded. */
function failure(project: TestProject, argv: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
  const before = recorded(project);
  const { exitCode, stderr } = project.run(argv, environment);
  expect(exitCode).toBe(1);
  expect(stderr).not.toMatch(/node:internal|\/node_modules\/|dist\/|^\s+at .*:\d+:\d+/m);
  expect(recorded(project)).toEqual(before);
  return stderr;
}

function recorded(project: TestProject): Record<string, string> {
  const folder = ".cdktf-scf/shop";
  const names = project.has(folder) ? fs.readdirSync(project.file(folder)) : [];
  return Object.fromEntries(names.map((name) => [name, project.read(`${folder}/${name}`)]));
}

function deployedShop(): TestProject {
  const project = new TestProject({ files: { "main.js": shopProgram(orders()) } });
  expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
  return project;
}

const program = (platform: string, body = orders()): string => `
const { App, TerraformStack, TerraformVariable } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stack("shop", body, platform)}
app.synth();
`;

describe("the plan", () => {
  const plan = "cdktf.out/stacks/shop/scf.plan.json";

  test("was never written", () => {
    const project = new TestProject({ files: { "main.js": shopProgram(orders()) } });
    expect(failure(project, ["diff", "--skip-synth"])).toBe(
      "Error: Nothing has been synthesized into <project>/cdktf.out yet.\n" +
        "Run `cdktf-scf synth` first, or leave out --skip-synth.\n",
    );
  });

  test("is taken as it is with --skip-synth", () => {
    const project = deployedShop();
    project.write({ "main.js": "throw new Error('not run');" });
    expect(project.run(["diff", "--skip-synth"])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, 100), /scf\.plan\.json is not JSON: .*\.\n/],
    ["of something else", () => "{}", /scf\.plan\.json is not a plan of cdktf-scf\.\n/],
    [
      "without resources",
      (text: string) => text.replace('"resources"', '"resource"'),
      /damaged: `resources` is missing/,
    ],
    [
      "of another stack",
      (text: string) => text.replace('"stack": "shop"', '"stack": "shed"'),
      /is the plan of stack shed, not of shop/,
    ],
    [
      "of a later format",
      (text: string) => text.replace('"formatVersion": 1', '"formatVersion": 9'),
      /has plan format 9/,
    ],
  ])("is %s", (_, damage, sentence) => {
    const project = deployedShop();
    project.write({ [plan]: damage(project.read(plan)) });
    const text = failure(project, ["deploy", "--auto-approve", "--skip-synth"]);
    expect(text).toMatch(sentence);
    expect(text).toMatch(/Run `cdktf-scf synth` to write it again\.|synthesize again with this one\./);
  });
});

describe("the state", () => {
  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["changed by hand", (text: string) => text.replace('"memory":', '"memori":')],
  ])("is damaged: %s", (_, damage) => {
    const project = deployedShop();
    const file = ".cdktf-scf/shop/snapshot.1.json";
    project.write({ [file]: damage(project.read(file)) });
    for (const argv of [["diff"], ["deploy", "--auto-approve"], ["destroy", "--auto-approve"], ["output"]]) {
      expect(failure(project, argv)).toMatch(
        /^Error: .*snapshot\.1\.json is damaged: .*\nThe last good snapshot is .*snapshot\.0\.json with journal\.1\.log/,
      );
    }
  });

  test("is locked by another run", () => {
    const project = deployedShop();
    const holder = {
      pid: process.pid,
      host: os.hostname(),
      user: "ada",
      since: new Date().toISOString(),
      purpose: "deploy",
      token: "0123456789abcdef01234567",
    };
    project.write({
      ".cdktf-scf/shop/lock.json": JSON.stringify(holder),
      "main.js": shopProgram(orders("memory: 512,")),
    });
    const text = failure(project, ["deploy", "--auto-approve"]);
    expect(text).toContain(`The state of shop is locked by \`deploy\` of ada (process ${process.pid} on `);
    expect(text).toContain("Wait until that run has ended.");
    // Looking changes nothing, and waits for nobody.
    expect(project.run(["diff"]).exitCode).toBe(2);
  });

  test("cannot be written", () => {
    const project = new TestProject({
      files: { "main.js": program('scf.Platform.local({ path: "local.db" })'), ".cdktf-scf": "a file" },
    });
    const text = project.run(["deploy", "--auto-approve"]);
    expect(text.exitCode).toBe(1);
    expect(text.stderr).toMatch(/\.cdktf-scf.* (cannot be|is not)/);
    expect(project.read(".cdktf-scf")).toBe("a file");
  });
});

describe("the platform", () => {
  test("has no credentials", () => {
    const project = new TestProject({ files: { "main.js": program("scf.Platform.tencentCloud()") } });
    const text = failure(project, ["deploy", "--auto-approve"]);
    expect(text).toContain("TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY");
    expect(text).toContain("Set TENCENTCLOUD_SECRET_ID");
  });

  test("cannot be reached", () => {
    const deployed = deployedShop();
    deployed.write({
      "main.js": program('scf.Platform.tencentCloud({ endpoint: "http://127.0.0.1:1" })'),
    });
    const project = new TestProject({
      files: { "main.js": deployed.read("main.js") },
    });
    const { exitCode, stdout, stderr } = project.run(["deploy", "--auto-approve"], {
      TENCENTCLOUD_SECRET_ID: "AKIDexample",
      TENCENTCLOUD_SECRET_KEY: "very-secret-key",
    });
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toMatch(/ECONNREFUSED|cannot be reached|No answer/);
    expect(stdout + stderr).toMatch(/[Nn]etwork|again/);
    expect(stdout + stderr).not.toContain("very-secret-key");
    expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  });

  test("gets a value that only Terraform can give", () => {
    const body = `const table = new TerraformVariable(stack, "table", { type: "string" });
      ${orders("environment: { TABLE: table.stringValue },")}`;
    const project = new TestProject({ files: { "main.js": program("scf.Platform.local()", body) } });
    for (const argv of [["diff"], ["deploy", "--auto-approve"]]) {
      const text = failure(project, argv);
      expect(text).toContain("Error: shop/orders: `environment` needs");
      expect(text).toContain("a value of another Terraform provider");
    }
  });

  test("gets a secret that is not set", () => {
    const body = orders('environment: { KEY: scf.Secret.fromEnvironment("SHOP_KEY") },');
    const project = new TestProject({ files: { "main.js": shopProgram(body) } });
    expect(failure(project, ["diff"])).toContain("SHOP_KEY");
  });
});

test("findings of two stacks are all reported, and no plan is left", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(orders()) } });
  expect(project.run(["synth"]).exitCode).toBe(0);
  project.write({
    "main.js": `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stack("shop", orders("memory: 320,"))}
${stack("stock", orders("timeout: scf.Duration.seconds(901),"))}
app.synth();`,
  });
  for (const argv of [["synth"], ["diff"], ["deploy", "--auto-approve"]]) {
    const { exitCode, stdout, stderr } = project.run(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/ERROR FN-MEM {2}.*320/);
    expect(stderr).toMatch(/shop\/orders .* at main\.js:9\n/);
    expect(stderr).toMatch(/ERROR FN-TIMEOUT {2}.*901/);
    expect(stderr).toMatch(/stock\/orders .* at main\.js:\d+\n/);
    expect(stderr).toContain("2 errors\n");
    for (const name of ["shop", "stock"]) {
      expect(project.has(`cdktf.out/stacks/${name}/scf.plan.json`)).toBe(false);
    }
  }
  expect(project.has(".cdktf-scf")).toBe(false);
});

test("an error that nobody expected says where to report it; its stack trace is for those who ask", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(orders()) } });
  project.write({
    "break.js": `require("node:fs").mkdirSync = () => { throw new Error("something odd"); };`,
  });
  const argv = ["synth"];
  const NODE_OPTIONS = `--require ${project.file("break.js")}`;
  const { exitCode, stderr } = project.run(argv, { NODE_OPTIONS });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("something odd");
  expect(stderr).not.toMatch(/^\s+at /m);
  const debug = project.run(argv, { NODE_OPTIONS, CDKTF_SCF_DEBUG: "1" });
  expect(debug.stderr).toMatch(/^\s+at .*break\.js/m);
});
