import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import { ended, orders, printed, shopProgram, TestProject } from "./project";

// Two functions, one after the other, so that there is a call left to make when the first is there.
const body = `${orders()}
const later = new scf.Function(stack, "later", {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 'later';"),
  environment: { FIRST: orders.functionName },
});
orders.addAlias("live", { version: orders.currentVersion });`;

function shop(): TestProject {
  const platform = "Platform.local({ delayMs: Number(process.env.DELAY_MS ?? 0) })";
  return new TestProject({ files: { "main.js": shopProgram(body).replace("Platform.local()", platform) } });
}

interface Running {
  readonly child: ChildProcess;
  readonly end: ReturnType<typeof ended>;
}

/** Starts a deploy, and waits until its first call was accepted. It takes a while, so that it can be caught at it. */
async function deploying(project: TestProject): Promise<Running> {
  const child = project.start(["deploy", "--auto-approve"], { DELAY_MS: "1500" });
  const end = ended(child);
  await printed(child, "creating function");
  while (!writeCalls(project).includes("CreateFunction")) await pause(20);
  return { child, end };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function writeCalls(project: TestProject): string[] {
  const { stdout } = project.run(["local", "calls", "--json"]);
  const { calls } = JSON.parse(stdout) as { calls: { action: string; write: boolean }[] };
  return calls.filter(({ write }) => write).map(({ action }) => action);
}

function files(project: TestProject): Record<string, string> {
  const folder = ".cdktf-scf/shop";
  return Object.fromEntries(
    fs.readdirSync(project.file(folder)).map((name) => [name, project.read(`${folder}/${name}`)]),
  );
}

const all = ["CreateFunction", "CreateFunction", "PublishVersion", "CreateAlias"].sort();

test("a second deploy refuses while the first works, and names it; the first is not disturbed", async () => {
  const project = shop();
  const { child, end } = await deploying(project);
  const second = project.run(["deploy", "--auto-approve"]);
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toMatch(
    new RegExp(
      `^Error: The state of shop is locked by \`deploy\` of \\S+ \\(process ${child.pid} on \\S+ since \\d\\d:\\d\\d:\\d\\d\\)\\.\n` +
        "Wait until that run has ended\\.\n$",
    ),
  );
  const { exitCode } = await end;
  expect(exitCode).toBe(0);
  expect(writeCalls(project).sort()).toEqual(all);
  expect(project.run(["diff"])).toMatchObject({ exitCode: 0, stderr: "" });
});

test("what a killed deploy held is taken over by the next, which makes nothing twice", async () => {
  const project = shop();
  const { child, end } = await deploying(project);
  child.kill("SIGKILL");
  await end;
  const next = project.run(["deploy", "--auto-approve"]);
  expect(next.exitCode).toBe(0);
  expect(next.stdout + next.stderr).toMatch(
    new RegExp(
      `The lock of \`deploy\` of \\S+ \\(process ${child.pid} .*\\) was taken over: that process is gone\\.`,
    ),
  );
  expect(
    writeCalls(project)
      .filter((action) => action.startsWith("Create"))
      .sort(),
  ).toEqual(["CreateAlias", "CreateFunction", "CreateFunction"]);
  expect(project.run(["diff"]).exitCode).toBe(0);
});

test("one that was stopped while another took over makes no further call and records nothing", async () => {
  const project = shop();
  const { child, end } = await deploying(project);
  child.kill("SIGSTOP");
  const refused = project.run(["unlock", "shop", "--auto-approve"]);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain("that process is working on this machine");
  expect(project.run(["unlock", "shop", "--force", "--auto-approve"]).exitCode).toBe(0);
  const other = project.run(["deploy", "--auto-approve"]);
  expect({ exitCode: other.exitCode, stderr: other.stderr }).toEqual({ exitCode: 0, stderr: "" });
  const [calls, recorded] = [writeCalls(project), files(project)];

  child.kill("SIGCONT");
  const { exitCode, output } = await end;
  expect(exitCode).toBe(1);
  expect(output).toMatch(/The lock of this run, .*lock\.json, was removed while it was working\./);
  expect(output).toContain("run the command again: it goes on where this run stopped");
  expect(writeCalls(project)).toEqual(calls);
  expect(files(project)).toEqual(recorded);
  expect(calls.filter((action) => action === "CreateFunction")).toHaveLength(2);
  expect(project.run(["diff"])).toMatchObject({ exitCode: 0, stderr: "" });
});
