import type { Kind } from "../../lib/kinds/kind";
import { reference, type Properties } from "../../lib/model/value";
import { defaultTiming } from "../../lib/reconciler/timing";
import { boxKind, fakeKinds, lagging } from "./fake-kinds";
import { noAnswer, refusal, type Box, type Call } from "./fake-platform";
import { box, change, operations, planOf, Project, quick, type Resource } from "./support";
import { VirtualClock } from "./virtual-clock";

const child = (name: string, properties: Properties = {}): Resource => ({
  kind: "child",
  properties: { parent: reference("shop/orders", "name"), name, target: "x", ...properties },
});
const layer = (content: string): Resource => ({ kind: "layer", properties: { family: "deps", content } });
const version = (content: string): Resource => ({
  kind: "version",
  properties: { family: "orders", content },
});

function once(action: string, fault: (call: Call) => unknown): (call: Call) => void {
  let done = false;
  return (call) => {
    if (call.action !== action || done) return;
    done = true;
    throw fault(call);
  };
}

/** The project as it is found when its process was killed right before or after a call took effect. */
async function killed(
  moment: "before" | "after",
  action: string,
  project: Project,
  plan: ReturnType<typeof planOf>,
): Promise<Project> {
  let fork: Project | undefined;
  project.platform[moment] = (call) => {
    if (call.action === action) fork ??= project.fork();
  };
  await project.deploy(plan);
  project.platform[moment] = () => undefined;
  if (!fork) throw new Error(`no ${action} was made`);
  return fork;
}

const orders = (properties: Properties = {}): ReturnType<typeof planOf> =>
  planOf({ orders: box("orders", properties) });

const stranger = (properties: Partial<Box> = {}): Box => ({
  name: "orders",
  id: "theirs",
  size: 7,
  owner: "",
  revision: 1,
  ...properties,
});

