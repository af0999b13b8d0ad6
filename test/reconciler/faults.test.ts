import { mkdirSync, writeFileSync } from "fs";
import { join } from "path";
import type { Kind, OperationContext } from "../../lib/kinds/kind";
import { reference, type Properties } from "../../lib/model/value";
import { stagedPackages } from "../../lib/reconciler";
import { noAnswer, refusal, type Call } from "./fake-platform";
import { boxKind, layerKind } from "./fake-kinds";
import { box, planOf, Project, quick, type Resource } from "./support";
import { VirtualClock } from "./virtual-clock";

/** Lets the first call of an action go wrong, and every later one be. */
function once(action: string, fault: (call: Call) => unknown): (call: Call) => void {
  let done = false;
  return (call) => {
    if (call.action !== action || done) return;
    done = true;
    throw fault(call);
  };
}

const child = (name: string): Resource => ({
  kind: "child",
  properties: { parent: reference("shop/orders", "name"), name, target: "x" },
});
const layer = (content: string): Resource => ({ kind: "layer", properties: { family: "deps", content } });

describe("an answer is lost", () => {
  const plan = planOf({
    orders: box("orders", { tags: { team: "a" } }),
    nightly: child("nightly"),
    deps: layer("one"),
  });

  test.each([["CreateBox"], ["UpdateBox"], ["CreateChild"], ["PublishItem"]])(
    "to %s, which took effect: it is found, not made again",
    async (action) => {
      const project = new Project();
      project.platform.after = once(action, () => noAnswer(action));
      const summary = await project.converge(plan);
      expect(summary).toMatchObject({ succeeded: 3, byOperation: { create: 3 } });
      expect(project.platform.writes.filter((name) => name === action)).toHaveLength(1);
      expect(project.told("resumed")).toHaveLength(1);
      expect(project.platform.world).toMatchObject({ boxes: { orders: { tags: { team: "a" } } }, minted: 2 });
    },
  );

  test.each([["CreateBox"], ["CreateChild"], ["PublishItem"]])(
    "to %s, which did not take effect: it is made once",
    async (action) => {
      const project = new Project();
      project.platform.before = once(action, () => noAnswer(action));
      await project.converge(plan);
      expect(project.platform.world.items).toHaveLength(1);
      expect(project.platform.world.minted).toBe(2);
    },
  );

  test.each([
    ["UpdateBox", "after"],
    ["UpdateBox", "before"],
    ["DeleteBox", "after"],
    ["DeleteBox", "before"],
    ["DeleteItem", "after"],
  ] as const)("to %s, %s it took effect: a read decides", async (action, moment) => {
    const project = new Project();
    await project.converge(planOf({ orders: box("orders"), other: box("other"), deps: layer("one") }));
    project.platform[moment] = once(action, () => noAnswer(action));
    await project.converge(planOf({ orders: box("orders", { size: 2 }), deps: layer("two") }));
    expect(project.platform.world.boxes).toMatchObject({ orders: { size: 2 } });
    expect(project.platform.world.items).toMatchObject([{ content: "two" }]);
    expect(project.platform.writes.filter((name) => name === action)).toHaveLength(
      moment === "after" ? 1 : 2,
    );
  });

  test("and reads lag behind: looked for again before it is made again", async () => {
    const project = new Project();
    project.platform.lagMs = 5;
    project.platform.after = once("PublishItem", () => noAnswer("PublishItem"));
    project.kinds = { ...project.kinds, layer: { ...layerKind, consistencyMs: 500 } };
    await project.converge(planOf({ deps: layer("one") }));
    expect(project.platform.world.items).toHaveLength(1);
  });

  test("fails when it stays unknown, and the next run finds out", async () => {
    const project = new Project();
    project.platform.before = ({ action }) => {
      if (action === "CreateBox") throw noAnswer(action);
    };
    const summary = await project.deploy(planOf({ orders: box("orders") }));
    expect(summary.failed).toBe(1);
    expect(project.failures()).toEqual([
      "shop/orders: UNKNOWN_OUTCOME: No answer to scf.CreateBox: socket hang up",
    ]);
    project.platform.before = () => undefined;
    expect((await project.difference(planOf({ orders: box("orders") }))).changes).toMatchObject([
      { operation: "create", cause: "left unfinished by an interrupted run" },
    ]);
    await project.converge(planOf({ orders: box("orders") }));
  });
});

