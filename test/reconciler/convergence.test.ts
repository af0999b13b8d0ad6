import { fc } from "../fast-check";
import fs from "fs";
import type { Plan } from "../../lib/model/plan";
import { reference, type Value } from "../../lib/model/value";
import { fakeKinds, lagging } from "./fake-kinds";
import { noAnswer, refusal, type Call, type World } from "./fake-platform";
import { box, planOf, Project, type Resource } from "./support";

/** One resource of a random program; what it refers to are resources of lower index, so that there is no circle. */
interface Choice {
  readonly present: boolean;
  readonly kind: "box" | "child" | "layer" | "version";
  readonly value: number;
  readonly colour: number;
  readonly tagged: boolean;
  readonly to: readonly number[];
  readonly dependsOn: readonly number[];
}

const choice: fc.Arbitrary<Choice> = fc.record({
  present: fc.boolean(),
  kind: fc.constantFrom("box", "box", "child", "layer", "version"),
  value: fc.nat(2),
  colour: fc.nat(1),
  tagged: fc.boolean(),
  to: fc.uniqueArray(fc.nat(8), { maxLength: 3 }),
  dependsOn: fc.uniqueArray(fc.nat(8), { maxLength: 2 }),
});
const program = fc.array(choice, { minLength: 1, maxLength: 9 });

const outcome = fc.constantFrom(
  "ok",
  "ok",
  "ok",
  "lost before",
  "lost after",
  "throttled",
  "busy",
  "refused",
  "unreached",
  "internal before",
  "internal after",
);
/** What somebody else does between two runs. */
const meddling = fc.constantFrom("nothing", "nothing", "deletes", "takes over", "changes");
const run = fc.record({
  program,
  outcomes: fc.array(outcome, { maxLength: 12 }),
  crash: fc.option(fc.nat(12)),
  crashAtRecord: fc.option(fc.nat(12)),
  meddling,
});

function planFor(choices: readonly Choice[]): Plan {
  const resources: Record<string, Resource> = {};
  const kinds = new Map<number, Choice["kind"]>();
  choices.forEach((one, index) => {
    if (!one.present) return;
    const earlier = (wanted: readonly number[]): number[] =>
      wanted.filter((other) => other < index && kinds.has(other));
    const id = `r${index}`;
    const boxes = earlier(one.to).filter((other) => kinds.get(other) === "box");
    const links: Value[] = earlier(one.to).flatMap((other) => {
      switch (kinds.get(other)) {
        case "box":
          return [reference(`shop/r${other}`, "id"), reference(`shop/r${other}`, "revision")].slice(
            0,
            1 + (one.value % 2),
          );
        case "child":
          return [reference(`shop/r${other}`, "target")];
        default:
          return [reference(`shop/r${other}`, "number")];
      }
    });
    const dependsOn = earlier(one.dependsOn).map((other) => `shop/r${other}`);
    const text: Value = { $join: [`v${one.value}`, ...links] };
    const [parent] = boxes;
    if (one.kind === "child" && parent !== undefined) {
      resources[id] = {
        kind: "child",
        properties: { parent: reference(`shop/r${parent}`, "name"), name: id, target: text },
        dependsOn,
      };
    } else if (one.kind === "version" && parent !== undefined) {
      resources[id] = {
        kind: "version",
        properties: { family: id, content: reference(`shop/r${parent}`, "hash") },
        dependsOn,
      };
    } else if (one.kind === "layer") {
      resources[id] = { kind: "layer", properties: { family: id, content: text }, dependsOn };
    } else {
      resources[id] = box(
        id,
        {
          colour: `c${one.colour}`,
          note: `n${one.value}`,
          links: links.map((link) => ({ $join: ["to ", link] })),
          ...(one.tagged
            ? { tags: { team: "a" }, settings: { KEY: { $secret: { environment: "KEY" } } } }
            : {}),
        },
        dependsOn,
      );
    }
    kinds.set(index, (resources[id] as Resource).kind as Choice["kind"]);
  });
  return planOf(resources);
}

const { writeSync } = fs;

interface Kills {
  /** Before which write call, and before which write of the journal. */
  readonly crash: number | null;
  readonly crashAtRecord: number | null;
}

/** Lets calls go wrong one after the other, as chosen; only writes count. */
function disturb(
  project: Project,
  outcomes: readonly string[],
  { crash, crashAtRecord }: Kills,
): () => Project | undefined {
  let next = 0;
  let writes = 0;
  let records = 0;
  let killed: Project | undefined;
  let current = "ok";
  const isWrite = ({ action }: Call): boolean => !/^(Describe|List)/.test(action);
  const spy = jest.spyOn(fs, "writeSync").mockImplementation(((...call: Parameters<typeof fs.writeSync>) => {
    if (Buffer.isBuffer(call[1]) && records++ === crashAtRecord) killed ??= project.fork();
    return writeSync(...call);
  }) as typeof fs.writeSync);
  project.platform.before = (call) => {
    if (!isWrite(call)) return;
    if (writes++ === crash) killed ??= project.fork();
    current = outcomes[next++] ?? "ok";
    if (current === "lost before") throw noAnswer(call.action);
    if (current === "internal before") throw refusal("InternalError", call.action);
    if (current === "unreached") throw noAnswer(call.action, false);
    if (current === "throttled") throw refusal("RequestLimitExceeded", call.action);
    if (current === "busy") throw refusal("FailedOperation.FunctionStatusError", call.action);
    if (current === "refused") throw refusal("InvalidParameter", call.action);
  };
  project.platform.after = (call) => {
    if (isWrite(call) && current === "lost after") throw noAnswer(call.action);
    if (isWrite(call) && current === "internal after") throw refusal("InternalError", call.action);
  };
  return () => {
    spy.mockRestore();
    return killed;
  };
}