describe("whose an object is", () => {
  test("fails on an object without a mark that somebody made while our create was cut off, and leaves it alone", async () => {
    const project = await killed("before", "CreateBox", new Project(), orders());
    project.platform.world.boxes["orders"] = stranger();
    await project.deploy(orders());
    expect(project.told("operation-failed")).toMatchObject([
      {
        address: "shop/orders",
        code: "CONFLICT",
        message: "A box default/orders exists already and is not managed by this stack.",
        fix: expect.stringContaining(
          "`cdktf-scf import shop/orders ID` to manage it here (ID: name)",
        ) as string,
      },
    ]);
    expect(project.platform.writes).toEqual([]);
    // Ours was never made: nothing is left to be found out or deleted.
    expect(project.state?.unfinished).toEqual({});
    await project.deploy(planOf({}));
    expect(project.platform.world.boxes["orders"]).toEqual(stranger());
  });

  test("fails on one without a mark that has our name when an answer is lost", async () => {
    const project = new Project();
    project.platform.before = ({ action }) => {
      if (action !== "CreateBox") return;
      project.platform.world.boxes["orders"] = stranger();
      throw noAnswer(action);
    };
    await project.deploy(orders());
    expect(project.failures()).toEqual([
      "shop/orders: CONFLICT: A box default/orders exists already and is not managed by this stack.",
    ]);
    expect(project.platform.world.boxes["orders"]).toEqual(stranger());
  });

  test("takes over an object of a kind without marks only if it is what was begun", async () => {
    const plan = planOf({ orders: box("orders"), hook: child("hook") });
    const found = await killed("after", "CreateChild", new Project(), plan);
    await found.converge(plan);
    expect(found.told("resumed")).toHaveLength(1);
    expect(found.platform.writes).toEqual([]);
  });

  test("fails to update somebody else's object where ours was, says so before, and leaves it alone", async () => {
    const project = new Project();
    await project.deploy(orders());
    const other = stranger({ owner: "0123abcdsomebodyelseg1" });
    project.platform.world.boxes["orders"] = structuredClone(other);
    const difference = await project.difference(orders({ size: 2 }));
    expect(difference.warnings).toEqual([
      "shop/orders: the box default/orders that is there now carries the mark of another stack. It is somebody " +
        "else's: deploying ends with a conflict here, and leaves it alone. `cdktf-scf state rm shop/orders` forgets that " +
        "this stack had it.",
    ]);
    await project.deploy(orders({ size: 2 }));
    expect(project.told("operation-failed")).toMatchObject([
      {
        code: "CONFLICT",
        message:
          "The box default/orders that is there now carries the mark of another stack: it is somebody else's, and " +
          "is left alone.",
        fix: expect.stringContaining("`cdktf-scf state rm shop/orders`") as string,
      },
    ]);
    expect(project.platform.world.boxes["orders"]).toEqual(other);
  });

  test.each([
    ["with another mark", "0123abcdsomebodyelseg1"],
    ["without a mark", ""],
  ])("fails to delete or replace an object %s where ours was", async (_name, owner) => {
    for (const [plan, destroy] of [
      [orders(), true],
      [planOf({}), false],
      [orders({ colour: "blue" }), false],
    ] as const) {
      const project = new Project();
      await project.deploy(orders());
      project.platform.world.boxes["orders"] = stranger({ owner });
      await project.deploy(plan, destroy);
      expect(project.failures()[0]).toMatch(
        /^shop\/orders: CONFLICT: The box default\/orders that is there now/,
      );
      expect(project.platform.world.boxes["orders"]).toEqual(stranger({ owner }));
      expect(project.platform.writes).toEqual([]);
    }
  });

  test("an object whose construct has moved stays ours, and so does what it publishes then", async () => {
    const project = new Project();
    await project.converge(planOf({ a: box("orders"), v: version("one"), l: layer("one") }));
    const moved = planOf({ b: box("orders", { size: 2 }), w: version("two"), m: layer("two") });
    await project.converge(moved);
    expect(project.platform.writes.sort()).toEqual(["DeleteItem", "PublishItem", "PublishItem", "UpdateBox"]);
    expect(project.state?.resources).toMatchObject({
      "shop/b": { markedAs: "shop/a" },
      "shop/w": { markedAs: "shop/v" },
    });
    const marks = project.platform.world.items.filter(({ family }) => family === "orders");
    expect(new Set(marks.map(({ owner }) => owner.replace(/g\d+$/, ""))).size).toBe(1);
    await project.converge(moved, true);
    expect(project.platform.world.boxes).toEqual({});
  });
});

test("what another address of the stack has made in its place is not deleted with what left the program", async () => {
  const first = new Project();
  await first.deploy(orders());
  // Nothing is known to have moved while an update of it is in doubt.
  const project = await killed("before", "UpdateBox", first, orders({ note: "new" }));
  project.platform.world.boxes = {};
  const plan = planOf({ later: box("orders") });
  const reconciler = project.reconciler(plan);
  const difference = await reconciler.difference({ targets: ["shop/later"] });
  await reconciler.apply(difference, { purpose: "deploy" });
  await project.converge(plan);
  expect(project.platform.writes).toEqual([]);
  expect(Object.keys(project.platform.world.boxes)).toEqual(["orders"]);
  expect(Object.keys(project.state?.resources ?? {})).toEqual(["shop/later"]);
});