describe("an object of that name is there already", () => {
  test("fails on one with another mark, and touches nothing", async () => {
    const project = new Project();
    await new Project(project.platform.world).deploy(planOf({ orders: box("orders", { note: "theirs" }) }));
    const summary = await project.deploy(planOf({ orders: box("orders", { note: "ours" }) }));
    expect(summary).toMatchObject({ failed: 1, succeeded: 0 });
    expect(project.failures()).toEqual([
      "shop/orders: CONFLICT: A box default/orders exists already and is not managed by this stack.",
    ]);
    expect(project.platform.world.boxes["orders"]?.note).toBe("theirs");
    expect(project.state?.unfinished).toEqual({});
  });

  test("fails on one without a mark", async () => {
    const project = new Project();
    await project.deploy(planOf({ orders: box("orders") }));
    project.platform.world.children["orders/nightly"] = { parent: "orders", name: "nightly", target: "x" };
    await project.deploy(planOf({ orders: box("orders"), nightly: child("nightly") }));
    expect(project.failures()).toEqual([
      "shop/nightly: CONFLICT: A child orders/nightly exists already and is not managed by this stack.",
    ]);
    await project.deploy(planOf({}), true);
    expect(project.platform.writes).toEqual(["DeleteBox"]);
  });

  test("fails also when somebody made it while our create was interrupted", async () => {
    const project = new Project();
    let fork: Project | undefined;
    project.platform.before = ({ action }) => {
      if (action === "CreateBox") fork ??= project.fork();
    };
    const plan = planOf({ orders: box("orders") });
    await project.deploy(plan);
    await new Project(fork!.platform.world).deploy(plan);
    await fork!.deploy(plan);
    expect(fork!.failures()[0]).toContain("CONFLICT");
  });
});

describe("one of many fails", () => {
  const plan = planOf({
    a: box("a"),
    bad: box("bad"),
    child: box("child", { links: [reference("shop/bad", "id")] }),
    grandchild: box("grandchild", {}, ["shop/child"]),
    z: box("z"),
  });

  test("only what depends on it is blocked; the next run does the rest", async () => {
    const project = new Project();
    project.platform.before = ({ action, request }) => {
      if (action === "CreateBox" && request["Name"] === "bad")
        throw refusal("LimitExceeded.Box", action, "at most 3");
    };
    const summary = await project.deploy(plan);
    expect(summary).toMatchObject({ succeeded: 2, failed: 1, blocked: 2, byOperation: { create: 2 } });
    expect(project.told("operation-failed")).toMatchObject([
      {
        address: "shop/bad",
        code: "LimitExceeded.Box",
        message: "at most 3 (scf.CreateBox, request r-1)",
        fix: expect.stringContaining("higher quota") as string,
      },
    ]);
    expect(project.told("operation-blocked")).toMatchObject([
      { address: "shop/child", by: "shop/bad", operation: "create" },
      { address: "shop/grandchild", by: "shop/bad" },
    ]);
    expect(project.events.at(-1)).toMatchObject({ type: "run-finished", summary: { failed: 1 } });
    project.platform.before = () => undefined;
    expect(await project.converge(plan)).toMatchObject({ succeeded: 3 });
  });

  test("what it had done is kept: the next run adds what is missing, and nothing else", async () => {
    const project = new Project();
    const tagged = planOf({ orders: box("orders", { tags: { team: "a" } }) });
    project.platform.before = once("UpdateBox", () => refusal("InvalidParameter", "UpdateBox"));
    expect(await project.deploy(tagged)).toMatchObject({ failed: 1 });
    expect(project.state?.unfinished["shop/orders"]).toMatchObject({
      operation: "create",
      attributes: { id: "id-1" },
    });
    const difference = await project.difference(tagged);
    expect(difference.changes).toMatchObject([
      { operation: "create", cause: "left unfinished by an interrupted run" },
    ]);
    await project.converge(tagged);
    expect(project.platform.writes).toEqual(["UpdateBox"]);
    expect(project.told("resumed")).toHaveLength(1);
  });

  test("an update that failed half way is done again", async () => {
    const project = new Project();
    await project.deploy(planOf({ orders: box("orders", { password: "one" }) }));
    const changed = planOf({ orders: box("orders", { password: "two" }) });
    const back = planOf({ orders: box("orders", { password: "one" }) });
    const reconciler = project.reconciler(changed);
    const difference = await reconciler.difference();
    project.platform.after = once("DescribeBox", () => refusal("InvalidParameter", "DescribeBox"));
    await reconciler.apply(difference, { purpose: "deploy" });
    expect(project.state?.unfinished["shop/orders"]).toMatchObject({ operation: "update" });
    // The password cannot be read, so that only sending it again makes sure of it.
    expect((await project.difference(back)).changes).toMatchObject([
      {
        operation: "update",
        cause: "left unfinished by an interrupted run",
        properties: [{ name: "password" }],
      },
    ]);
    await project.converge(back);
    expect((project.platform.world.boxes["orders"] as unknown as { password: string }).password).toBe("one");
  });
});

