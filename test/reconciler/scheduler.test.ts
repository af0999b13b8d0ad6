import type { OperationNode } from "../../lib/reconciler/operation-graph";
import { Scheduler, type SchedulerOptions } from "../../lib/reconciler/scheduler";
import type { Slots } from "../../lib/reconciler/slots";
import { pause } from "../../lib/reconciler/timing";
import { VirtualClock } from "./virtual-clock";

/** What runs, by name: its kind, how long it takes, and what comes before it. */
interface Task {
  readonly kind?: string;
  readonly milliseconds: number;
  readonly after?: readonly string[];
}

interface Trace {
  readonly started: string[];
  readonly milliseconds: number;
}

type Work = (task: Task, slots: Slots, clock: VirtualClock) => Promise<void>;

const work: Work = (task, _slots, clock) => pause(task.milliseconds, clock);

/** Runs tasks, which are named in an order in which they could run, in virtual time. */
async function run(
  tasks: Readonly<Record<string, Task>>,
  concurrency: number,
  options: Partial<SchedulerOptions> = {},
  how: Work = work,
): Promise<Trace> {
  const clock = new VirtualClock();
  const nodes = new Map<string, OperationNode>();
  for (const [name, { kind = "box", after = [] }] of Object.entries(tasks)) {
    const change = { address: name, kind, operation: "create" } as NonNullable<OperationNode["change"]>;
    const first = after.map((other) => nodes.get(other) as OperationNode);
    const node: OperationNode = {
      address: name,
      step: "write",
      change,
      after: new Set(first),
      before: new Set<OperationNode>(),
    };
    for (const other of first) (other.before as Set<OperationNode>).add(node);
    nodes.set(name, node);
  }
  const started: string[] = [];
  const scheduler = new Scheduler([...nodes.values()], {
    concurrency,
    clock,
    exclusive: () => [],
    run: async ({ address }, slots) => {
      started.push(address);
      await how(tasks[address] as Task, slots, clock);
      return "succeeded" as const;
    },
    passed: () => undefined,
    blocked: () => undefined,
    stopped: () => false,
    ...options,
  });
  const startedAt = clock.now();
  await clock.run(scheduler.run());
  return { started, milliseconds: clock.now() - startedAt };
}

function chains(count: number, length: number, task: Task, prefix = "c"): Record<string, Task> {
  const tasks: Record<string, Task> = {};
  for (let chain = 0; chain < count; chain++) {
    for (let link = 0; link < length; link++) {
      const after = link > 0 ? [`${prefix}${chain}-${link - 1}`] : [];
      tasks[`${prefix}${chain}-${link}`] = { ...task, after };
    }
  }
  return tasks;
}

describe("order", () => {
  test("20 chains of 10 take as long as one of them", async () => {
    const { milliseconds } = await run(chains(20, 10, { milliseconds: 20 }), 20);
    expect(milliseconds).toBe(200);
  });

  test("with too few slots for all, the longest chain is never held up by short ones", async () => {
    const tasks = {
      ...chains(30, 1, { milliseconds: 20 }, "a"),
      ...chains(1, 10, { milliseconds: 20 }, "z"),
    };
    const { milliseconds } = await run(tasks, 4);
    expect(milliseconds).toBe(200);
  });

  test("how long a kind takes is learnt: what takes long starts before many short ones in a row", async () => {
    const tasks = {
      ...chains(1, 4, { kind: "slow", milliseconds: 200 }, "first"),
      slow: { kind: "slow", milliseconds: 200 },
      ...chains(20, 3, { kind: "quick", milliseconds: 50 }, "short"),
    };
    const { started, milliseconds } = await run(tasks, 2);
    // By their number the three operations of every short chain would all come before the single slow one.
    expect(started.indexOf("slow")).toBeLessThan(15);
    expect(milliseconds).toBeLessThan(2_100);
  });
});

describe("keys", () => {
  test("no two that share one run at the same time", async () => {
    const tasks = chains(6, 1, { milliseconds: 10 });
    const { milliseconds } = await run(tasks, 6, { exclusive: () => ["one"] });
    expect(milliseconds).toBe(60);
  });

  test("are asked for again when an operation had to wait for another", async () => {
    const tasks = chains(3, 1, { milliseconds: 10 });
    let replaced = false;
    const { started, milliseconds } = await run(
      tasks,
      3,
      // Once the first is done, the objects of the others have names of their own.
      { exclusive: ({ address }) => (replaced ? [address] : ["one"]) },
      async (task, slots, clock) => {
        await work(task, slots, clock);
        replaced = true;
      },
    );
    expect(started).toHaveLength(3);
    expect(milliseconds).toBe(20);
  });
});

describe("waiting", () => {
  test("in the line of a throttled action takes no slot, and few of that sort are begun", async () => {
    let open: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => (open = resolve));
    let inLine = 0;
    let most = 0;
    const tasks = {
      ...chains(50, 1, { kind: "throttled", milliseconds: 0 }, "a"),
      ...chains(50, 1, { kind: "free", milliseconds: 10 }, "b"),
    };
    let done = 0;
    const { started } = await run(tasks, 5, {}, async (task, slots, clock) => {
      if (task.kind === "throttled") {
        inLine++;
        most = Math.max(most, inLine);
        await slots.inLine(() => turn);
        inLine--;
        return;
      }
      await work(task, slots, clock);
      if (++done === 50) open();
    });
    expect(started).toHaveLength(100);
    expect(done).toBe(50);
    expect(most).toBe(5);
  });

  test("takes no slot, and asking whether it is over neither", async () => {
    const tasks = chains(20, 1, { milliseconds: 100 });
    const { milliseconds } = await run(tasks, 2, {}, async (task, slots, clock) => {
      await slots.without(() => pause(task.milliseconds, clock));
      await slots.without(() => slots.polls.within(() => pause(10, clock)));
    });
    // All wait side by side; then two at a time ask.
    expect(milliseconds).toBe(100 + (20 / 2) * 10);
  });

  test("what asks does not keep others from starting", async () => {
    const started: number[] = [];
    const tasks = { ...chains(2, 1, { kind: "a", milliseconds: 0 }, "a"), ...chains(4, 1, { kind: "b", milliseconds: 5 }, "b") }; // prettier-ignore
    await run(tasks, 2, {}, async (task, slots, clock) => {
      if (task.kind === "a") await slots.without(() => slots.polls.within(() => pause(1_000, clock)));
      else {
        started.push(clock.now());
        await work(task, slots, clock);
      }
    });
    expect(Math.max(...started)).toBeLessThan(1_000);
  });
});
