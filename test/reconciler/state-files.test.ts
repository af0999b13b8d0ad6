import fs from "fs";
import { basename, join } from "path";
import { readState } from "../../lib/reconciler";
import { decodeJournal, encodeBatch } from "../../lib/reconciler/journal";
import type { JournalRecord } from "../../lib/reconciler/journal-record";
import { refusal } from "./fake-platform";
import { box, planOf, Project, temporaryFolder } from "./support";

const plan = planOf({ a: box("a"), b: box("b") });
const bigger = planOf({ a: box("a"), b: box("b"), c: box("c") });

const head = (project: Project): string => join(project.stateDirectory, "state.json");
const fileOf = (project: Project, name: string): string => join(project.stateDirectory, name);
const names = (project: Project): string[] => fs.readdirSync(project.stateDirectory).sort();

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

function retired(project: Project, snapshot = basename(project.newest("snapshot"))): object {
  const text = fs.readFileSync(fileOf(project, snapshot), "utf8");
  return (JSON.parse(text) as { bookkeeping: { retired: object } }).bookkeeping.retired;
}

function edit(path: string, change: (bytes: Buffer) => Buffer | string): void {
  fs.writeFileSync(path, change(fs.readFileSync(path)));
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
}

test("files are for their owner only; two snapshots and the journal between them stay after a run", async () => {
  const project = new Project();
  await project.deploy(plan);
  expect(names(project)).toEqual(["journal.1.log", "snapshot.0.json", "snapshot.1.json", "state.json"]);
  await project.deploy(bigger);
  expect(names(project)).toEqual(["journal.2.log", "snapshot.1.json", "snapshot.2.json", "state.json"]);
  expect(fs.statSync(project.stateDirectory).mode & 0o777).toBe(0o700);
  for (const name of names(project)) expect(fs.statSync(fileOf(project, name)).mode & 0o777).toBe(0o600);
  const serialOf = (epoch: number): unknown =>
    JSON.parse(fs.readFileSync(fileOf(project, `snapshot.${epoch}.json`), "utf8"));
  expect(serialOf(1)).toMatchObject({ serial: 1, formatVersion: 3 });
  expect(serialOf(2)).toMatchObject({ serial: 2, formatVersion: 3 });
  expect(JSON.parse(fs.readFileSync(head(project), "utf8"))).toMatchObject({ stack: "shop", epoch: 2 });
});

test("a run that records nothing changes no file", async () => {
  const project = new Project();
  await project.deploy(plan);
  const before = project.everything();
  await project.deploy(plan);
  project.events.length = 0;
  expect(project.everything()).toBe(before.slice(0, before.lastIndexOf("\n")) + "\n[]");
});

test("a folder without a state is no state", () => {
  expect(readState(temporaryFolder())).toBeUndefined();
  expect(readState("/does/not/exist")).toBeUndefined();
});

test("each flush is one line with its checksum, begin before end", async () => {
  const project = await cutOff();
  const bytes = fs.readFileSync(project.newest("journal"));
  const { records, torn } = decodeJournal(bytes);
  expect(torn).toBe(false);
  expect(bytes.toString().match(/^[0-9a-f]{8} \d+ \[\{.*\}\]$/gm)).toHaveLength(1);
  expect(records.map(({ type }) => type)).toEqual(["run", "begin"]);
  expect(records[0]).toMatchObject({ formatVersion: 3, tool: expect.stringMatching(/^\d+\./) as string });
  expect(records[1]).toMatchObject({ address: "shop/c", generation: 1, operation: "create", epoch: 2 });
  expect(records[1]?.sequence).toBe((records[0]?.sequence ?? NaN) + 1);
});