test("an id that an update mints is kept though the update fails", async () => {
  const project = new Project();
  await project.deploy(planOf({ orders: box("orders") }));
  const seen: unknown[] = [];
  const update: Kind["update"] = async (context, _wanted, recorded) => {
    seen.push(recorded.attributes["ticket"]);
    await context.record({ ticket: "t-1" });
    throw refusal("InvalidParameter", "UpdateBox");
  };
  project.kinds = { ...project.kinds, box: { ...boxKind, update } };
  await project.deploy(planOf({ orders: box("orders", { size: 2 }) }));
  await project.deploy(planOf({ orders: box("orders", { size: 2 }) }));
  expect(seen).toEqual([undefined, "t-1"]);
});

describe("stopping", () => {
  test("nothing new starts, what runs ends, and the next run does the rest", async () => {
    const project = new Project();
    project.options = { concurrency: 2 };
    const plan = planOf(
      Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`b${index}`, box(`b${index}`)])),
    );
    const controller = new AbortController();
    project.platform.after = ({ action }) => {
      if (action === "CreateBox" && project.platform.world.minted === 3) controller.abort();
    };
    const reconciler = project.reconciler(plan);
    const difference = await reconciler.difference();
    const summary = await reconciler.apply(difference, { purpose: "deploy", signal: controller.signal });
    expect(summary.succeeded).toBeGreaterThanOrEqual(3);
    expect(summary.succeeded).toBeLessThan(8);
    expect(summary.failed).toBe(0);
    expect(summary.succeeded + summary.blocked).toBe(8);
    expect(project.told("warning")).toMatchObject([
      {
        message: `The run was stopped: ${summary.blocked} of 8 operations are not done. Run it again to go on.`,
      },
    ]);
    expect(project.state?.unfinished).toEqual({});
    await project.converge(plan);
    expect(project.platform.world.minted).toBe(8);
  });

  test("cuts a long wait short, and the next run goes on waiting", async () => {
    const project = new Project();
    let isActive = false;
    project.kinds = {
      ...project.kinds,
      box: {
        ...boxKind,
        timeoutMs: 1_800_000,
        create: async (context: OperationContext, wanted) => {
          const attributes = await boxKind.create(context, wanted);
          await context.waitFor("box is Active", () => Promise.resolve(isActive || undefined));
          return attributes;
        },
      },
    };
    project.options = { timing: { pollFirst: 60_000, pollMost: 60_000, patience: 5 } };
    const plan = planOf({ orders: box("orders"), reader: box("reader") });
    const stop = new AbortController();
    const reconciler = project.reconciler(plan);
    const run = reconciler.apply(await reconciler.difference(), { purpose: "deploy", signal: stop.signal });
    while (project.told("operation-waiting").length < 2)
      await new Promise((resolve) => setTimeout(resolve, 1));
    stop.abort();
    expect(await run).toMatchObject({ succeeded: 0, failed: 2, calls: { write: 2 } });
    expect(project.failures()).toEqual([
      "shop/orders: INTERRUPTED: The run was stopped while this was waited for. What was begun is recorded.",
      "shop/reader: INTERRUPTED: The run was stopped while this was waited for. What was begun is recorded.",
    ]);
    expect(Object.keys(project.state?.unfinished ?? {})).toEqual(["shop/orders", "shop/reader"]);
    isActive = true;
    const summary = await project.converge(plan);
    expect(summary.calls.write).toBe(0);
  });

  test("lets a short wait end", async () => {
    const project = new Project();
    let polls = 0;
    project.kinds = {
      ...project.kinds,
      box: {
        ...boxKind,
        create: async (context: OperationContext, wanted) => {
          const attributes = await boxKind.create(context, wanted);
          await context.waitFor("box is Active", () => Promise.resolve(++polls > 5 || undefined));
          return attributes;
        },
      },
    };
    const stop = new AbortController();
    project.platform.after = () => stop.abort();
    const plan = planOf({ orders: box("orders") });
    const reconciler = project.reconciler(plan);
    const summary = await reconciler.apply(await reconciler.difference(), {
      purpose: "deploy",
      signal: stop.signal,
    });
    expect(summary).toMatchObject({ succeeded: 1, failed: 0 });
  });

  test("before it began does nothing", async () => {
    const project = new Project();
    const reconciler = project.reconciler(planOf({ orders: box("orders") }));
    const difference = await reconciler.difference();
    const summary = await reconciler.apply(difference, { purpose: "deploy", signal: AbortSignal.abort() });
    expect(summary).toMatchObject({ succeeded: 0, blocked: 1, calls: { write: 0 } });
  });
});