describe("doubt is kept", () => {
  test("when a run that resumes an update is refused: going back to the old value sends it", async () => {
    const first = new Project();
    await first.deploy(orders({ password: "one" }));
    const project = await killed("after", "UpdateBox", first, orders({ password: "two" }));
    project.platform.before = ({ action }) => {
      if (action === "UpdateBox") throw refusal("UnauthorizedOperation.CAM", action);
    };
    await project.deploy(orders({ password: "two" }));
    expect(project.failures()[0]).toContain("UnauthorizedOperation.CAM");
    expect(project.state?.unfinished["shop/orders"]).toMatchObject({ operation: "update" });
    await project.deploy(orders({ password: "one" }));
    expect(project.state?.unfinished["shop/orders"]).toMatchObject({ doubtful: ["password"] });
    project.platform.before = () => undefined;
    await project.converge(orders({ password: "one" }));
    expect(project.platform.world.boxes["orders"]).toMatchObject({ password: "one" });
  });

  test("when a run that resumes a create cannot read: the next one finds what was made", async () => {
    const plan = planOf({ orders: box("orders"), hook: child("hook") });
    const first = new Project();
    await first.deploy(orders());
    const project = await killed("after", "CreateChild", first, plan);
    let reads = 0;
    project.platform.before = ({ action }) => {
      if (action !== "DescribeChild") return;
      throw refusal(++reads <= 2 ? "ResourceNotFound.Child" : "UnauthorizedOperation.CAM", action);
    };
    await project.deploy(plan);
    expect(project.failures()[0]).toContain("UnauthorizedOperation.CAM");
    project.platform.before = () => undefined;
    await project.converge(plan);
    expect(project.platform.writes).toEqual([]);
  });

  test("ids that were minted stay with what is begun again", async () => {
    const tagged = orders({ tags: { team: "a" } });
    const project = await killed("before", "UpdateBox", new Project(), tagged);
    expect(project.state?.unfinished["shop/orders"]).toMatchObject({ attributes: { id: "id-1" } });
    let hidden = true;
    project.platform.before = ({ action }) => {
      if (action === "DescribeBox" && hidden) throw refusal("ResourceNotFound.Box", action);
      if (action === "CreateBox") {
        hidden = false;
        throw refusal("UnauthorizedOperation.CAM", action);
      }
    };
    await project.deploy(tagged);
    expect(project.state?.unfinished["shop/orders"]).toMatchObject({ attributes: { id: "id-1" } });
    project.platform.before = () => undefined;
    await project.converge(tagged);
    expect(project.platform.world.minted).toBe(1);
  });

  test("an internal error of a publish that was carried out publishes once", async () => {
    const project = new Project();
    project.platform.after = once("PublishItem", ({ action }) => refusal("InternalError", action));
    await project.converge(planOf({ current: version("one") }));
    expect(project.platform.world.items).toHaveLength(1);
  });

  test("an internal error of a create without a mark that was carried out is no conflict", async () => {
    const project = new Project();
    project.platform.after = once("CreateChild", ({ action }) => refusal("InternalError", action));
    await project.converge(planOf({ orders: box("orders"), hook: child("hook") }));
    expect(project.platform.writes).toEqual(["CreateBox", "CreateChild"]);
  });
});

describe("found is not ready", () => {
  const plan = planOf({
    orders: box("orders"),
    reader: box("reader", { links: [reference("shop/orders", "id")] }),
  });

  test("an object whose answer was lost is waited for before anything uses it", async () => {
    const project = new Project();
    project.platform.pace.create = 4;
    project.platform.after = once("CreateBox", ({ action }) => noAnswer(action));
    const seen: (string | undefined)[] = [];
    project.platform.before = ({ action, request }) => {
      if (action === "CreateBox" && request["Name"] === "reader")
        seen.push(project.platform.world.boxes["orders"]?.status);
    };
    await project.converge(plan);
    expect(seen).toEqual([undefined]);
  });

  test("so is one that an interrupted run left", async () => {
    const first = new Project();
    first.platform.pace.create = 6;
    const project = await killed("after", "CreateBox", first, plan);
    const seen: (string | undefined)[] = [];
    project.platform.before = ({ action, request }) => {
      if (action === "CreateBox" && request["Name"] === "reader")
        seen.push(project.platform.world.boxes["orders"]?.status);
    };
    await project.converge(plan);
    expect(seen).toEqual([undefined]);
    expect(project.platform.writes).toEqual(["CreateBox"]);
  });

  test("one that failed to be made is deleted and made again", async () => {
    const first = new Project();
    first.platform.pace.create = 2;
    first.platform.failing.add("orders");
    await first.deploy(orders());
    expect(first.failures()).toEqual(["shop/orders: CREATE_FAILED: Box orders failed to be made."]);
    expect(change(await first.difference(orders()), "orders")).toMatchObject({
      operation: "create",
      cause: "the platform failed to make or change it",
    });
    first.platform.failing.clear();
    await first.converge(orders());
    // The first is refused, which is how the kind learns what it stands before.
    expect(first.platform.writes).toEqual(["UpdateBox", "DeleteBox", "CreateBox"]);
  });

  test("one that failed to be made is not forgotten by destroy", async () => {
    const project = new Project();
    project.platform.failing.add("orders");
    project.platform.pace.create = 1;
    await project.deploy(orders());
    await project.converge(orders(), true);
    expect(project.platform.world.boxes).toEqual({});
  });

  test("one that fails while its answer is lost is deleted and made again", async () => {
    const project = new Project();
    project.platform.failing.add("orders");
    project.platform.after = once("CreateBox", ({ action }) => {
      project.platform.failing.clear();
      return noAnswer(action);
    });
    await project.converge(orders());
    expect(project.platform.writes).toEqual(["CreateBox", "CreateBox", "DeleteBox", "CreateBox"]);
  });
});