test("generations of what was deleted are forgotten one run later", async () => {
  const project = new Project();
  for (let round = 0; round < 5; round++) {
    await project.deploy(planOf({ [`r${round}`]: box(`r${round}`) }));
    expect(Object.keys(retired(project)).length).toBeLessThanOrEqual(2);
  }
  expect(Object.keys(retired(project))).toEqual(["shop/r2", "shop/r3"]);
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
    ["with a hole", (bytes: Buffer) => Buffer.from(bytes).fill(0, 30, 90)],
    ["with a hole that looks like lines", (bytes: Buffer) => Buffer.from(bytes).fill("old\nlines\n", 30, 90)],
  ])("%s, is cut off with a warning", async (_name, tear) => {
    const project = await cutOff();
    edit(project.newest("journal"), tear);
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

  test("is told no more once another run has gone on from there", async () => {
    const project = await cutOff();
    edit(project.newest("journal"), (bytes) => bytes.subarray(0, bytes.length - 20));
    let killed = project;
    project.platform.after = ({ action }) => {
      if (action === "UpdateBox") killed = project.fork();
    };
    await project.deploy(planOf({ a: box("a", { size: 2 }), b: box("b"), c: box("c") }));
    expect(basename(killed.newest("journal"))).toBe("journal.3.log");
    expect((await killed.difference(bigger)).warnings).toEqual([]);
  });

  test("what a long journal has reserved is not one", () => {
    const record = {
      type: "failed",
      address: "a",
      generation: 1,
      effect: true,
      sequence: 1,
      epoch: 1,
    } as const;
    const whole = encodeBatch([record]);
    const reserved = Buffer.concat([whole, Buffer.alloc(2 * 65_536 - whole.length)]);
    expect(decodeJournal(reserved)).toEqual({ records: [record], torn: false });
    reserved[whole.length + 5] = 0x21;
    expect(decodeJournal(reserved)).toEqual({ records: [record], torn: true });
  });
});

describe("a flush of several pages that was cut off", () => {
  const record = (sequence: number): JournalRecord => ({
    type: "failed",
    address: `shop/${"x".repeat(100)}`,
    generation: 1,
    effect: false,
    sequence,
    epoch: 1,
  });
  const batch = (from: number, to: number): Buffer =>
    encodeBatch(Array.from({ length: to - from }, (_, index) => record(from + index)));

  test("is cut with everything in it, wherever its hole is", () => {
    const acknowledged = batch(1, 4);
    const last = batch(4, 80);
    for (let page = 0; page < last.length; page += 4_096) {
      const holed = Buffer.from(last).fill(0, page, Math.min(page + 4_096, last.length));
      const { records, torn, damage } = decodeJournal(Buffer.concat([acknowledged, holed]));
      expect({ count: records.length, torn, damage }).toEqual({ count: 3, torn: true, damage: undefined });
    }
  });

  test("fails as damage when a whole flush follows it", () => {
    const holed = batch(4, 80).fill(0, 4_096, 8_192);
    const { records, damage } = decodeJournal(Buffer.concat([batch(1, 4), holed, batch(80, 81)]));
    expect(records).toHaveLength(3);
    expect(damage).toBe("line 2 does not fit its checksum");
  });
});