describe("refusals that pass", () => {
  test("throttling of 200 operations fails none, and few calls are refused", async () => {
    const clock = new VirtualClock();
    const project = new Project();
    const perSecond = 200;
    let tokens = 20;
    let filled = clock.now();
    project.platform.before = ({ action }) => {
      if (action !== "CreateBox") return;
      const now = clock.now();
      tokens = Math.min(20, tokens + ((now - filled) / 1_000) * perSecond);
      filled = now;
      if (tokens < 1) throw refusal("RequestLimitExceeded", action);
      tokens--;
    };
    project.options = { timing: { clock, retryFirst: 20, retryMost: 500 } };
    const plan = planOf(
      Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`b${index}`, box(`b${index}`)])),
    );
    const summary = await clock.run(project.deploy(plan));
    expect(summary).toMatchObject({ succeeded: 200, failed: 0 });
    expect(summary.calls).toMatchObject({ write: 200 });
    expect(summary.calls.refused).toBeGreaterThan(0);
    expect(summary.calls.refused).toBeLessThan(100);
    expect(summary.calls.retried).toBe(summary.calls.refused);
    expect(project.told("operation-retried")).toHaveLength(summary.calls.refused);
  });

  test("a busy object is waited for, and says so once", async () => {
    const project = new Project();
    let refusals = 5;
    project.platform.before = ({ action }) => {
      if (action === "CreateBox" && refusals-- > 0)
        throw refusal("FailedOperation.FunctionStatusError", action);
    };
    const summary = await project.converge(planOf({ orders: box("orders") }));
    expect(summary.calls).toMatchObject({ write: 1, refused: 5, retried: 5, waits: 5 });
    expect(summary.calls.waitedMilliseconds).toBeGreaterThan(0);
    expect(project.told("operation-waiting")).toHaveLength(1);
  });

  test("fails when it does not pass in time, and names the last code", async () => {
    const clock = new VirtualClock();
    const project = new Project();
    project.options = { timing: { ...quick, clock } };
    project.kinds = { ...project.kinds, box: { ...boxKind, timeoutMs: 20 } };
    project.platform.before = ({ action }) => {
      if (action === "CreateBox")
        throw refusal("FailedOperation.FunctionStatusError", action, "status is Updating");
    };
    await clock.run(project.deploy(planOf({ orders: box("orders") })));
    expect(project.failures()).toEqual([
      "shop/orders: TIMEOUT: scf.CreateBox was refused until the time for this operation was over, the last time with " +
        "FailedOperation.FunctionStatusError: status is Updating",
    ]);
    expect(project.told("operation-waiting")).toHaveLength(1);
  });

  test("an internal error of a read passes, that of a write is an outcome that a read finds out", async () => {
    const project = new Project();
    await project.deploy(planOf({ orders: box("orders") }));
    project.platform.before = once("DescribeBox", () => refusal("InternalError", "DescribeBox"));
    await project.expectNothingToDo(planOf({ orders: box("orders") }));
    project.platform.before = once("UpdateBox", () => refusal("InternalError", "UpdateBox"));
    const two = await project.converge(planOf({ orders: box("orders", { size: 2 }) }));
    expect(two).toMatchObject({ succeeded: 1, calls: { write: 1 } });
    project.platform.before = () => undefined;
    project.platform.after = once("UpdateBox", () => refusal("InternalError", "UpdateBox"));
    const three = await project.converge(planOf({ orders: box("orders", { size: 3 }) }));
    expect(three).toMatchObject({ succeeded: 1, calls: { write: 0 } });
  });

  test.each(["before", "after"] as const)(
    "an internal error %s a write took effect is followed by a look, and makes nothing twice",
    async (moment) => {
      const project = new Project();
      project.platform[moment] = once("PublishItem", () => refusal("InternalError", "PublishItem"));
      const plan = planOf({ v: { kind: "version", properties: { family: "orders", content: "a" } } });
      await project.converge(plan);
      expect(project.platform.world.items).toHaveLength(1);
    },
  );

  test("fails on an internal error that stays, and says that the call may have been carried out", async () => {
    const project = new Project();
    project.platform.before = ({ action }) => {
      if (action === "CreateBox") throw refusal("InternalError", action, "try later");
    };
    await project.deploy(planOf({ orders: box("orders") }));
    expect(project.failures()).toEqual([
      "shop/orders: UNKNOWN_OUTCOME: scf.CreateBox failed inside the platform, which may have carried it out: " +
        "InternalError: try later",
    ]);
    expect(project.state?.unfinished["shop/orders"]).toMatchObject({ operation: "create" });
  });
});