describe("being deleted is not gone", () => {
  test("an interrupted delete is waited for, and the name is made again when it is free", async () => {
    const first = new Project();
    await first.deploy(orders({ colour: "red" }));
    first.platform.pace.delete = 5;
    const project = await killed("after", "DeleteBox", first, orders({ colour: "blue" }));
    await project.converge(orders({ colour: "blue" }));
    expect(project.platform.writes).toEqual(["CreateBox"]);
    expect(project.platform.world.boxes["orders"]).toMatchObject({ colour: "blue" });
  });

  test("an interrupted delete of what left the program ends when it is gone", async () => {
    const first = new Project();
    await first.deploy(orders());
    first.platform.pace.delete = 5;
    const project = await killed("after", "DeleteBox", first, planOf({}));
    await project.converge(planOf({}));
    expect(project.platform.writes).toEqual([]);
    expect(project.platform.world.boxes).toEqual({});
  });

  test("a delete whose answer was lost is waited for", async () => {
    const project = new Project();
    await project.deploy(orders({ colour: "red" }));
    project.platform.pace.delete = 5;
    project.platform.after = once("DeleteBox", ({ action }) => noAnswer(action));
    await project.converge(orders({ colour: "blue" }));
    expect(project.platform.writes).toEqual(["DeleteBox", "CreateBox"]);
  });

  test("what somebody else deletes first is deleted", async () => {
    const project = new Project();
    await project.deploy(orders());
    const late: Kind["delete"] = async () => {
      project.platform.world.boxes = {};
      throw refusal("ResourceNotFound.Box", "DeleteBox");
    };
    project.kinds = { ...fakeKinds, box: { ...boxKind, delete: late } };
    await project.converge(planOf({}));
    expect(project.state?.resources).toEqual({});
  });

  test("what is being deleted outside is made again when it is gone", async () => {
    const project = new Project();
    await project.deploy(orders());
    Object.assign(project.platform.world.boxes["orders"] as Box, { status: "Deleting", readsLeft: 4 });
    expect(change(await project.difference(orders()), "orders")).toMatchObject({ operation: "create" });
    await project.converge(orders());
    expect(project.platform.world.boxes["orders"]?.id).toBe("id-2");
  });
});

