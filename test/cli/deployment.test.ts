import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { runEventSchema } from "../../lib/reconciler/event-schema";
import type { Difference } from "../../lib/reconciler/difference";
import type { RunEvent } from "../../lib/reconciler/events";
import { checkout, ended, orders, printed, shopProgram, stack, TestProject, type RunResult } from "./project";

const published = `orders.addAlias("live", { version: orders.currentVersion });
new scf.Output(stack, "name", { value: orders.functionName });`;

function deployedShop(body = orders("memory: 256,") + published): TestProject {
  const project = new TestProject({ files: { "main.js": shopProgram(body) } });
  const { exitCode, stderr } = project.run(["deploy", "--auto-approve"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return project;
}

function writeCalls(project: TestProject): string[] {
  const { stdout } = project.run(["local", "calls", "--json"]);
  const { calls } = JSON.parse(stdout) as { calls: { action: string; write: boolean }[] };
  return calls.filter(({ write }) => write).map(({ action }) => action);
}

function forgetCalls(project: TestProject): void {
  expect(project.run(["local", "reset", "--calls"]).exitCode).toBe(0);
}

function events(stdout: string): RunEvent[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

test("a stack lives: diff, deploy, change, outputs, state, destroy", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(orders("memory: 256,") + published) } });
  const first = project.run(["diff"]);
  expect(first.exitCode).toBe(2);
  expect(first.stdout).toContain("+ create   function default/shop-orders  shop/orders\n");
  expect(first.stdout).toContain("        version: (known after apply)\n");
  expect(first.stdout).toContain("shop: 3 to create, 1 output to change.\n");
  expect(project.has(".cdktf-scf/shop")).toBe(false);

  const deploy = project.run(["deploy", "--auto-approve"]);
  expect(deploy).toMatchObject({ exitCode: 0, stderr: "" });
  expect(deploy.stdout).toMatch(/✓ created function default\/shop-orders {2}\d+ ms\n/);
  expect(deploy.stdout).toMatch(/shop: 3 created \(.*3 write calls, \d+ read calls\)\n/);
  expect(deploy.stdout).toMatch(/Outputs of shop:\n {2}name = "shop-orders"\n$/);

  forgetCalls(project);
  expect(project.run(["diff"])).toMatchObject({
    exitCode: 0,
    stdout: "shop: nothing to do, 3 resources as declared.\n\n",
    stderr: "",
  });
  expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
  expect(writeCalls(project)).toEqual([]);

  project.write({ "main.js": shopProgram(orders("memory: 512,") + published) });
  const changed = project.run(["diff"]);
  expect(changed.exitCode).toBe(2);
  expect(changed.stdout).toContain(
    "  ~ update   function default/shop-orders  shop/orders\n        memory: 256 → 512\n",
  );
  expect(changed.stdout).toContain("+ publish  version default/shop-orders");
  expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
  expect(writeCalls(project)).toEqual(["UpdateFunctionConfiguration", "PublishVersion", "UpdateAlias"]);

  expect(project.run(["output", "--json"]).stdout).toBe(
    '{\n  "name": {\n    "value": "shop-orders",\n    "sensitive": false\n  }\n}\n',
  );
  expect(project.run(["state", "list"]).stdout).toBe(
    "shop/orders                 scf_function\n" +
      "shop/orders/CurrentVersion  scf_version\n" +
      "shop/orders/live            scf_alias\n",
  );
  const shown = project.run(["state", "show", "shop/orders/live"]).stdout;
  expect(shown).toContain("shop/orders/live  scf_alias, generation 1\n  properties\n");
  expect(shown).toContain('    version: "2"\n');
  expect(shown).toContain("  refers to shop/orders, shop/orders/CurrentVersion\n");

  const destroy = project.run(["destroy", "--auto-approve"]);
  expect(destroy).toMatchObject({ exitCode: 0, stderr: "" });
  expect(destroy.stdout).toContain("  - delete   function default/shop-orders  shop/orders\n");
  const again = project.run(["destroy", "--auto-approve"]);
  expect(again).toMatchObject({
    exitCode: 0,
    stdout: "Nothing is deployed from here, so there is nothing to delete.\n",
  });
  expect(project.run(["destroy", "shop", "--auto-approve"]).stdout).toBe(
    "shop: nothing is deployed, nothing to do.\n\n",
  );
});

test("what was changed elsewhere is shown with all three values, and restored", () => {
  const project = deployedShop();
  const call = project.run([
    "local",
    "call",
    "scf",
    "UpdateFunctionConfiguration",
    '{"FunctionName":"shop-orders","MemorySize":128}',
  ]);
  expect(call.exitCode).toBe(0);
  const { stdout, exitCode } = project.run(["diff"]);
  expect(exitCode).toBe(2);
  expect(stdout).toContain("        memory: 128 → 256  changed elsewhere, recorded 256\n");
  expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
  expect(project.run(["diff"]).exitCode).toBe(0);
});