describe("waiting", () => {
  const waiting = (lasts: () => boolean, timeoutMs: number): Kind => ({
    ...boxKind,
    timeoutMs,
    create: async (context: OperationContext, wanted) => {
      const attributes = await boxKind.create(context, wanted);
      await context.waitFor("box is Active", () => Promise.resolve(lasts() ? undefined : true));
      return attributes;
    },
  });

  test("takes no place from those that work", async () => {
    const project = new Project();
    const names = Array.from({ length: 10 }, (_, index) => `b${index}`);
    const haveAllStarted = (): boolean => Object.keys(project.platform.world.boxes).length === names.length;
    project.kinds = { ...project.kinds, box: waiting(() => !haveAllStarted(), 60_000) };
    project.options = { concurrency: 1, timing: { pollFirst: 2, pollMost: 2 } };
    const { succeeded } = await project.deploy(
      planOf(Object.fromEntries(names.map((name) => [name, box(name)]))),
    );
    expect(succeeded).toBe(10);
    expect(project.told("operation-waiting")).toHaveLength(9);
  });

  test("fails when it takes too long, and says for what", async () => {
    const project = new Project();
    project.kinds = { ...project.kinds, box: waiting(() => true, 30) };
    await project.deploy(planOf({ orders: box("orders") }));
    expect(project.failures()).toEqual(["shop/orders: TIMEOUT: Waited 0 seconds for this: box is Active."]);
  });
});