describe("reads that lag behind", () => {
  const window = 200;
  const lag = 60;
  const project = (): Project => {
    const made = new Project();
    made.kinds = lagging(fakeKinds, window);
    made.platform.lagMs = lag;
    return made;
  };

  test.each([
    ["PublishItem", planOf({ current: version("one") })],
    ["PublishItem", planOf({ deps: layer("one") })],
    ["CreateBox", orders()],
    ["CreateChild", planOf({ orders: box("orders"), hook: child("hook") })],
  ])("after %s was cut off: it is found, not made again", async (action, plan) => {
    const found = await killed("after", action, project(), plan);
    await found.converge(plan);
    expect(found.platform.writes.filter((name) => name === action)).toEqual([]);
  });

  test.each([["PublishItem"], ["CreateBox"], ["CreateChild"]])(
    "after the answer to %s was lost: it is found, not made again",
    async (action) => {
      const one = project();
      one.platform.after = once(action, () => noAnswer(action));
      await one.converge(planOf({ orders: box("orders"), hook: child("hook"), deps: layer("one") }));
      expect(one.platform.writes.filter((name) => name === action)).toHaveLength(1);
    },
  );

  test("after an update was cut off: it is not sent again", async () => {
    const first = project();
    await first.deploy(orders());
    const found = await killed("after", "UpdateBox", first, orders({ size: 2 }));
    await found.converge(orders({ size: 2 }));
    expect(found.platform.writes).toEqual([]);
  });

  test("after a delete was cut off: it is not sent again", async () => {
    const first = project();
    await first.deploy(orders());
    await new Promise((resolve) => setTimeout(resolve, lag));
    const found = await killed("after", "DeleteBox", first, planOf({}));
    await found.converge(planOf({}));
    expect(found.platform.writes).toEqual([]);
  });

  test("an object of an interrupted create whose resource left the program is no orphan", async () => {
    const found = await killed("after", "CreateBox", project(), orders());
    await found.deploy(planOf({}));
    expect(found.platform.world.boxes).toEqual({});
    expect(found.state).toMatchObject({ resources: {}, unfinished: {} });
  });

  test("what was made just now is not taken for deleted outside", async () => {
    const one = project();
    await one.deploy(orders());
    expect(operations(await one.difference(orders()))).toEqual([]);
  });

  test("what was changed just now is not taken for drift", async () => {
    const one = project();
    await one.deploy(orders());
    await new Promise((resolve) => setTimeout(resolve, lag));
    await one.deploy(orders({ size: 2 }));
    expect(operations(await one.difference(orders({ size: 2 })))).toEqual([]);
  });

  test("what was replaced just now is not made again for the id of before", async () => {
    const plan = (colour: string): ReturnType<typeof planOf> =>
      planOf({
        orders: box("orders", { colour }),
        deps: { kind: "layer", properties: { family: "deps", content: reference("shop/orders", "id") } },
      });
    const one = project();
    await one.deploy(plan("red"));
    await new Promise((resolve) => setTimeout(resolve, lag));
    await one.deploy(plan("blue"));
    await one.expectNothingToDo(plan("blue"));
  });

  test("what was changed outside just now is drift once the time is over", async () => {
    const one = project();
    await one.deploy(orders());
    (one.platform.world.boxes["orders"] as Box).size = 5;
    expect(operations(await one.difference(orders()))).toEqual(["update orders"]);
  });

  test("a generation that was just deleted is not taken for the new one", async () => {
    const one = project();
    await one.deploy(orders({ colour: "red" }));
    await new Promise((resolve) => setTimeout(resolve, lag));
    one.platform.after = once("CreateBox", ({ action }) => noAnswer(action));
    await one.converge(orders({ colour: "blue" }));
    expect(one.platform.writes).toEqual(["DeleteBox", "CreateBox"]);
    expect(one.platform.world.boxes["orders"]).toMatchObject({ colour: "blue" });
  });
});

describe("how long reads may lag behind is measured by the clock of the timing", () => {
  const HOUR = 3_600_000;

  test.each([
    ["an interrupted create", () => killed("before", "CreateBox", new Project(), orders())],
    [
      "an object that was deployed just now",
      async () => {
        const project = new Project();
        await project.deploy(orders());
        project.platform.world.boxes = {};
        return project;
      },
    ],
  ])("when looking for %s", async (_, begin) => {
    const project = await begin();
    const clock = new VirtualClock();
    project.kinds = lagging(fakeKinds, HOUR);
    project.options = { timing: { ...quick, clock, lookAgain: [0, HOUR / 4] } };
    expect(operations(await clock.run(project.difference(orders())))).toEqual(["create orders"]);
    expect(clock.now()).toBeGreaterThan(HOUR / 2);
  });

  test("when the answer to a call was lost", async () => {
    const project = new Project();
    project.kinds = lagging(fakeKinds, 200);
    project.platform.lagMs = 60;
    project.platform.after = once("PublishItem", ({ action }) => noAnswer(action));
    const now = (): number => performance.now() - HOUR;
    project.options = { timing: { ...quick, clock: { ...defaultTiming.clock, now } } };
    await project.converge(planOf({ deps: layer("one") }));
    expect(project.platform.world.items).toHaveLength(1);
  });
});

