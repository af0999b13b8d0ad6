import fs from "fs";
import { join } from "path";
import { readState } from "../../lib/reconciler";
import { decodeJournal } from "../../lib/reconciler/journal";
import { box, planOf, Project, temporaryFolder } from "./support";

const plan = planOf({ a: box("a"), b: box("b") });
const bigger = planOf({ a: box("a"), b: box("b"), c: box("c") });

const snapshot = (project: Project): string => join(project.stateDirectory, "state.json");
const backup = (project: Project): string => join(project.stateDirectory, "state.backup.json");
const journal = (project: Project): string => join(project.stateDirectory, "journal.log");

/** A project whose second run was cut off in the middle: there is a snapshot and a journal. */
async function cutOff(): Promise<Project> {
  const project = new Project();
  await project.deploy(plan);
  let fork: Project | undefined;
  project.platform.after = ({ action }) => {
    if (action === "CreateBox") fork ??= project.fork();
  };
  await project.deploy(bigger);
  return fork as Project;
}

test("files are for their owner only, and the journal is empty after a run", async () => {
  const project = new Project();
  await project.deploy(plan);
  await project.deploy(bigger);
  expect(fs.readdirSync(project.stateDirectory).sort()).toEqual([
    "journal.log",
    "state.backup.json",
    "state.json",
  ]);
  expect(fs.statSync(project.stateDirectory).mode & 0o777).toBe(0o700);
  for (const path of [snapshot, backup, journal]) expect(fs.statSync(path(project)).mode & 0o777).toBe(0o600);
  expect(fs.readFileSync(journal(project), "utf8")).toBe("");
  expect(JSON.parse(fs.readFileSync(snapshot(project), "utf8"))).toMatchObject({
    serial: 2,
    formatVersion: 1,
  });
  expect(JSON.parse(fs.readFileSync(backup(project), "utf8"))).toMatchObject({ serial: 1 });
});

test("a folder without a state is no state", () => {
  expect(readState(temporaryFolder())).toBeUndefined();
  expect(readState("/does/not/exist")).toBeUndefined();
});

test("records are one per line, each with its checksum, begin before end", async () => {
  const project = await cutOff();
  const { records, torn } = decodeJournal(fs.readFileSync(journal(project)));
  expect(torn).toBe(false);
  expect(records.map(({ type }) => type)).toEqual(["run", "begin"]);
  expect(records[1]).toMatchObject({ address: "shop/c", generation: 1, operation: "create", epoch: 2 });
  expect(records[1]?.sequence).toBe((records[0]?.sequence ?? NaN) + 1);
});

describe("a torn end of the journal", () => {
  test.each([
    ["cut in the last record", (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
    ["cut before the newline", (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ["followed by zeros", (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(4096)])],
    [
      "cut and followed by zeros",
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, bytes.length - 9), Buffer.alloc(99)]),
    ],
    [
      "half old, half garbage",
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, bytes.length - 9), Buffer.from("!!!!!!!!\n")]),
    ],
  ])("%s, is cut off with a warning", async (_name, tear) => {
    const project = await cutOff();
    fs.writeFileSync(journal(project), tear(fs.readFileSync(journal(project))));
    const difference = await project.difference(bigger);
    expect(difference.warnings).toEqual([
      expect.stringContaining("is torn: its run was cut off while writing it"),
    ]);
    await project.deploy(bigger);
    expect(project.told("warning")).toMatchObject([
      { message: expect.stringContaining("process is gone") as string },
      { message: expect.stringContaining("torn") as string },
    ]);
    await project.expectNothingToDo(bigger);
    expect(Object.keys(project.platform.world.boxes)).toEqual(["a", "b", "c"]);
  });

  test("at every byte is read as what was whole before it", async () => {
    const project = await cutOff();
    const bytes = fs.readFileSync(journal(project));
    for (let length = 0; length <= bytes.length; length++) {
      fs.writeFileSync(journal(project), bytes.subarray(0, length));
      const state = readState(project.stateDirectory);
      expect(Object.keys(state?.resources ?? {})).toEqual(["shop/a", "shop/b"]);
      expect(Object.keys(state?.unfinished ?? {})).toEqual(length === bytes.length ? ["shop/c"] : []);
    }
  });
});