test("machines get the difference and the events as JSON, people the rest on standard error", () => {
  const secret = orders('environment: { KEY: scf.Secret.fromEnvironment("SHOP_KEY") },');
  const project = new TestProject({
    files: { "main.js": `console.log("from the program");${shopProgram(secret)}` },
  });
  const environment = { SHOP_KEY: "very-secret-value" };
  const diff = project.run(["diff", "--json"], environment);
  expect(diff.exitCode).toBe(2);
  expect(diff.stderr).toMatch(/^from the program\nUNCHECKED FN-ENV /);
  const { stacks } = JSON.parse(diff.stdout) as { stacks: Difference[] };
  expect(stacks[0]?.changes[0]).toMatchObject({ address: "shop/orders", operation: "create" });
  const hidden = stacks[0]?.changes[0]?.properties.find(({ name }) => name === "environment");
  expect(hidden).toMatchObject({ after: "(sensitive)", sensitive: true });

  const deploy = project.run(["deploy", "--auto-approve", "--json"], environment);
  expect(deploy.exitCode).toBe(0);
  expect(deploy.stderr).toContain("+ create   function");
  const told = events(deploy.stdout);
  for (const event of told) expect(runEventSchema.safeParse(event).error).toBeUndefined();
  const types = told.map(({ type }) => type);
  expect(types[0]).toBe("run-started");
  expect(types.at(-1)).toBe("run-finished");
  for (const text of [diff.stdout, diff.stderr, deploy.stdout, deploy.stderr]) {
    expect(text).not.toContain("very-secret-value");
  }
});

test("without a terminal, deploy and destroy ask for --auto-approve only where there is something to approve", () => {
  const project = new TestProject({ files: { "main.js": shopProgram(orders()) } });
  const refused = (command: string): string =>
    `Error: \`cdktf-scf ${command}\` asks before it changes anything, and there is no terminal to ask on.\n` +
    "Look at what it has shown, then run it again with --auto-approve.\n";
  const unknown = (command: string): RunResult => project.run([command, "nostack"]);
  expect(unknown("deploy")).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("nostack") as string,
  });
  expect(project.run(["destroy"])).toEqual({
    exitCode: 0,
    stdout: "Nothing is deployed from here, so there is nothing to delete.\n",
    stderr: "",
  });
  const deploy = project.run(["deploy"]);
  expect(deploy).toMatchObject({ exitCode: 1, stderr: refused("deploy") });
  expect(deploy.stdout).toContain("shop: 1 to create.\n");
  expect(project.has(".cdktf-scf/shop")).toBe(false);

  expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
  forgetCalls(project);
  expect(project.run(["deploy"])).toEqual({
    exitCode: 0,
    stdout: "shop: nothing to do, 1 resource as declared.\n\n",
    stderr: "",
  });
  const destroy = project.run(["destroy"]);
  expect(destroy).toMatchObject({ exitCode: 1, stderr: refused("destroy") });
  expect(destroy.stdout).toContain("- delete   function default/shop-orders");
  expect(unknown("destroy")).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("nostack") as string,
  });
  expect(writeCalls(project)).toEqual([]);
});