describe("damage", () => {
  test("fails on a flipped byte in the middle of the journal, and names the snapshot", async () => {
    const project = await cutOff();
    const journal = project.newest("journal");
    const next = decodeJournal(fs.readFileSync(journal)).records.at(-1) as JournalRecord;
    fs.appendFileSync(journal, encodeBatch([{ ...next, sequence: next.sequence + 1 }]));
    edit(journal, (bytes) => flipped(bytes, 40));
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "STATE_DAMAGED",
      message: `${journal} is damaged: line 1 does not fit its checksum.`,
      fix: expect.stringContaining(
        `The last good snapshot is ${fileOf(project, "snapshot.1.json")} (serial 1). Restore journal.2.log from a ` +
          "copy, or move journal.2.log and state.json away to go on from the snapshot",
      ) as string,
    });
    fs.rmSync(journal);
    fs.rmSync(head(project));
    await project.converge(bigger);
    expect(project.platform.world.minted).toBe(3);
  });

  test("fails on a missing record", async () => {
    const project = await cutOff();
    edit(project.newest("journal"), (bytes) => encodeBatch(decodeJournal(bytes).records.slice(1)));
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "STATE_DAMAGED",
      message: expect.stringMatching(/record \d+ is missing before record \d+/) as string,
    });
  });

  test("fails on a missing journal that was begun", async () => {
    const project = await cutOff();
    const journal = project.newest("journal");
    fs.rmSync(journal);
    const problem = {
      code: "STATE_DAMAGED",
      message: `${journal} is damaged: it is missing, though state.json says that it was begun.`,
      fix: expect.stringContaining("Restore journal.2.log from a copy, or move state.json away") as string,
    };
    await expect(project.difference(plan)).rejects.toMatchObject(problem);
    expect(() => readState(project.stateDirectory)).toThrow("it is missing");
  });

  test("fails on a journal under another's name", async () => {
    const project = await cutOff();
    fs.renameSync(project.newest("journal"), fileOf(project, "journal.5.log"));
    fs.writeFileSync(fileOf(project, "journal.2.log"), "");
    await expect(project.difference(plan)).rejects.toMatchObject({
      message: expect.stringContaining("journal.5.log is damaged: it holds records of journal 2.") as string,
    });
  });

  test.each([
    ["an empty snapshot", (bytes: Buffer) => bytes.subarray(0, 0), "it is empty"],
    ["half a snapshot", (bytes: Buffer) => bytes.subarray(0, 200), "it is not JSON"],
    [
      "a snapshot edited by hand",
      (bytes: Buffer) => bytes.toString().replace('"size":1', '"size":9'),
      "its content does not fit its checksum",
    ],
    ["another JSON file", () => "{}", "it is not a state of cdktf-scf"],
    ["a file that is null", () => "null", "it is not a JSON object"],
    ["a file of zeros", (bytes: Buffer) => Buffer.alloc(bytes.length), "it is not JSON"],
  ])("fails on %s, says how nothing is lost, and changes nothing", async (_name, damage, what) => {
    const project = new Project();
    await project.deploy(plan);
    await project.deploy(bigger);
    const snapshot = project.newest("snapshot");
    edit(snapshot, damage);
    const before = project.everything();
    const good = fileOf(project, "snapshot.1.json");
    const problem = {
      code: "STATE_DAMAGED",
      message: expect.stringContaining(`${snapshot} is damaged: ${what}`) as string,
      fix:
        `The last good snapshot is ${good} with journal.2.log after it (serial 2): ` +
        "move snapshot.2.json away, and nothing is lost.",
    };
    await expect(project.difference(bigger)).rejects.toMatchObject(problem);
    expect(() => readState(project.stateDirectory)).toThrow("is damaged");
    expect(project.everything()).toBe(before);
    fs.rmSync(snapshot);
    await project.expectNothingToDo(bigger);
    expect(project.platform.world.minted).toBe(3);
  });

  test("fails on a damaged state.json, which can be done without", async () => {
    const project = await cutOff();
    const before = project.state;
    edit(head(project), (bytes) => bytes.toString().replace('"epoch":2', '"epoch":1'));
    await expect(project.difference(bigger)).rejects.toMatchObject({
      code: "STATE_DAMAGED",
      message: `${head(project)} is damaged: its content does not fit its checksum.`,
      fix: expect.stringContaining("with journal.2.log after it (serial 2): move state.json away") as string,
    });
    fs.rmSync(head(project));
    expect(project.state).toEqual(before);
    expect((await project.difference(bigger)).warnings).toEqual([
      expect.stringContaining("state.json is missing: snapshot.1.json and the journals after it are taken."),
    ]);
    await project.converge(bigger);
    expect(fs.existsSync(head(project))).toBe(true);
  });

  test("fails on missing snapshots when other files are there", async () => {
    const project = await cutOff();
    for (const name of names(project)) if (name.startsWith("snapshot")) fs.rmSync(fileOf(project, name));
    const problem = {
      code: "STATE_DAMAGED",
      message: `${project.stateDirectory} is damaged: its snapshot is missing, though other files of the state are there.`,
      fix: "There is no other good snapshot: restore the folder from where you keep copies of it.",
    };
    await expect(project.difference(plan)).rejects.toMatchObject(problem);
    fs.rmSync(head(project));
    await expect(project.difference(plan)).rejects.toMatchObject(problem);
  });

  test("fails when both snapshots are damaged, and says that there is no other", async () => {
    const project = new Project();
    await project.deploy(plan);
    for (const epoch of [0, 1]) fs.truncateSync(fileOf(project, `snapshot.${epoch}.json`), 50);
    await expect(project.difference(plan)).rejects.toMatchObject({
      fix: expect.stringContaining("There is no other good snapshot") as string,
    });
  });
});

