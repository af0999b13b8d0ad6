import * as path from "node:path";
import { temporaryFolder, writeFiles } from "../temporary-folder";
import { ended, orders, printed, shopProgram, TestProject } from "./project";

// eslint-disable-next-line no-control-regex -- colours and cursor movements
const escapes = /\u001B\[[?\d;]*[a-zA-Z]/g;

/** Pipes that say of themselves that they are a terminal. */
const FAKE_TERMINAL = `
for (const stream of [process.stdin, process.stdout, process.stderr]) stream.isTTY = true;
process.stdout.columns = process.stderr.columns = 100;
process.stdout.rows = process.stderr.rows = 40;`;

function shop(program = shopProgram(orders())): TestProject {
  return new TestProject({ files: { "main.js": program } });
}

/** In one place for all projects: cached modules are for one value of NODE_OPTIONS. */
const tools = temporaryFolder();
writeFiles(tools, { "terminal.js": FAKE_TERMINAL });

function onTerminal(environment: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { TERM: "xterm", NODE_OPTIONS: `--require ${path.join(tools, "terminal.js")}`, ...environment };
}

describe("the question", () => {
  test("is answered with the whole word: then it is done, and seen being done", () => {
    const project = shop();
    const { exitCode, stdout } = project.run(["deploy"], onTerminal(), "yes\n");
    expect(exitCode).toBe(0);
    const text = stdout.replace(escapes, "");
    expect(text).toContain("shop: 1 to create.\n\nDeploy shop? Only `yes` is taken: ");
    expect(text).toContain("✓ created function default/shop-orders");
    expect(text).toContain("shop: 1 created");
  });

  test.each([["no\n"], ["y\n"], ["YES\n"], ["\n"], [""]])(
    "is declined by %j: nothing is changed",
    (answer) => {
      const project = shop();
      const { exitCode, stdout } = project.run(["deploy"], onTerminal(), answer);
      expect(exitCode).toBe(1);
      expect(stdout).toContain("Nothing was changed.\n");
      expect(project.has(".cdktf-scf/shop")).toBe(false);
    },
  );

  test("is not asked when there is nothing to do", () => {
    const project = shop();
    expect(project.run(["deploy"], onTerminal(), "yes\n").exitCode).toBe(0);
    const { exitCode, stdout } = project.run(["deploy"], onTerminal());
    expect(exitCode).toBe(0);
    expect(stdout.replace(escapes, "")).toBe("shop: nothing to do, 1 resource as declared.\n\n");
  });

  test("comes before everything is deleted, too", () => {
    const project = shop();
    expect(project.run(["deploy", "--auto-approve"]).exitCode).toBe(0);
    const kept = project.run(["destroy"], onTerminal(), "no\n");
    expect(kept.exitCode).toBe(1);
    expect(kept.stdout).toContain("Delete all of this for good?");
    expect(project.run(["state", "list"]).stdout).toContain("shop/orders");
    expect(project.run(["destroy"], onTerminal(), "yes\n").exitCode).toBe(0);
  });
});

test("work that takes long shows how long it has taken", async () => {
  const slow = shopProgram(orders()).replace("Platform.local()", "Platform.local({ delayMs: 2500 })");
  const project = shop(slow);
  const child = project.start(["deploy", "--auto-approve"], onTerminal());
  const { exitCode, output } = await ended(child);
  expect(exitCode).toBe(0);
  const text = output.replace(escapes, "");
  expect(text).toMatch(/[⠙⠹⠸⠼] creating function default\/shop-orders {2}0 s {2}waiting for .* Active\n/);
  expect(text).toMatch(/creating function default\/shop-orders {2}2 s/);
  expect(text).toMatch(/0 of 1 operation, 1 running, 2 s/);
  // The cursor is hidden while lines are redrawn, and shown again.
  expect(output).toContain("\u001B[?25l");
  expect(output.lastIndexOf("\u001B[?25h")).toBeGreaterThan(output.lastIndexOf("\u001B[?25l"));
});

test("Ctrl-C while lines are redrawn says what happens, and leaves the cursor", async () => {
  const slow = shopProgram(orders()).replace("Platform.local()", "Platform.local({ delayMs: 1500 })");
  const project = shop(slow);
  const child = project.start(["deploy", "--auto-approve"], onTerminal());
  const end = ended(child);
  await printed(child, "creating function");
  child.kill("SIGINT");
  const { exitCode, output } = await end;
  expect(exitCode).toBe(130);
  expect(output).toContain("Stopping: 1 operation in progress will be finished.");
  expect(output.lastIndexOf("\u001B[?25h")).toBeGreaterThan(output.lastIndexOf("\u001B[?25l"));
});

test("colours are for terminals, unless the environment decides", () => {
  const project = shop();
  // eslint-disable-next-line no-control-regex -- the colours themselves
  const color = /\u001B\[\d+m/;
  const diff = (environment: NodeJS.ProcessEnv): string => project.run(["diff"], environment).stdout;
  expect(diff({})).not.toMatch(color);
  expect(diff(onTerminal())).toMatch(color);
  expect(diff(onTerminal({ NO_COLOR: "1" }))).not.toMatch(color);
  expect(diff(onTerminal({ NO_COLOR: "" }))).toMatch(color);
  expect(diff(onTerminal({ TERM: "dumb" }))).not.toMatch(color);
  expect(diff({ FORCE_COLOR: "1" })).toMatch(color);
  expect(diff({ FORCE_COLOR: "0" })).not.toMatch(color);
  expect(diff({ FORCE_COLOR: "1", NO_COLOR: "1" })).not.toMatch(color);
});

test("findings are coloured like everything else", () => {
  const project = shop(shopProgram(orders("memory: 320,")));
  expect(project.run(["synth"], { FORCE_COLOR: "1" }).stderr).toContain("\u001B[31mERROR FN-MEM");
  expect(project.run(["synth"]).stderr).toContain("ERROR FN-MEM");
});

test("a reader that leaves early is no failure", async () => {
  const project = shop();
  project.run(["synth"]);
  const child = project.start(["diff"]);
  child.stdout?.destroy();
  const { output } = await ended(child);
  expect(output).not.toContain("EPIPE");
});