describe("no way to the platform", () => {
  test("fails after a few attempts, in a run", async () => {
    const project = new Project();
    project.platform.before = ({ action }) => {
      throw noAnswer(action, false);
    };
    const summary = await project.deploy(planOf({ orders: box("orders") }));
    expect(summary).toMatchObject({ failed: 1, calls: { write: 0, retried: 2 } });
    expect(project.failures()).toEqual([
      "shop/orders: NO_CONNECTION: No answer from the service scf (CreateBox): socket hang up",
    ]);
    expect(project.told("operation-failed")).toMatchObject([
      { fix: expect.stringContaining("HTTPS_PROXY") as string },
    ]);
    expect(project.state?.unfinished).toEqual({});
  });

  test("fails after a few attempts, in a comparison", async () => {
    const project = new Project();
    await project.deploy(planOf({ orders: box("orders") }));
    project.platform.before = ({ action }) => {
      throw noAnswer(action, false);
    };
    await expect(project.difference(planOf({ orders: box("orders") }))).rejects.toMatchObject({
      code: "NO_CONNECTION",
    });
  });

  test("fails on a missing permission, and says which", async () => {
    const project = new Project();
    const plan = planOf({ orders: box("orders") });
    await project.deploy(plan);
    project.platform.before = ({ action }) => {
      throw refusal("UnauthorizedOperation", action, "not allowed");
    };
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "AUTHENTICATION",
      message:
        "shop/orders could not be read: UnauthorizedOperation: not allowed (scf.DescribeBox, request r-1)",
      fix: "Allow scf:DescribeBox to the account whose credentials are used.",
    });
  });
});

describe("credentials that the platform does not take any more", () => {
  test("fail the run: what runs ends, nothing new starts, and the next run does the rest", async () => {
    const project = new Project();
    project.options = { concurrency: 1 };
    const names = ["a", "b", "c", "d"];
    const plan = planOf(Object.fromEntries(names.map((name) => [name, box(name)])));
    let calls = 0;
    project.platform.before = ({ action }) => {
      if (action === "CreateBox" && ++calls > 2) throw refusal("AuthFailure.TokenFailure", action, "expired");
    };
    await expect(project.deploy(plan)).rejects.toMatchObject({
      code: "AUTHENTICATION",
      message: expect.stringContaining(
        "nothing new was started: AuthFailure.TokenFailure: expired",
      ) as string,
      fix: expect.stringContaining("TENCENTCLOUD_SECRET_ID") as string,
    });
    expect(calls).toBe(3);
    expect(project.told("run-finished")).toMatchObject([
      { summary: { succeeded: 2, failed: 1, blocked: 1 } },
    ]);
    expect(Object.keys(project.platform.world.boxes).sort()).toEqual(["a", "b"]);
    project.platform.before = () => undefined;
    const summary = await project.converge(plan);
    expect(summary.calls.write).toBe(2);
  });

  test("fail a comparison, and say what to check", async () => {
    const project = new Project();
    const plan = planOf({ orders: box("orders") });
    await project.deploy(plan);
    project.platform.before = ({ action }) => {
      throw refusal("AuthFailure.SecretIdNotFound", action, "no such id");
    };
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "AUTHENTICATION",
      fix: expect.stringContaining("TENCENTCLOUD_SECRET_ID") as string,
    });
  });
});

describe("an action that is throttled", () => {
  test("keeps no other operation from starting", async () => {
    const clock = new VirtualClock();
    const project = new Project();
    project.options = { concurrency: 2, timing: { ...quick, clock } };
    let open = false;
    project.platform.before = ({ action }) => {
      if (action === "CreateBox" && !open) throw refusal("RequestLimitExceeded", action);
      // Once the last of the others are begun, the throttled ones may go on.
      if (action === "PublishItem") open ||= project.platform.world.items.length >= 18;
    };
    const boxes = Array.from({ length: 20 }, (_, index) => [`a${index}`, box(`a${index}`)] as const);
    const items = Array.from(
      { length: 20 },
      (_, index) =>
        [`v${index}`, { kind: "version", properties: { family: `f${index}`, content: "x" } }] as const,
    );
    const summary = await clock.run(project.converge(planOf(Object.fromEntries([...boxes, ...items]))));
    expect(summary).toMatchObject({ succeeded: 40, failed: 0, calls: { write: 40 } });
  });

  test("has few of its operations begun, and none of them fails when the run is stopped", async () => {
    const clock = new VirtualClock();
    const project = new Project();
    project.options = { concurrency: 2, timing: { ...quick, clock } };
    const stop = new AbortController();
    let refusals = 0;
    project.platform.before = ({ action }) => {
      if (action !== "CreateBox") return;
      if (++refusals === 8) stop.abort();
      throw refusal("RequestLimitExceeded", action);
    };
    const names = Array.from({ length: 50 }, (_, index) => `b${index}`);
    const reconciler = project.reconciler(planOf(Object.fromEntries(names.map((name) => [name, box(name)]))));
    const applied = reconciler.apply(await reconciler.difference(), {
      purpose: "deploy",
      signal: stop.signal,
    });
    const summary = await clock.run(applied);
    expect(project.told("operation-started").length).toBeLessThanOrEqual(6);
    expect(summary.succeeded).toBe(0);
    for (const failure of project.failures()) {
      expect(failure).toContain("INTERRUPTED: The run was stopped before this changed anything.");
    }
    expect(project.state?.unfinished).toEqual({});
  });
});