describe("writing", () => {
  afterEach(() => jest.restoreAllMocks());

  const many = planOf(
    Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`b${index}`, box(`b${index}`)])),
  );

  /** From the nth flush on, the disk has no room for what a journal writes. */
  function fillDisk(nth: number): void {
    const real = fs.fdatasync;
    let flushes = 0;
    jest.spyOn(fs, "fdatasync").mockImplementation(((
      descriptor: number,
      done: (error: Error | null) => void,
    ) => {
      flushes++;
      if (flushes < nth) real(descriptor, done);
      else setImmediate(() => done(Object.assign(new Error("ENOSPC"), { code: "ENOSPC" })));
    }) as typeof fs.fdatasync);
  }

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
    fillDisk(3);
    await expect(project.deploy(many)).rejects.toMatchObject({
      code: "STATE_UNWRITABLE",
      message: `The state cannot be written to ${fileOf(project, "journal.1.log")}: the disk is full.`,
    });
    const made = project.platform.writes.length;
    expect(made).toBeLessThan(9);
    expect(project.told("warning").length).toBeGreaterThan(0);
    expect(fs.existsSync(fileOf(project, "lock.json"))).toBe(false);
    jest.restoreAllMocks();
    await project.converge(many);
    expect(project.platform.world.minted).toBe(9);
  });

  test("fails on a full disk and tells the id that the platform made and that cannot be recorded", async () => {
    const project = new Project();
    const tagged = planOf({ a: box("a", { tags: { team: "a" } }) });
    fillDisk(2);
    await expect(project.deploy(tagged)).rejects.toMatchObject({ code: "STATE_UNWRITABLE" });
    expect(project.platform.writes).toEqual(["CreateBox"]);
    expect(project.told("warning")).toMatchObject([
      {
        message:
          'shop/a: the platform has made something for it and could not be recorded ({"id":"id-1"}). ' +
          "The next run looks for it on the platform.",
      },
    ]);
    jest.restoreAllMocks();
    await project.converge(tagged);
    expect(project.platform.world.minted).toBe(1);
  });

  test("fails on a full disk and tells what the platform refused, too", async () => {
    const project = new Project();
    fillDisk(2);
    project.platform.before = ({ action }) => {
      if (action === "CreateBox") throw refusal("LimitExceeded.Box", action, "at most 3");
    };
    await expect(project.deploy(planOf({ a: box("a") }))).rejects.toMatchObject({ code: "STATE_UNWRITABLE" });
    expect(project.told("warning")).toMatchObject([
      { message: expect.stringMatching(/^shop\/a: LimitExceeded\.Box: at most 3/) as string },
    ]);
  });

  test("a snapshot that cannot be written leaves the journal, which is as good", async () => {
    const project = new Project();
    await project.deploy(plan);
    const real = fs.linkSync;
    jest.spyOn(fs, "linkSync").mockImplementation((from, to) => {
      if (String(to).includes("snapshot")) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
      real(from, to);
    });
    await project.deploy(bigger);
    expect(project.told("warning")).toMatchObject([
      { message: expect.stringContaining("could not be folded into the snapshot") as string },
    ]);
    jest.restoreAllMocks();
    expect(names(project).filter((name) => name.endsWith(".new"))).toEqual([]);
    expect(Object.keys(project.state?.resources ?? {})).toHaveLength(3);
    await project.expectNothingToDo(bigger);
  });
});