/** Somebody else at work on the first box of ours. */
function meddle(project: Project, what: string): void {
  const first = Object.values(project.platform.world.boxes).find(({ owner }) => owner !== STRANGER);
  if (!first || what === "nothing") return;
  if (what === "changes") first.note = "theirs";
  else if (what === "takes over") {
    const { name } = first;
    project.platform.world.boxes[name] = { name, id: "theirs", size: 7, owner: STRANGER, revision: 1 };
  } else {
    delete project.platform.world.boxes[first.name];
    for (const [key, { parent }] of Object.entries(project.platform.world.children))
      if (parent === first.name) delete project.platform.world.children[key];
  }
}

const STRANGER = "0123abcdsomebodyelseg1";

/** Takes away what somebody else has made. */
function removeStrangers(project: Project): void {
  const theirs = Object.values(project.platform.world.boxes).filter(({ owner }) => owner === STRANGER);
  for (const one of theirs) {
    // Nothing of ours was ever done to it.
    expect(one).toEqual({ name: one.name, id: "theirs", size: 7, owner: STRANGER, revision: 1 });
    delete project.platform.world.boxes[one.name];
    for (const [key, { parent }] of Object.entries(project.platform.world.children))
      if (parent === one.name) delete project.platform.world.children[key];
  }
}

/** Every object has a mark of its own, and a generation is published once. */
function expectNoDuplicates({ boxes, items }: World): void {
  for (const marks of [Object.values(boxes), items].map((all) => all.map(({ owner }) => owner))) {
    const ours = marks.filter((mark) => mark !== STRANGER);
    expect(new Set(ours).size).toBe(ours.length);
  }
}

function expectWorldOf(plan: Plan, project: Project): void {
  const { boxes, children, items } = project.platform.world;
  const of = (kind: string): string[] =>
    plan.resources.filter((resource) => resource.kind === kind).map(({ address }) => address.slice(5));
  expect(Object.keys(boxes).sort()).toEqual(of("box"));
  expect(
    Object.values(children)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(of("child"));
  const layers = of("layer");
  const resources = project.state?.resources ?? {};
  for (const [address, { kind, attributes }] of Object.entries(resources)) {
    if (kind !== "layer" && kind !== "version") continue;
    expect(items.filter(({ number }) => String(number) === attributes["number"])).toMatchObject([
      { family: address.slice(5) },
    ]);
  }
  const recordedLayers = Object.values(resources).filter(({ kind }) => kind === "layer");
  expect(recordedLayers).toHaveLength(layers.length);
  expect(Object.keys(resources)).toEqual(plan.resources.map(({ address }) => address));
}

test.each([
  ["that show every write at once", 0],
  ["that lag behind writes", 4],
])(
  "random programs and histories converge on reads %s: one object per address, published once",
  async (_name, lagMs) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(run, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(1, 10),
        async (runs, concurrency) => {
          let project = new Project();
          project.platform.lagMs = lagMs;
          // Longer than the lag by far: a busy machine stops for longer than this.
          if (lagMs > 0) project.kinds = lagging(fakeKinds, 15 * lagMs);
          const options = {
            concurrency,
            timing: {
              retryFirst: 0.1,
              retryMost: 0.2,
              pollFirst: 1,
              pollMost: 1,
              reconnect: [0.1, 0.1],
              lookAgain: [0],
            },
          };
          project.options = options;
          let plan = planOf({});
          for (const { program: chosen, outcomes, crash, crashAtRecord, meddling: meddled } of runs) {
            plan = planFor(chosen);
            project.environment = { KEY: `secret-${chosen.length}` };
            const killed = disturb(project, outcomes, { crash, crashAtRecord });
            try {
              await project.deploy(plan);
            } finally {
              project = killed() ?? project;
            }
            expectNoDuplicates(project.platform.world);
            meddle(project, meddled);
            // Whoever deploys sees what somebody else did before: nothing else tells that an object is not ours any more.
            if (lagMs > 0) await new Promise((resolve) => setTimeout(resolve, 2 * lagMs));
          }
          project.platform.before = () => undefined;
          project.platform.after = () => undefined;
          await project.deploy(plan);
          removeStrangers(project);
          await project.deploy(plan);
          await project.deploy(plan);
          expect(project.failures()).toEqual([]);
          await project.expectNothingToDo(plan);
          expectWorldOf(plan, project);
          expectNoDuplicates(project.platform.world);
          expect(project.everything()).not.toContain("secret-");
          await project.converge(plan, true);
          expect(project.platform.world).toMatchObject({ boxes: {}, children: {} });
        },
      ),
      {
        numRuns: Number(process.env["RECONCILER_RUNS"] ?? 25),
        interruptAfterTimeLimit: 45_000,
        endOnFailure: true,
      },
    );
  },
);
