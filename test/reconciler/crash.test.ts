import fs from "fs";
import { join } from "path";
import { reference, type Value } from "../../lib/model/value";
import type { Plan } from "../../lib/model/plan";
import type { Call, World } from "./fake-platform";
import { box, planOf, Project, type Resource } from "./support";

const layer = (content: string): Resource => ({ kind: "layer", properties: { family: "deps", content } });
const child = (parent: string, target: Value): Resource => ({
  kind: "child",
  properties: { parent: reference(`shop/${parent}`, "name"), name: `of-${parent}`, target },
});
const version = (parent: string): Resource => ({
  kind: "version",
  properties: { family: reference(`shop/${parent}`, "name"), content: reference(`shop/${parent}`, "hash") },
});

/** Everything that a run can do: create in one call and in several, update, replace in each way, publish, delete. */
const before = planOf({
  deps: layer("one"),
  orders: box("orders", { links: [reference("shop/deps", "number")], note: "first" }),
  current: version("orders"),
  live: child("orders", reference("shop/current", "number")),
  painted: box("painted", { colour: "red" }),
  hook: child("painted", "x"),
  gone: box("gone", { links: [reference("shop/painted", "id")] }),
  same: box("same"),
});
const after = planOf(
  {
    deps: layer("two"),
    orders: box("orders", { links: [reference("shop/deps", "number")], note: "second" }),
    current: version("orders"),
    live: child("orders", reference("shop/current", "number")),
    painted: box("painted", { colour: "blue" }),
    hook: child("painted", "x"),
    fresh: box("fresh", {
      tags: { team: "a" },
      links: [reference("shop/painted", "id")],
      settings: { KEY: "v" },
    }),
    same: box("same"),
  },
  { id: { value: reference("shop/painted", "id") } },
);

/** The world without what differs from run to run: minted ids, numbers and marks, each told by what it belongs to. */
function essence({ boxes, children, items }: World): unknown {
  const names = new Map<string, string>();
  for (const item of items) names.set(String(item.number), `${item.family} ${item.content}`);
  for (const one of Object.values(boxes)) names.set(one.id, one.name);
  const named = (text: string): string => names.get(text) ?? text;
  return {
    boxes: Object.values(boxes)
      .map(({ id: _id, owner: _owner, revision: _revision, links, ...rest }) => ({
        ...rest,
        links: links?.map(named),
      }))
      .sort((left, right) => left.name.localeCompare(right.name)),
    children: Object.values(children)
      .map(({ parent, name, target }) => `${parent}/${name} → ${named(target)}`)
      .sort(),
    items: items.map(({ family, content }) => `${family} ${content}`).sort(),
  };
}

interface Crash {
  readonly moment: string;
  readonly project: Project;
  /** Writes that had taken effect by then. */
  readonly writes: number;
}

/**
 * A project in the state before, and a copy of it at every boundary of a call of the run that brings it to `plan`; with
 * `atRecords`, also before every write of its journal.
 */
async function crashes(
  plan: Plan,
  from: Plan | undefined,
  concurrency: number,
  atRecords = false,
): Promise<{ undisturbed: Project; crashes: Crash[] }> {
  const undisturbed = new Project();
  if (from) await undisturbed.converge(from);
  undisturbed.options = { concurrency };
  const found: Crash[] = [];
  let writes = 0;
  const take = (when: string, { action }: Call): void => {
    const moment = `${when} ${action} (call ${undisturbed.platform.calls.length})`;
    found.push({ moment, project: undisturbed.fork(), writes });
  };
  const isWrite = ({ action }: Call): boolean => !/^(Describe|List)/.test(action);
  undisturbed.platform.before = (call) => {
    if (isWrite(call)) take("before", call);
  };
  undisturbed.platform.after = (call) => {
    if (!isWrite(call)) return;
    writes++;
    take("after", call);
  };
  const write = fs.writeSync;
  const spy = jest.spyOn(fs, "writeSync").mockImplementation(((...call: Parameters<typeof fs.writeSync>) => {
    // Only what follows the state's files as they are being written; a copy is made by other calls.
    if (Buffer.isBuffer(call[1])) {
      found.push({ moment: `before record batch ${found.length}`, project: undisturbed.fork(), writes });
    }
    return write(...call);
  }) as typeof fs.writeSync);
  if (!atRecords) spy.mockRestore();
  await undisturbed.deploy(plan);
  spy.mockRestore();
  expect(undisturbed.failures()).toEqual([]);
  undisturbed.platform.before = () => undefined;
  undisturbed.platform.after = () => undefined;
  return { undisturbed, crashes: found };
}

const journalOf = (project: Project): string => join(project.stateDirectory, "journal.log");

/** The journal as it would be had its last record not, or not wholly, reached the disk. */
function cutLastRecord(project: Project, keep: number): void {
  const text = fs.readFileSync(journalOf(project), "utf8");
  const start = text.lastIndexOf("\n", text.length - 2) + 1;
  fs.writeFileSync(journalOf(project), text.slice(0, start + keep));
}

