import fc from "fast-check";
import type { Plan } from "../../lib/model/plan";
import { reference, type Value } from "../../lib/model/value";
import { noAnswer, refusal, type Call } from "./fake-platform";
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
);
const run = fc.record({
  program,
  outcomes: fc.array(outcome, { maxLength: 12 }),
  crash: fc.option(fc.nat(12)),
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

/** Lets calls go wrong one after the other, as chosen; only writes count. */
function disturb(
  project: Project,
  outcomes: readonly string[],
  crash: number | null,
): () => Project | undefined {
  let next = 0;
  let writes = 0;
  let killed: Project | undefined;
  let current = "ok";
  const isWrite = ({ action }: Call): boolean => !/^(Describe|List)/.test(action);
  project.platform.before = (call) => {
    if (!isWrite(call)) return;
    if (writes++ === crash) killed = project.fork();
    current = outcomes[next++] ?? "ok";
    if (current === "lost before") throw noAnswer(call.action);
    if (current === "unreached") throw noAnswer(call.action, false);
    if (current === "throttled") throw refusal("RequestLimitExceeded", call.action);
    if (current === "busy") throw refusal("FailedOperation.FunctionStatusError", call.action);
    if (current === "refused") throw refusal("InvalidParameter", call.action);
  };
  project.platform.after = (call) => {
    if (isWrite(call) && current === "lost after") throw noAnswer(call.action);
  };
  return () => killed;
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

/** Whenever everything waits for a time to come, it has come: only pauses are left out, and what is on disk is on disk. */
async function withoutPauses(work: () => Promise<void>): Promise<void> {
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "clearImmediate"] });
  try {
    let working = true;
    const done = work().finally(() => (working = false));
    while (working) {
      await new Promise(setImmediate);
      jest.advanceTimersToNextTimer();
    }
    await done;
  } finally {
    jest.useRealTimers();
  }
}

test("random programs and histories converge: one object per address, and then nothing to do", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(run, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(1, 10),
      (runs, concurrency) =>
        withoutPauses(async () => {
          let project = new Project();
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
          for (const { program: chosen, outcomes, crash } of runs) {
            plan = planFor(chosen);
            project.environment = { KEY: `secret-${chosen.length}` };
            const killed = disturb(project, outcomes, crash);
            await project.deploy(plan);
            project = killed() ?? project;
          }
          project.platform.before = () => undefined;
          project.platform.after = () => undefined;
          await project.deploy(plan);
          await project.deploy(plan);
          expect(project.failures()).toEqual([]);
          await project.expectNothingToDo(plan);
          expectWorldOf(plan, project);
          expect(project.everything()).not.toContain("secret-");
          await project.converge(plan, true);
          expect(project.platform.world).toMatchObject({ boxes: {}, children: {} });
        }),
    ),
    {
      numRuns: Number(process.env["RECONCILER_RUNS"] ?? 60),
      interruptAfterTimeLimit: 45_000,
      endOnFailure: true,
    },
  );
});