describe("a difference", () => {
  test("fails to be applied to a later state", async () => {
    const project = new Project();
    const plan = planOf({ orders: box("orders") });
    const reconciler = project.reconciler(plan);
    const difference = await reconciler.difference();
    await project.deploy(planOf({ other: box("other") }));
    project.platform.calls.length = 0;
    await expect(reconciler.apply(difference, { purpose: "deploy" })).rejects.toMatchObject({
      code: "DIFFERENCE_OUTDATED",
      message: expect.stringMatching(
        /changed since it was compared: serial 0, record 0 then; serial 1, record \d+ now/,
      ) as string,
    });
    expect(project.platform.calls).toEqual([]);
    await expect(project.difference(plan)).resolves.toMatchObject({ serial: 1 });
  });

  test("can be saved and applied by another process", async () => {
    const project = new Project();
    const plan = planOf({
      orders: box("orders"),
      reader: box("reader", { links: [reference("shop/orders", "id")] }),
    });
    const saved = JSON.parse(JSON.stringify(await project.difference(plan))) as Awaited<
      ReturnType<Project["difference"]>
    >;
    await project.reconciler(plan).apply(saved, { purpose: "deploy" });
    await project.expectNothingToDo(plan);
  });
});

describe("packages", () => {
  type Verify = (bytes: Uint8Array, hash: string) => boolean;

  const withAsset = (project: Project, zipBytes: number, verify?: Verify): ReturnType<typeof planOf> => {
    project.kinds = {
      ...project.kinds,
      box: {
        ...boxKind,
        create: async (context: OperationContext, wanted: Properties) => {
          await context.asset("abc");
          return boxKind.create(context, wanted as never);
        },
      } as Kind,
    };
    project.options = { ...project.options, packages: stagedPackages(project.folder, verify) };
    mkdirSync(join(project.folder, "assets"), { recursive: true });
    writeFileSync(join(project.folder, "assets/abc.zip"), "12345");
    const asset = { hash: "abc", path: "assets/abc.zip", zipBytes, uncompressedBytes: 9 };
    return { ...planOf({ orders: box("orders") }), assets: [asset] };
  };

  test("are read and checked", async () => {
    const project = new Project();
    const seen: string[] = [];
    const verify: Verify = (bytes, hash) => seen.push(Buffer.from(bytes).toString() + hash) > 0;
    await project.deploy(withAsset(project, 5, verify));
    expect(project.failures()).toEqual([]);
    expect(seen).toEqual(["12345abc"]);
  });

  test("fails when the package is another one than planned", async () => {
    const project = new Project();
    await project.deploy(withAsset(project, 6));
    expect(project.failures()[0]).toMatch(
      /^shop\/orders: ASSET_CHANGED: The package .*abc\.zip is not the one/,
    );
    const other = new Project();
    await other.deploy(withAsset(other, 5, () => false));
    expect(other.failures()[0]).toContain("ASSET_CHANGED");
    expect(other.platform.writes).toEqual([]);
  });

  test("fails when the package is gone", async () => {
    const project = new Project();
    const plan = withAsset(project, 5);
    await project.deploy({ ...plan, assets: [{ ...plan.assets[0]!, path: "assets/other.zip" }] });
    expect(project.failures()[0]).toContain("ASSET_MISSING");
  });
});