describe("publishing", () => {
  test("fails before any call when what an interrupted publish made comes to light only now", async () => {
    const first = new Project();
    await first.deploy(planOf({ deps: layer("one") }));
    const project = await killed("after", "PublishItem", first, planOf({ deps: layer("two") }));
    const { items } = project.platform.world;
    const hidden = items.splice(1);
    const reconciler = project.reconciler(planOf({ deps: layer("two") }));
    const difference = await reconciler.difference();
    items.push(...hidden);
    await expect(reconciler.apply(difference, { purpose: "deploy" })).rejects.toMatchObject({
      code: "DIFFERENCE_OUTDATED",
      message: "What an interrupted run made for shop/deps has come to light since. Nothing was changed.",
    });
    expect(project.platform.writes).toEqual([]);
    await project.converge(planOf({ deps: layer("two") }));
    expect(project.platform.world.items).toMatchObject([{ content: "two" }]);
  });

  test("takes what was published already and is not recorded, whatever generation it was", async () => {
    const project = new Project();
    await project.deploy(planOf({ current: version("one") }));
    const old = project.fork();
    await project.deploy(planOf({ current: version("two") }));
    await project.deploy(planOf({ current: version("three") }));
    // The state is put back to a copy of before.
    old.platform.world = project.platform.world;
    await old.converge(planOf({ current: version("three") }));
    expect(old.platform.writes).toEqual([]);
    expect(old.state?.resources["shop/current"]?.attributes).toEqual({ number: "3" });
  });

  test("publishes a content again that an earlier generation had", async () => {
    const project = new Project();
    for (const content of ["one", "two", "one"]) await project.converge(planOf({ deps: layer(content) }));
    expect(project.platform.world.items).toMatchObject([{ content: "one", number: 3 }]);
  });
});