describe("damage", () => {
  test("fails on a flipped byte in the middle of the journal, and names the snapshot", async () => {
    const project = await cutOff();
    const bytes = fs.readFileSync(journal(project));
    bytes[40] = (bytes[40] as number) ^ 1;
    fs.writeFileSync(journal(project), bytes);
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "STATE_DAMAGED",
      message: `${journal(project)} is damaged: line 1 does not fit its checksum.`,
      fix: expect.stringContaining(`The last good snapshot is ${snapshot(project)} (serial 1)`) as string,
    });
  });

  test("fails on a missing record", async () => {
    const project = await cutOff();
    const [, second] = fs.readFileSync(journal(project), "utf8").split("\n");
    fs.writeFileSync(journal(project), `${second}\n`);
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "STATE_DAMAGED",
      message: expect.stringMatching(/record \d+ is missing before record \d+/) as string,
    });
  });

  test.each([
    ["an empty snapshot", (text: string) => text.slice(0, 0), "it is empty"],
    ["half a snapshot", (text: string) => text.slice(0, 200), "it is not JSON"],
    [
      "a snapshot edited by hand",
      (text: string) => text.replace('"size":1', '"size":9'),
      "its content does not fit its checksum",
    ],
    ["another JSON file", () => "{}", "it is not a state of cdktf-scf"],
    ["a file of zeros", (text: string) => "\0".repeat(text.length), "it is not JSON"],
  ])("fails on %s, names the backup, and changes nothing", async (_name, damage, what) => {
    const project = new Project();
    await project.deploy(plan);
    await project.deploy(bigger);
    fs.writeFileSync(snapshot(project), damage(fs.readFileSync(snapshot(project), "utf8")));
    const before = project.everything();
    const problem = {
      code: "STATE_DAMAGED",
      message: expect.stringContaining(`${snapshot(project)} is damaged: ${what}`) as string,
      fix: expect.stringContaining(`The last good snapshot is ${backup(project)} (serial 1)`) as string,
    };
    await expect(project.difference(bigger)).rejects.toMatchObject(problem);
    expect(() => readState(project.stateDirectory)).toThrow("is damaged");
    expect(project.everything()).toBe(before);
  });

  test("fails on a missing snapshot when other files are there", async () => {
    const project = await cutOff();
    fs.rmSync(snapshot(project));
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "STATE_DAMAGED",
      message: expect.stringContaining("it is missing, though other files of the state are there") as string,
      fix: expect.stringContaining(`The last good snapshot is ${backup(project)} (serial 0)`) as string,
    });
    fs.rmSync(backup(project));
    await expect(project.difference(plan)).rejects.toMatchObject({
      fix: expect.stringContaining("There is no other good snapshot") as string,
    });
  });

  test("the backup can be put in place, and what was made since is found by its mark", async () => {
    const project = new Project();
    await project.deploy(plan);
    await project.deploy(bigger);
    fs.copyFileSync(backup(project), snapshot(project));
    fs.rmSync(journal(project));
    await project.converge(bigger);
    expect(project.platform.world.minted).toBe(3);
  });

  test("fails on a state of a newer version", async () => {
    const project = new Project();
    await project.deploy(plan);
    fs.writeFileSync(snapshot(project), JSON.stringify({ format: "cdktf-scf/state", formatVersion: 7 }));
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "STATE_VERSION",
      message: `${snapshot(project)} has state format 7; this cdktf-scf reads formats up to 1.`,
    });
  });
});

describe("writing", () => {
  afterEach(() => jest.restoreAllMocks());

  test("fails when the folder cannot be made", async () => {
    const project = new Project();
    const reconciler = project.reconciler(plan);
    const difference = await reconciler.difference();
    fs.writeFileSync(project.stateDirectory, "a file");
    await expect(reconciler.apply(difference, { purpose: "deploy" })).rejects.toMatchObject({
      code: "STATE_UNWRITABLE",
      message: expect.stringContaining(`The state cannot be written to ${project.stateDirectory}`) as string,
    });
    expect(project.platform.writes).toEqual([]);
    await expect(project.difference(plan)).rejects.toMatchObject({ code: "STATE_UNREADABLE" });
  });

  test("fails on a full disk: nothing new starts, what runs ends, the next run goes on", async () => {
    const project = new Project();
    project.options = { concurrency: 2 };
    const many = planOf(
      Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`b${index}`, box(`b${index}`)])),
    );
    const real = fs.fdatasync;
    let flushes = 0;
    jest.spyOn(fs, "fdatasync").mockImplementation(((
      descriptor: number,
      done: (error: Error | null) => void,
    ) => {
      flushes++;
      if (flushes < 3) real(descriptor, done);
      else setImmediate(() => done(Object.assign(new Error("ENOSPC"), { code: "ENOSPC" })));
    }) as typeof fs.fdatasync);
    await expect(project.deploy(many)).rejects.toMatchObject({
      code: "STATE_UNWRITABLE",
      message: `The state cannot be written to ${journal(project)}: the disk is full.`,
    });
    const made = project.platform.writes.length;
    expect(made).toBeLessThan(9);
    expect(project.told("warning").length).toBeGreaterThan(0);
    expect(fs.existsSync(join(project.stateDirectory, "lock.json"))).toBe(false);
    jest.restoreAllMocks();
    await project.converge(many);
    expect(project.platform.world.minted).toBe(9);
  });

  test("a snapshot that cannot be written leaves the journal, which is as good", async () => {
    const project = new Project();
    await project.deploy(plan);
    const real = fs.renameSync;
    jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      if (String(to).endsWith("state.json")) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
      real(from, to);
    });
    await project.deploy(bigger);
    expect(project.told("warning")).toMatchObject([
      { message: expect.stringContaining("could not be folded into the snapshot") as string },
    ]);
    jest.restoreAllMocks();
    expect(Object.keys(project.state?.resources ?? {})).toHaveLength(3);
    await project.expectNothingToDo(bigger);
  });

  test("a crash between the new snapshot and emptying the journal does no harm", async () => {
    const project = new Project();
    await project.deploy(plan);
    let text = "";
    const real = fs.ftruncateSync;
    jest.spyOn(fs, "ftruncateSync").mockImplementation((descriptor, length) => {
      if (length === 0 && fs.statSync(journal(project)).size > 0)
        text = fs.readFileSync(journal(project), "utf8");
      real(descriptor, length);
    });
    await project.deploy(bigger);
    expect(text).toContain("shop/c");
    fs.writeFileSync(journal(project), text);
    await project.expectNothingToDo(bigger);
    expect(project.state?.serial).toBe(2);
  });
});