describe("what a newer tool wrote", () => {
  const told = (path: string, rest: string): object => ({
    code: "STATE_VERSION",
    message: expect.stringMatching(new RegExp(`^${path} ${rest}$`)) as string,
    fix: "Use cdktf-scf 9.1.0 or newer.",
  });
  const reader = String.raw`; this cdktf-scf \(\d+\.\d+\.\d+\)`;

  test.each(["state.json", "snapshot.1.json"])("fails on %s", async (name) => {
    const project = new Project();
    await project.deploy(plan);
    const path = fileOf(project, name);
    fs.writeFileSync(path, JSON.stringify({ format: "cdktf-scf/state", formatVersion: 7, tool: "9.1.0" }));
    await expect(project.difference(plan)).rejects.toMatchObject(
      told(path, `has state format 7, written by cdktf-scf 9.1.0${reader} reads formats up to 3.`),
    );
    await expect(project.reconciler(plan).difference({ destroy: true })).rejects.toMatchObject({
      code: "STATE_VERSION",
    });
  });

  test("fails on its journal", async () => {
    const project = await cutOff();
    const path = project.newest("journal");
    edit(path, (bytes) =>
      encodeBatch(
        decodeJournal(bytes).records.map((record) =>
          record.type === "run" ? { ...record, formatVersion: 4, tool: "9.1.0" } : record,
        ),
      ),
    );
    await expect(project.difference(plan)).rejects.toMatchObject(
      told(path, `has state format 4, written by cdktf-scf 9.1.0${reader} reads formats up to 3.`),
    );
  });

  test("fails on a type of record that is not known, and reads nothing past it", async () => {
    const project = await cutOff();
    const path = project.newest("journal");
    edit(path, (bytes) => {
      const { records } = decodeJournal(bytes);
      const [run, begin] = records as [JournalRecord, JournalRecord];
      const strange = {
        type: "abandon",
        address: "shop/a",
        sequence: begin.sequence + 1,
        epoch: begin.epoch,
      };
      return encodeBatch([{ ...run, tool: "9.1.0" } as JournalRecord, begin, strange as never]);
    });
    await expect(project.difference(plan)).rejects.toMatchObject(
      told(
        path,
        "has a record of type `abandon`, written by cdktf-scf 9.1.0" + `${reader} does not know it.`,
      ),
    );
    expect(() => readState(project.stateDirectory)).toThrow("`abandon`");
  });
});

describe("what an older tool wrote, format 1", () => {
  const folder = join(__dirname, "states", "format-1");
  const old = planOf({ a: box("a"), b: box("b"), c: box("c") });

  /** As it was left by a run of that tool that was killed after it had made c, with a and b deployed before. */
  function found(): Project {
    const project = new Project();
    fs.cpSync(folder, project.stateDirectory, { recursive: true });
    const world = JSON.parse(fs.readFileSync(fileOf(project, "platform.json"), "utf8")) as never;
    fs.rmSync(fileOf(project, "platform.json"));
    project.platform.world = world;
    return project;
  }

  test("is read as it is, without a change to any file", async () => {
    const project = found();
    const before = project.everything();
    expect(Object.keys(project.state?.resources ?? {})).toEqual(["shop/a", "shop/b"]);
    expect(Object.keys(project.state?.unfinished ?? {})).toEqual(["shop/c"]);
    expect(project.state?.formatVersion).toBe(3);
    expect((await project.difference(old)).warnings).toEqual([]);
    expect(project.everything()).toBe(before);
  });

  test("migrates with the next run; the originals stay beside it", async () => {
    const project = found();
    const originals = ["state.json", "journal.log"].map((name) =>
      fs.readFileSync(fileOf(project, name), "utf8"),
    );
    await project.converge(old);
    expect(project.platform.world.minted).toBe(4);
    expect(retired(project, "snapshot.3.json")).toEqual({ "shop/old": { generation: 1, serial: 2 } });
    expect(names(project)).toEqual([
      "journal.4.log",
      "journal.v1.log",
      "snapshot.3.json",
      "snapshot.4.json",
      "state.backup.json",
      "state.json",
      "state.v1.json",
    ]);
    expect(
      ["state.v1.json", "journal.v1.log"].map((name) => fs.readFileSync(fileOf(project, name), "utf8")),
    ).toEqual(originals);
    expect(project.state?.lineage).toBe((JSON.parse(originals[0] as string) as { lineage: string }).lineage);
    await project.deploy(planOf({ a: box("a") }));
    expect(fs.existsSync(fileOf(project, "state.v1.json"))).toBe(true);
  });

  test("fails when it is damaged, and names its snapshot", async () => {
    const project = found();
    edit(fileOf(project, "journal.log"), (bytes) => flipped(bytes, 40));
    await expect(project.difference(old)).rejects.toMatchObject({
      code: "STATE_DAMAGED",
      message: expect.stringContaining("journal.log is damaged: line 1 does not fit its checksum.") as string,
      fix: expect.stringContaining(`The last good snapshot is ${head(project)} (serial 2)`) as string,
    });
  });
});