describe("several stacks", () => {
  const program = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stack("base", `${orders()} app.orders = orders;`)}
${stack(
  "apps",
  `
  const role = new scf.Policy(stack, "ops", { name: "ops" });
  app.orders.grants.invoke(role);
  new scf.Output(stack, "id", { value: app.orders.functionName });
`,
)}
app.synth();
`;

  test("one has to be named, and the names are listed", () => {
    const project = new TestProject({ files: { "main.js": program } });
    expect(project.run(["diff"]).stderr).toBe(
      "Error: There are 2 stacks with functions in the program: apps, base.\n" +
        "Name the ones you mean, or '*' for all of them.\n",
    );
    expect(project.run(["diff", "bse"])).toMatchObject({
      exitCode: 1,
      stderr: "Error: There is no stack bse with functions in the program.\nThe stacks are: apps, base.\n",
    });
  });

  test("are deployed after those that they refer to, and destroyed before them", () => {
    const project = new TestProject({ files: { "main.js": program } });
    const alone = project.run(["deploy", "apps", "--auto-approve"]);
    expect(alone.exitCode).toBe(1);
    expect(alone.stderr).toContain("Stack apps refers to base, which was never deployed.");
    expect(alone.stderr).toContain("`cdktf-scf deploy base apps`");
    const all = project.run(["deploy", "*", "--auto-approve", "--json"]);
    expect(all.exitCode).toBe(0);
    const starts = events(all.stdout).filter(({ type }) => type === "run-started");
    expect(starts.map((event) => event.stack)).toEqual(["base", "apps"]);
    const used = project.run(["destroy", "base", "--auto-approve"]);
    expect(used.exitCode).toBe(1);
    expect(used.stderr).toContain("Stack apps is deployed and refers to base.");
    const gone = project.run(["destroy", "*", "--auto-approve", "--json"]);
    expect(gone.exitCode).toBe(0);
    const ends = events(gone.stdout).filter(({ type }) => type === "run-started");
    expect(ends.map((event) => event.stack)).toEqual(["apps", "base"]);
  });

  test("are shown together before any of them is deployed, and what one does to the other is part of it", () => {
    const project = new TestProject({ files: { "main.js": program } });
    const before = project.run(["diff", "*"]);
    expect([before.exitCode, before.stderr]).toEqual([2, ""]);
    expect(before.stdout).toMatch(/base: \d+ to create/);
    expect(before.stdout).toMatch(/apps: \d+ to create/);
    expect(project.run(["deploy", "*", "--auto-approve"]).exitCode).toBe(0);
    expect(project.run(["diff", "*"]).exitCode).toBe(0);
  });

  test("a stack that has left the program can be destroyed", () => {
    const project = deployedShop();
    project.write({ "main.js": shopProgram(orders(), "other") });
    expect(project.run(["diff"]).stderr).toBe(
      "Stack shop is deployed and no longer in the program: `cdktf-scf destroy shop` deletes what is left.\n",
    );
    const { exitCode, stdout } = project.run(["destroy", "shop", "--auto-approve"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("shop: 3 deleted");
  });
});

describe("several commands at once in one project", () => {
  test("each see the plans of the program, not those that another is about to write", async () => {
    const project = deployedShop();
    const runs = Array.from({ length: 5 }, () => ended(project.start(["diff"])));
    for (const { exitCode, output } of await Promise.all(runs)) {
      expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    }
  });

  test("are not held up by one that was killed", () => {
    const project = deployedShop();
    project.write({ "cdktf.out/.synthesis": "999999999" });
    expect(project.run(["diff"])).toMatchObject({ exitCode: 0 });
  });
});

describe("a reader that goes away", () => {
  test("does not cut a deploy off", () => {
    const project = new TestProject({ files: { "main.js": shopProgram(orders() + published) } });
    const command = `"${process.execPath}" "${path.join(checkout, "dist/cli/bin.js")}" deploy --auto-approve | head -1`;
    spawnSync("/bin/sh", ["-c", command], { cwd: project.directory, encoding: "utf8" });
    expect(project.run(["diff"])).toMatchObject({ exitCode: 0 });
  });
});

describe("interruption", () => {
  const program = shopProgram(orders() + published).replace(
    "Platform.local()",
    "Platform.local({ delayMs: Number(process.env.DELAY_MS ?? 0) })",
  );
  /** Of the run that is interrupted. */
  const slow = { DELAY_MS: "1500" };

  test("the first Ctrl-C finishes what has begun, and the next deploy does the rest", async () => {
    const project = new TestProject({ files: { "main.js": program } });
    const child = project.start(["deploy", "--auto-approve"], slow);
    const end = ended(child);
    await printed(child, "creating function");
    child.kill("SIGINT");
    const { exitCode, output } = await end;
    expect(exitCode).toBe(130);
    expect(output).toContain("Stopping: 1 operation in progress will be finished.");
    expect(output).toContain("✓ created function default/shop-orders");
    expect(output).toContain("Interrupted. What was done is recorded; the next deploy does the rest.\n");
    const rest = project.run(["deploy", "--auto-approve"]);
    expect(rest.exitCode).toBe(0);
    expect(rest.stdout).toContain("shop: 2 created");
  });

  test.each(["SIGTERM", "SIGHUP"] as const)("%s is taken for Ctrl-C", async (signal) => {
    const project = new TestProject({ files: { "main.js": program } });
    const child = project.start(["deploy", "--auto-approve"], slow);
    const end = ended(child);
    await printed(child, "creating function");
    child.kill(signal);
    const { exitCode, output } = await end;
    expect(exitCode).toBe(130);
    expect(output).toContain("✓ created function default/shop-orders");
    expect(project.run(["deploy", "--auto-approve"])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("shop: 2 created") as string,
    });
  });

  test("the second Ctrl-C ends at once, and nothing is made twice", async () => {
    const project = new TestProject({ files: { "main.js": program } });
    const child = project.start(["deploy", "--auto-approve"], slow);
    const end = ended(child);
    await printed(child, "creating function");
    child.kill("SIGINT");
    await printed(child, "Stopping");
    child.kill("SIGINT");
    expect((await end).exitCode).toBe(130);
    expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
    expect(writeCalls(project).filter((action) => action === "CreateFunction")).toHaveLength(1);
  });
});
