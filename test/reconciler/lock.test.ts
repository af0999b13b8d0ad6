import { spawn, type ChildProcess } from "child_process";
import * as fs from "fs";
import { hostname } from "os";
import { join } from "path";
import type { Kind } from "../../lib/kinds/kind";
import { stateIn } from "../../lib/reconciler";
import { Lock } from "../../lib/reconciler/lock";
import { boxKind } from "./fake-kinds";
import { box, deadProcess, planOf, Project, temporaryFolder } from "./support";

const plan = planOf({ a: box("a"), b: box("b", {}, ["shop/a"]) });
const lockFile = (project: Project): string => join(project.stateDirectory, "lock.json");

function holderOf(pid: number, more: object = {}): string {
  return JSON.stringify({
    pid,
    host: hostname(),
    user: "anna",
    since: new Date(2025, 1, 3, 12, 1, 7).toISOString(),
    purpose: "deploy",
    token: "t0",
    ...more,
  });
}

function held(content: string): Project {
  const project = new Project();
  fs.mkdirSync(project.stateDirectory, { recursive: true });
  fs.writeFileSync(lockFile(project), content);
  return project;
}

test("is there during a run and gone after it, also after a failed one", async () => {
  const project = new Project();
  let seen = "";
  project.platform.before = () => {
    seen = fs.readFileSync(lockFile(project), "utf8");
    throw new Error("broken");
  };
  await project.deploy(plan);
  expect(JSON.parse(seen)).toMatchObject({ pid: process.pid, purpose: "deploy", host: hostname() });
  expect(fs.readdirSync(project.stateDirectory).filter((name) => name.includes("lock"))).toEqual([]);
});

test("fails when a live process holds it, and names the holder", async () => {
  const project = held(holderOf(process.pid));
  await expect(project.deploy(plan)).rejects.toMatchObject({
    code: "STATE_LOCKED",
    message: `The state of shop is locked by \`deploy\` of anna (process ${process.pid} on ${hostname()} since 2025-02-03 12:01:07).`,
    fix: "Wait until that run has ended.",
  });
  expect(fs.readFileSync(lockFile(project), "utf8")).toBe(holderOf(process.pid));
  expect(project.platform.calls).toEqual([]);
});

test.each([
  ["on another host", { host: "elsewhere" }],
  ["of another start of the machine, or in another container,", { machine: "another" }],
])("fails when a process %s holds it, and says how to free it", async (_, holder) => {
  const project = held(holderOf(deadProcess(), holder));
  await expect(project.deploy(plan)).rejects.toMatchObject({
    code: "STATE_LOCKED",
    fix: "Wait until that run has ended. If it was cut off, `cdktf-scf unlock shop` frees the state.",
  });
});

test("fails on a lock that cannot be read", async () => {
  await expect(held("").deploy(plan)).rejects.toMatchObject({ code: "STATE_LOCKED" });
});

test("comparing does not need it", async () => {
  expect((await held(holderOf(process.pid)).difference(plan)).changes).toHaveLength(2);
});

test("a dead holder's is taken over with a warning", async () => {
  const project = held(holderOf(deadProcess()));
  await project.deploy(plan);
  expect(project.told("warning")).toMatchObject([
    {
      message: expect.stringMatching(
        /^The lock of `deploy` of anna .* was taken over: that process is gone\.$/,
      ) as string,
    },
  ]);
  expect(fs.existsSync(lockFile(project))).toBe(false);
});

test("a process of the same number that started later is not the holder", async () => {
  const project = held(holderOf(process.pid, { processStart: "1" }));
  await project.deploy(plan);
  expect(project.told("warning")).toHaveLength(1);
});

test("a holder that died while taking over is taken over too", () => {
  const folder = temporaryFolder();
  fs.writeFileSync(join(folder, "lock.json"), holderOf(deadProcess()));
  fs.writeFileSync(join(folder, "lock.json.t0.taken"), holderOf(deadProcess(), { token: "t1" }));
  const lock = Lock.acquire(folder, "shop", "deploy");
  expect(lock.takenOverFrom?.token).toBe("t0");
  expect(fs.readdirSync(folder)).toEqual(["lock.json"]);
  lock.release();
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("one whose lock was taken away makes no further call and writes nothing", async () => {
  const project = new Project();
  let journal = "";
  project.platform.after = ({ action }) => {
    if (action !== "CreateBox") return;
    fs.writeFileSync(lockFile(project), holderOf(process.pid, { token: "other" }));
    journal = fs.readFileSync(project.newest("journal"), "utf8");
  };
  await expect(project.deploy(plan)).rejects.toMatchObject({
    code: "LOCK_LOST",
    message: expect.stringContaining("The lock of this run was taken over by `deploy` of anna") as string,
  });
  expect(project.platform.writes).toEqual(["CreateBox"]);
  expect(fs.readFileSync(project.newest("journal"), "utf8")).toBe(journal);
  expect(JSON.parse(fs.readFileSync(lockFile(project), "utf8"))).toMatchObject({ token: "other" });
});

test("one whose lock was taken away makes no further call in the middle of an operation either", async () => {
  const project = new Project();
  const create: Kind["create"] = async (context, wanted) => {
    const { id } = await boxKind.create({ ...context, record: () => Promise.resolve() }, wanted);
    return { id };
  };
  project.kinds = { ...project.kinds, box: { ...boxKind, create } };
  project.platform.after = () => fs.rmSync(lockFile(project));
  await expect(project.deploy(planOf({ a: box("a", { tags: { team: "a" } }) }))).rejects.toMatchObject({
    code: "LOCK_LOST",
    message: `The lock of this run, ${lockFile(project)}, was removed while it was working.`,
  });
  expect(project.platform.writes).toEqual(["CreateBox"]);
});

test("the second of two runs in one process fails, the first is not disturbed", async () => {
  const project = new Project();
  const second = project.fork();
  second.options = { state: stateIn(project.stateDirectory) };
  const difference = await second.difference(plan);
  const outcomes: unknown[] = [];
  project.platform.after = () => {
    outcomes.push(
      second
        .reconciler(plan)
        .apply(difference, { purpose: "deploy" })
        .catch((error: { code: string }) => error.code),
    );
  };
  await project.deploy(plan);
  expect(await Promise.all(outcomes)).toEqual(["STATE_LOCKED", "STATE_LOCKED"]);
  await project.expectNothingToDo(plan);
});

test("of many processes that find a dead holder's lock exactly one gets it", async () => {
  const folder = temporaryFolder();
  fs.writeFileSync(join(folder, "lock.json"), holderOf(deadProcess()));
  const program = `
    const { Lock } = require("./dist/reconciler/lock.js");
    process.stdin.once("data", () => {
      try { Lock.acquire(${JSON.stringify(folder)}, "shop", "deploy"); process.stdout.write("got"); }
      catch (error) { process.stdout.write(error.code); }
      process.stdin.once("data", () => process.exit());
    });
    process.stdout.write("ready");`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ["-e", program], { cwd: join(__dirname, "../..") }),
  );
  const word = (child: ChildProcess): Promise<string> =>
    new Promise((resolve) => child.stdout?.once("data", (data: Buffer) => resolve(data.toString())));
  await Promise.all(children.map(word));
  const words = children.map(word);
  for (const child of children) child.stdin?.write("go\n");
  const outcomes = (await Promise.all(words)).sort();
  for (const child of children) child.stdin?.write("end\n");
  expect(outcomes).toEqual(["STATE_LOCKED", "STATE_LOCKED", "STATE_LOCKED", "got"]);
});
