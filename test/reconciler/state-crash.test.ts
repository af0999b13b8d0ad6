import fs from "fs";
import { basename, join } from "path";
import { box, deadProcess, planOf, Project, temporaryFolder } from "./support";
import type { World } from "./fake-platform";
import { WatchedDisk } from "./watched-disk";

const layer = (content: string) => ({ kind: "layer", properties: { family: "deps", content } });
const before = planOf({ a: box("a"), b: box("b"), deps: layer("one") });
const after = planOf({ a: box("a", { size: 2 }), c: box("c"), deps: layer("two") });

interface Found {
  readonly at: string;
  readonly project: Project;
}

/** Runs what is given, and keeps the project as it would be found had it been cut off before each change to a file. */
async function cutOffEverywhere(project: Project, run: () => Promise<unknown>): Promise<Found[]> {
  const found: Found[] = [];
  const disk = new WatchedDisk(project.stateDirectory, ({ call, file }, watched) => {
    for (const cause of ["kill", "power failure"] as const) {
      const fork = new Project(structuredClone(project.platform.world), temporaryFolder());
      watched.copyTo(fork.stateDirectory, cause);
      fork.killHolder();
      killThoseTakingOver(fork);
      fork.options = project.options;
      const at = `${cause} before step ${Math.floor(found.length / 2)}, ${call} ${basename(file)}`;
      found.push({ at, project: fork });
    }
  });
  try {
    await run();
  } finally {
    disk.stop();
  }
  return found;
}

/** What is wrong with one of many is told with where it was cut off. */
async function each(found: readonly Found[], check: (project: Project) => Promise<void>): Promise<void> {
  for (const { at, project } of found) {
    try {
      await check(project);
    } catch (error) {
      (error as Error).message = `${at}: ${(error as Error).message}`;
      throw error;
    }
  }
}

async function deployed(project: Project): Promise<void> {
  await project.deploy(before);
}

function fromOlderTool(project: Project): void {
  fs.cpSync(join(__dirname, "states", "format-1"), project.stateDirectory, { recursive: true });
  const platform = join(project.stateDirectory, "platform.json");
  project.platform.world = JSON.parse(fs.readFileSync(platform, "utf8")) as World;
  fs.rmSync(platform);
}

test.each([
  ["a first run", (project: Project) => fs.mkdirSync(project.stateDirectory)],
  ["a run over an older state", deployed],
  ["a run over a state of an older tool", fromOlderTool],
])("%s, cut off before every change to a file, ends as if it had not been", async (_name, prepare) => {
  const plan = after;
  const project = new Project();
  project.options = { concurrency: 2 };
  await prepare(project);
  const found = await cutOffEverywhere(project, () => project.deploy(plan));
  expect(found.length).toBeGreaterThan(60);
  const steps = new Set(found.map(({ at }) => /, (\w+) /.exec(at)?.[1]));
  expect([...steps].sort()).toEqual([
    "fdatasync",
    "fsyncSync",
    "linkSync",
    "openSync",
    "renameSync",
    "rmSync",
    "writeSync",
  ]);
  const contentsOf = ({ platform }: Project): string[] =>
    platform.world.items.map(({ content }) => content).sort();
  await each(found, async (fork) => {
    await fork.converge(plan);
    expect(contentsOf(fork)).toEqual(contentsOf(project));
    expect(Object.keys(fork.platform.world.boxes).sort()).toEqual(["a", "c"]);
    expect(JSON.stringify(fork.told("warning"))).not.toMatch(/lost its lock|is missing/);
  });
});

/** Those that died while they were taking the lock over, or giving it back, are dead, too. */
function killThoseTakingOver({ stateDirectory }: Project): void {
  for (const name of fs.readdirSync(stateDirectory).filter((one) => one.endsWith(".taken"))) {
    const path = join(stateDirectory, name);
    const holder = JSON.parse(fs.readFileSync(path, "utf8")) as object;
    fs.writeFileSync(path, JSON.stringify({ ...holder, pid: deadProcess() }));
  }
}

test("taking over from a dead holder, cut off before every change to a file, leaves a lock that the next one takes", async () => {
  const project = new Project();
  await project.deploy(before);
  let killed: Project | undefined;
  project.platform.after = ({ action }) => {
    if (action === "CreateBox") killed ??= project.fork();
  };
  await project.deploy(after);
  const heir = killed as Project;
  const found = await cutOffEverywhere(heir, () => heir.deploy(after));
  const taking = found.filter(({ at }) => at.includes("lock.json"));
  expect(taking.length).toBeGreaterThan(10);
  await each(taking, async (fork) => {
    await fork.converge(after);
    expect(fs.existsSync(join(fork.stateDirectory, "lock.json"))).toBe(false);
    // What the dead have left over is cleared away once it is certain that they are.
    const lockFiles = (): string[] =>
      fs.readdirSync(fork.stateDirectory).filter((name) => /^lock/.test(name));
    for (const name of lockFiles()) fs.utimesSync(join(fork.stateDirectory, name), 1, 1);
    await fork.deploy(before);
    expect(lockFiles()).toEqual([]);
  });
});