describe("a difference holds for what it was made from", () => {
  test("fails to be applied with another plan", async () => {
    const project = new Project();
    const difference = await project.difference(orders());
    await expect(
      project.reconciler(orders({ size: 9 })).apply(difference, { purpose: "deploy" }),
    ).rejects.toMatchObject({
      code: "DIFFERENCE_OUTDATED",
      message: "The plan of shop is another one than was compared. Nothing was changed.",
      fix: "Compare again and look at what is different.",
    });
    expect(project.platform.calls).toEqual([]);
    expect(project.state).toBeUndefined();
  });

  test("fails to be applied when it was made while a run was working, which has gone on since", async () => {
    const plan = planOf({ a: box("a"), b: box("b", {}, ["shop/a"]) });
    const project = new Project();
    let midway: ReturnType<Project["difference"]> | undefined;
    project.platform.before = async ({ request }) => {
      if (request["Name"] !== "b" || midway) return;
      midway = project.difference(plan);
      await midway;
    };
    await project.deploy(plan);
    const difference = await (midway as ReturnType<Project["difference"]>);
    expect(difference.serial).toBe(project.state?.serial);
    await expect(project.reconciler(plan).apply(difference, { purpose: "deploy" })).rejects.toMatchObject({
      code: "DIFFERENCE_OUTDATED",
      message: expect.stringContaining("The state of shop has changed since it was compared") as string,
    });
  });

  test("fails to be applied once a secret is another one", async () => {
    const plan = orders({ password: { $secret: { environment: "PASSWORD" } } });
    const project = new Project();
    project.environment = { PASSWORD: "first-one" };
    await project.deploy(plan);
    project.environment = { PASSWORD: "second-one" };
    const difference = await project.difference(plan);
    project.environment = { PASSWORD: "third-one" };
    project.platform.calls.length = 0;
    await expect(project.reconciler(plan).apply(difference, { purpose: "deploy" })).rejects.toMatchObject({
      code: "DIFFERENCE_OUTDATED",
      message: "the environment variable PASSWORD has another value now. Nothing was changed.",
    });
    expect(project.platform.calls).toEqual([]);
    await project.converge(plan);
    expect(project.platform.world.boxes["orders"]).toMatchObject({ password: "third-one" });
    expect(JSON.stringify(difference) + project.everything()).not.toMatch(/first-one|second-one|third-one/);
  });

  test("fails to be applied once another stack's attribute is another one", async () => {
    const plan = orders({ note: reference("net/vpc", "id") });
    const project = new Project();
    const net = (id: string): void => {
      project.options = {
        stateOf: () =>
          ({ resources: { "net/vpc": { attributes: { id }, properties: {} } } }) as unknown as ReturnType<
            NonNullable<Project["options"]["stateOf"]>
          >,
      };
    };
    net("vpc-1");
    const difference = await project.difference(plan);
    net("vpc-2");
    await expect(project.reconciler(plan).apply(difference, { purpose: "deploy" })).rejects.toMatchObject({
      code: "DIFFERENCE_OUTDATED",
      message: "`id` of net/vpc has another value now. Nothing was changed.",
    });
    expect(project.platform.calls).toEqual([]);
  });

  test("saved before the first run, it is applied by another process with its secrets", async () => {
    const plan = orders({ password: { $secret: { environment: "PASSWORD" } } });
    const project = new Project();
    project.environment = { PASSWORD: "first-one" };
    const saved = JSON.parse(JSON.stringify(await project.difference(plan))) as Awaited<
      ReturnType<Project["difference"]>
    >;
    await project.reconciler(plan).apply(saved, { purpose: "deploy" });
    expect(project.state?.lineage).toBe(saved.lineage);
    await project.expectNothingToDo(plan);
  });

  test("records what was sent and nothing else: drift that a deploy did not see stays visible", async () => {
    const project = new Project();
    await project.deploy(orders({ note: "first" }));
    const next = orders({ note: "second", size: 2 });
    (project.platform.world.boxes["orders"] as Box).note = "second";
    expect(change(await project.difference(next), "orders").properties).toMatchObject([{ name: "size" }]);
    await project.converge(next);
    expect(project.state?.resources["shop/orders"]?.properties).toMatchObject({ note: "second", size: 2 });
  });
});

describe("names", () => {
  const named = (names: Readonly<Record<string, string>>): ReturnType<typeof planOf> =>
    planOf(Object.fromEntries(Object.entries(names).map(([id, name]) => [id, box(name)])));

  test.each([[1], [10]])("can be passed on in a chain and be swapped, %i at a time", async (concurrency) => {
    const project = new Project();
    project.options = { concurrency };
    await project.converge(named({ a: "one", b: "two", c: "three" }));
    await project.converge(named({ a: "two", b: "three", c: "four" }));
    await project.converge(named({ a: "three", b: "two", c: "four" }));
    expect(Object.keys(project.platform.world.boxes).sort()).toEqual(["four", "three", "two"]);
  });

  test("are free before what their holder is made to depend on takes them", async () => {
    const project = new Project();
    await project.converge(named({ a: "one" }));
    const plan = planOf({ a: box("two", { links: [reference("shop/b", "id")] }), b: box("one") });
    expect(operations(await project.difference(plan))).toEqual(["replace a", "create b"]);
    await project.converge(plan);
    expect(project.platform.writes).toEqual(["DeleteBox", "CreateBox", "CreateBox"]);
  });

  test("are waited for when their holder's delete is held up", async () => {
    const project = new Project();
    const plan = (a: string, b: string, size: number): ReturnType<typeof planOf> =>
      planOf({
        a: box(a),
        b: box(b, { links: [reference("shop/slow", "revision")] }),
        slow: box("slow", { size }),
      });
    await project.converge(plan("one", "two", 1));
    project.platform.before = ({ action, request }) =>
      action === "UpdateBox" && request["Name"] === "slow"
        ? new Promise((resolve) => setTimeout(resolve, 20))
        : undefined;
    await project.converge(plan("two", "three", 2));
    expect(project.platform.world.boxes).toMatchObject({ two: {}, three: {} });
  });
});