async function expectSameEnd(
  crash: Crash,
  plan: Plan,
  undisturbed: Project,
  totalWrites: number,
): Promise<void> {
  const { project, moment, writes } = crash;
  try {
    await project.deploy(plan);
    expect(project.failures()).toEqual([]);
    expect(essence(project.platform.world)).toEqual(essence(undisturbed.platform.world));
    expect({ writes: writes + project.platform.writes.length }).toEqual({ writes: totalWrites });
    project.options = {};
    await project.expectNothingToDo(plan);
    expect(Object.keys(project.state?.resources ?? {})).toEqual(
      Object.keys(undisturbed.state?.resources ?? {}),
    );
  } catch (error) {
    (error as Error).message = `killed ${moment}: ${(error as Error).message}`;
    throw error;
  }
}

describe.each([
  ["a first run", after, undefined],
  ["a run that creates, updates, replaces and deletes", after, before],
  ["a run that removes everything", planOf({}), before],
])("%s, killed at every call boundary", (_name, plan, from) => {
  test.each([[1], [10]])("with %i at a time, ends as if it had not been", async (concurrency) => {
    const { undisturbed, crashes: found } = await crashes(plan, from, concurrency);
    const total = undisturbed.platform.writes.length;
    expect(found.length).toBe(2 * total);
    for (const crash of found) await expectSameEnd(crash, plan, undisturbed, total);
  });

  test("or at a write of its journal, ends as if it had not been", async () => {
    const { undisturbed, crashes: found } = await crashes(plan, from, 1, true);
    const total = undisturbed.platform.writes.length;
    const atRecords = found.filter(({ moment }) => moment.startsWith("before record"));
    expect(atRecords.length).toBeGreaterThan(5);
    for (const crash of atRecords) await expectSameEnd(crash, plan, undisturbed, total);
  });

  test("with the last record lost or torn, too", async () => {
    for (const keep of [0, 17]) {
      const { undisturbed, crashes: found } = await crashes(plan, from, 1);
      const total = undisturbed.platform.writes.length;
      for (const crash of found) {
        if (!crash.moment.startsWith("before")) continue;
        cutLastRecord(crash.project, keep);
        await expectSameEnd(crash, plan, undisturbed, total);
      }
    }
  });
});

test("killed twice, it still ends as if it had not been", async () => {
  const { undisturbed, crashes: found } = await crashes(after, before, 1);
  const total = undisturbed.platform.writes.length;
  for (const { project, writes, moment } of found) {
    const again: Crash[] = [];
    let more = writes;
    project.platform.after = ({ action }) => {
      if (/^(Describe|List)/.test(action)) return;
      more++;
      again.push({ moment: `${moment}, then after ${action}`, project: project.fork(), writes: more });
    };
    await project.deploy(after);
    for (const crash of again.filter((_crash, index) => index % 3 === 0))
      await expectSameEnd(crash, after, undisturbed, total);
  }
});

test("killed, and the program changed before the next run: nothing is left over", async () => {
  const { crashes: found } = await crashes(after, before, 1);
  const third = planOf({
    deps: layer("three"),
    orders: box("orders", { links: [reference("shop/deps", "number")], note: "third" }),
    painted: box("repainted", { colour: "green" }),
    same: box("same"),
  });
  for (const { project, moment } of found) {
    try {
      await project.converge(third);
      expect(Object.keys(project.platform.world.boxes).sort()).toEqual(["orders", "repainted", "same"]);
      expect(project.platform.world.items.filter(({ family }) => family === "deps")).toMatchObject([
        { content: "three" },
      ]);
      expect(project.platform.world.children).toEqual({});
    } catch (error) {
      (error as Error).message = `killed ${moment}: ${(error as Error).message}`;
      throw error;
    }
  }
});

test("killed, and destroyed: nothing is left but what versions leave", async () => {
  const { crashes: found } = await crashes(after, before, 10);
  for (const { project, moment } of found) {
    try {
      await project.converge(after, true);
      expect(project.platform.world).toMatchObject({ boxes: {}, children: {} });
      expect(project.platform.world.items.filter(({ family }) => family === "deps")).toEqual([]);
    } catch (error) {
      (error as Error).message = `killed ${moment}: ${(error as Error).message}`;
      throw error;
    }
  }
});

test("an interrupted run is told: what was left unfinished, and that it is resumed", async () => {
  const { crashes: found } = await crashes(after, before, 1);
  const crash = found.find(({ moment }) => moment.startsWith("after CreateBox")) as Crash;
  const difference = await crash.project.difference(after);
  const unfinished = Object.keys(crash.project.state?.unfinished ?? {});
  expect(unfinished).toContain("shop/painted");
  const left = difference.changes.filter(({ cause }) => cause === "left unfinished by an interrupted run");
  expect(left.map(({ address }) => address).sort()).toEqual(unfinished);
  await crash.project.deploy(after);
  expect(crash.project.told("resumed")).toHaveLength(unfinished.length);
});
