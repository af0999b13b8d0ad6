import type { PlannedOutput } from "../../lib/model/plan";
import { reference, type Properties } from "../../lib/model/value";
import { createReconciler, hasChanges, stateIn, type Difference } from "../../lib/reconciler";
import { fakeKinds } from "./fake-kinds";
import type { Box } from "./fake-platform";
import { box, change, operations, planOf, Project, temporaryFolder, type Resource } from "./support";

function child(parent: Properties[string], name: string, target: Properties[string] = "x"): Resource {
  return { kind: "child", properties: { parent, name, target } };
}
function layer(family: string, content: Properties[string]): Resource {
  return { kind: "layer", properties: { family, content } };
}
function version(family: Properties[string], content: Properties[string]): Resource {
  return { kind: "version", properties: { family, content } };
}

test("creates, finds nothing to do, updates, deletes, destroys", async () => {
  const project = new Project();
  const plan = planOf({
    orders: box("orders", { links: [reference("shop/deps", "id")], tags: { team: "a" } }),
    deps: box("deps"),
  });
  const first = await project.difference(plan);
  expect(operations(first)).toEqual(["create deps", "create orders"]);
  expect(change(first, "orders")).toMatchObject({
    identity: "default/orders",
    title: "box",
    after: ["shop/deps"],
  });
  const summary = await project.converge(plan);
  expect(summary).toMatchObject({
    succeeded: 2,
    failed: 0,
    blocked: 0,
    byOperation: { create: 2 },
    calls: { write: 3, retried: 0 },
  });
  expect(project.platform.world.boxes["orders"]).toMatchObject({ links: ["id-1"], tags: { team: "a" } });
  expect(project.state).toMatchObject({ serial: 1, stack: "shop" });

  const changed = planOf({ orders: box("orders", { size: 2 }) });
  const difference = await project.difference(changed);
  expect(operations(difference)).toEqual(["update orders", "delete deps"]);
  expect(change(difference, "orders").properties).toMatchObject([
    { name: "links", before: ["id-1"], after: undefined, reason: "config", effect: "update" },
    { name: "size", before: 1, after: 2, reason: "config", effect: "update", sensitive: false },
    { name: "tags" },
  ]);
  await project.converge(changed);
  expect(Object.keys(project.platform.world.boxes)).toEqual(["orders"]);

  await project.converge(changed, true);
  expect(project.platform.world.boxes).toEqual({});
  expect(project.state?.resources).toEqual({});
});

test("a stack that has left the program is destroyed by its state alone", async () => {
  const project = new Project();
  await project.deploy(planOf({ orders: box("orders") }));
  expect(operations(await project.difference(undefined))).toEqual(["delete orders"]);
  await project.deploy(undefined, true);
  expect(project.platform.world.boxes).toEqual({});
});

test("comparing takes no lock and leaves no file", async () => {
  const project = new Project();
  const difference = await project.difference(planOf({ orders: box("orders") }));
  expect(difference).toMatchObject({ serial: 0, unchanged: 0, destroy: false });
  expect(project.everything()).toBe("[]");
  expect(project.platform.calls).toEqual([]);
});

test("a property that exists for the rules only is neither sent nor recorded nor compared", async () => {
  const project = new Project();
  await project.converge(planOf({ orders: box("orders", { facts: "old" }) }));
  expect(project.everything()).not.toContain("facts");
  await project.expectNothingToDo(planOf({ orders: box("orders", { facts: "new" }) }));
});

describe("drift", () => {
  async function drifted(edit: (world: Box) => void): Promise<{ project: Project; difference: Difference }> {
    const project = new Project();
    await project.deploy(plan);
    edit(project.platform.world.boxes["orders"] as Box);
    return { project, difference: await project.difference(plan) };
  }
  const plan = planOf({ orders: box("orders", { note: "ours", settings: { KEY: "value" } }) });

  test("shows recorded, live and wanted value, and deploying restores it", async () => {
    const { project, difference } = await drifted((live) => (live.note = "theirs"));
    expect(change(difference, "orders").properties).toEqual([
      {
        name: "note",
        before: "ours",
        after: "ours",
        live: "theirs",
        reason: "drift",
        effect: "update",
        sensitive: false,
      },
    ]);
    await project.converge(plan);
    expect(project.platform.world.boxes["orders"]).toMatchObject({ note: "ours" });
  });

  test("sees what was added elsewhere and removes it", async () => {
    const { project, difference } = await drifted((live) => (live.links = ["stray"]));
    expect(change(difference, "orders").properties).toMatchObject([
      { name: "links", after: undefined, live: ["stray"], reason: "drift" },
    ]);
    await project.converge(plan);
    expect(project.platform.world.boxes["orders"]?.links).toBeUndefined();
  });

  test("of a sensitive property shows no value", async () => {
    const { project, difference } = await drifted((live) => (live.settings = { KEY: "intruder" }));
    const [settings] = change(difference, "orders").properties;
    expect(settings).toMatchObject({ name: "settings", reason: "drift", sensitive: true });
    expect(JSON.stringify(difference)).not.toMatch(/intruder|"value"/);
    await project.converge(plan);
    expect(project.platform.world.boxes["orders"]?.settings).toEqual({ KEY: "value" });
  });

  test("towards what is wanted now is only recorded", async () => {
    const { project } = await drifted((live) => (live.note = "next"));
    const next = planOf({ orders: box("orders", { note: "next", settings: { KEY: "value" } }) });
    const reconciler = project.reconciler(next);
    const difference = await reconciler.difference();
    expect(hasChanges(difference)).toBe(false);
    await reconciler.apply(difference, { purpose: "deploy" });
    expect(project.state?.resources["shop/orders"]?.properties).toMatchObject({ note: "next" });
    await project.expectNothingToDo(next);
  });

  test("of an immutable property replaces", async () => {
    const project = new Project();
    const red = planOf({ orders: box("orders", { colour: "red" }) });
    await project.deploy(red);
    (project.platform.world.boxes["orders"] as unknown as Record<string, string>)["colour"] = "blue";
    expect(operations(await project.difference(red))).toEqual(["replace orders"]);
    await project.converge(red);
  });

  test("a resource deleted elsewhere is made again, with its children", async () => {
    const project = new Project();
    const both = planOf({
      orders: box("orders"),
      nightly: child(reference("shop/orders", "name"), "nightly"),
    });
    await project.deploy(both);
    project.platform.world.boxes = {};
    project.platform.world.children = {};
    const difference = await project.difference(both);
    expect(operations(difference)).toEqual(["create orders", "create nightly"]);
    expect(change(difference, "orders")).toMatchObject({ cause: "deleted outside of this program" });
    expect(change(difference, "orders").properties).toMatchObject([{ reason: "drift" }, { reason: "drift" }]);
    await project.converge(both);
    expect(project.state?.resources["shop/orders"]?.generation).toBe(2);
  });

  test("a mark of somebody else is worth a warning", async () => {
    const { difference } = await drifted((live) => (live.owner = "somebodyelse"));
    expect(difference.warnings).toEqual([
      "shop/orders carries the mark of another stack: somebody else may be managing it too.",
    ]);
  });
});

describe("replacing", () => {
  test("with a fixed name deletes first, dependents before and after", async () => {
    const project = new Project();
    const plan = (colour: string) =>
      planOf({
        orders: box("orders", { colour }),
        nightly: child(reference("shop/orders", "name"), "nightly"),
        reader: box("reader", { links: [reference("shop/orders", "id")] }),
      });
    await project.converge(plan("red"));
    const difference = await project.difference(plan("blue"));
    expect(operations(difference)).toEqual(["replace nightly", "replace orders", "update reader"]);
    expect(change(difference, "nightly")).toMatchObject({
      cause: "shop/orders is replaced",
      after: ["shop/orders"],
    });
    expect(change(difference, "reader").properties).toMatchObject([
      { name: "links", after: undefined, reason: "unknown" },
    ]);
    const summary = await project.converge(plan("blue"));
    expect(summary.byOperation).toEqual({ replace: 2, update: 1 });
    expect(project.platform.writes.slice(0, 4)).toEqual([
      "DeleteChild",
      "DeleteBox",
      "CreateBox",
      "CreateChild",
    ]);
    expect(project.platform.world.boxes["reader"]?.links).toEqual(["id-3"]);
    expect(project.state?.resources["shop/orders"]?.generation).toBe(2);
  });

  test("of a numbered object creates first, moves dependents over, then deletes the old one", async () => {
    const project = new Project();
    const plan = (content: string) =>
      planOf({
        deps: layer("deps", content),
        orders: box("orders", { links: [reference("shop/deps", "number")] }),
      });
    await project.converge(plan("one"));
    expect(operations(await project.difference(plan("two")))).toEqual(["replace deps", "update orders"]);
    await project.converge(plan("two"));
    expect(project.platform.writes).toEqual(["PublishItem", "UpdateBox", "DeleteItem"]);
    expect(project.platform.world.items).toMatchObject([{ content: "two" }]);
    expect(project.finished()).toEqual(["shop/orders", "shop/deps"]);
  });

  test("of a version publishes and leaves the old one", async () => {
    const project = new Project();
    const plan = (size: number) =>
      planOf({
        orders: box("orders", { size }),
        current: version("orders", reference("shop/orders", "hash")),
        live: child(reference("shop/orders", "name"), "live", reference("shop/current", "number")),
      });
    await project.converge(plan(1));
    const difference = await project.difference(plan(2));
    expect(operations(difference)).toEqual(["update orders", "publish current", "update live"]);
    await project.converge(plan(2));
    expect(project.platform.world.items).toHaveLength(2);
    expect(project.platform.world.children["orders/live"]?.target).toBe(
      project.state?.resources["shop/current"]?.attributes["number"],
    );
    await project.expectNothingToDo(plan(2));
  });

  test("a changed kind replaces", async () => {
    const project = new Project();
    await project.converge(planOf({ thing: box("thing") }));
    const difference = await project.difference(planOf({ thing: layer("thing", "x") }));
    expect(difference.changes).toMatchObject([
      { operation: "replace", cause: "it was a box before", deletesFirst: true },
    ]);
    await project.converge(planOf({ thing: layer("thing", "x") }));
    expect(project.platform.world.boxes).toEqual({});
  });

  test("an object stays when its construct gets another path", async () => {
    const project = new Project();
    await project.converge(planOf({ old: box("orders") }));
    const difference = await project.difference(planOf({ fresh: box("orders") }));
    expect(operations(difference)).toEqual([]);
    expect(difference.warnings.join()).toContain(
      "shop/old is shop/fresh now: the box default/orders stays as it is.",
    );
    project.platform.calls.length = 0;
    await project.converge(planOf({ fresh: box("orders") }));
    expect(project.platform.writes).toEqual([]);
  });

  test("an object that moves and changes is updated, not made again", async () => {
    const project = new Project();
    await project.converge(planOf({ old: box("orders", { note: "a" }) }));
    project.platform.calls.length = 0;
    await project.converge(planOf({ fresh: box("orders", { note: "b" }) }));
    expect(project.platform.writes).toEqual(["UpdateBox"]);
  });
});

describe("values that are not known yet", () => {
  test("an update that turns out to change nothing makes no call", async () => {
    const project = new Project();
    const plan = (note: string) =>
      planOf({ orders: box("orders", { note }), reader: box("reader", { note: "x", links: [reference("shop/orders", "revision")] }) }); // prettier-ignore
    await project.converge(plan("a"));
    project.kinds = { ...project.kinds, box: { ...project.kinds["box"]!, update: async (_c, _w, recorded) => recorded.attributes } }; // prettier-ignore
    const difference = await project.difference(plan("b"));
    expect(operations(difference)).toEqual(["update orders", "update reader"]);
    expect(change(difference, "reader")).toMatchObject({ tentative: true, after: ["shop/orders"] });
    expect(change(difference, "orders").tentative).toBeUndefined();
    const summary = await project.deploy(plan("b"));
    expect(summary).toMatchObject({ succeeded: 2, byOperation: { update: 1 } });
  });

  test("a replacement that may turn out to be needed is decided when it is known", async () => {
    const project = new Project();
    const plan = (note: string) =>
      planOf({ orders: box("orders", { note }), deps: layer("deps", { $join: ["r", reference("shop/orders", "revision")] }) }); // prettier-ignore
    await project.converge(plan("a"));
    const difference = await project.difference(plan("b"));
    expect(change(difference, "deps")).toMatchObject({ operation: "replace", tentative: true });
    await project.converge(plan("b"));
    expect(project.platform.world.items).toMatchObject([{ content: "r2" }]);
  });

  test("a tentative replacement that is not needed makes no call", async () => {
    const project = new Project();
    const plan = (note: string) =>
      planOf({
        orders: box("orders", { note }),
        painted: box("painted", { colour: { $join: ["r", reference("shop/orders", "revision")] } }),
        child: child(reference("shop/painted", "name"), "child"),
      });
    await project.converge(plan("a"));
    project.kinds = { ...project.kinds, box: { ...project.kinds["box"]!, update: async (_c, _w, recorded) => recorded.attributes } }; // prettier-ignore
    const difference = await project.difference(plan("b"));
    expect(operations(difference)).toEqual(["update orders", "replace painted", "replace child"]);
    const summary = await project.deploy(plan("b"));
    expect(summary).toMatchObject({ succeeded: 3, failed: 0, byOperation: { update: 1 } });
    expect(project.platform.writes).toEqual([]);
  });

  test("a tentative replacement that is needed takes the children along", async () => {
    const project = new Project();
    const plan = (note: string) =>
      planOf({
        orders: box("orders", { note }),
        painted: box("painted", { colour: { $join: ["r", reference("shop/orders", "revision")] } }),
        child: child(reference("shop/painted", "name"), "child"),
      });
    await project.converge(plan("a"));
    await project.converge(plan("b"));
    expect(project.platform.writes).toEqual([
      "UpdateBox",
      "DeleteBox",
      "CreateBox",
      "DeleteChild",
      "CreateChild",
    ]);
    expect(Object.keys(project.platform.world.children)).toEqual(["painted/child"]);
  });

  test("identity shows … for the unknown part", async () => {
    const project = new Project();
    const difference = await project.difference(
      planOf({ orders: box("orders"), nightly: child(reference("shop/orders", "id"), "nightly") }),
    );
    expect(change(difference, "nightly").identity).toBe("…/nightly");
  });
});

describe("outputs", () => {
  const plan = planOf(
    { orders: box("orders", { settings: { KEY: "hush" } }) },
    {
      id: { value: reference("shop/orders", "id") },
      url: { value: { $join: ["https://", reference("shop/orders", "name"), "/x"] } },
      all: { value: reference("shop/orders", "settings") },
      hidden: { value: "quiet please", sensitive: true },
    },
  );

  test("are resolved at the end and recorded", async () => {
    const project = new Project();
    const difference = await project.difference(plan);
    expect(difference.outputs).toMatchObject([
      { name: "all", sensitive: true },
      { name: "hidden", sensitive: true },
      { name: "id", after: undefined, sensitive: false },
      { name: "url", after: "https://orders/x" },
    ]);
    const summary = await project.converge(plan);
    expect(summary.outputs).toMatchObject({
      id: { value: "id-1", sensitive: false },
      url: { value: "https://orders/x" },
      hidden: { value: { $fingerprint: expect.any(String) as string }, sensitive: true },
    });
    expect(JSON.stringify(difference) + project.everything()).not.toMatch(/quiet please|hush/);
  });

  test("keep their value when what they refer to fails to be made again", async () => {
    const project = new Project();
    await project.deploy(plan);
    const before = project.state?.outputs["id"];
    project.platform.failing.add("orders");
    const blue = { ...plan, resources: planOf({ orders: box("orders", { colour: "blue" }) }).resources };
    await project.deploy({ ...blue, outputs: { id: plan.outputs["id"] as PlannedOutput } });
    expect(project.state?.resources["shop/orders"]).toBeUndefined();
    expect(before).toEqual({ value: "id-1", sensitive: false });
    expect(project.state?.outputs).toEqual({ id: before });
  });

  test("alone are a change", async () => {
    const project = new Project();
    await project.deploy(plan);
    const other = planOf(
      { orders: box("orders", { settings: { KEY: "hush" } }) },
      { id: { value: "fixed" } },
    );
    const difference = await project.difference(other);
    expect(hasChanges(difference)).toBe(true);
    expect(difference.outputs.map(({ name }) => name)).toEqual(["all", "hidden", "id", "url"]);
    await project.converge(other);
    expect(project.state?.outputs).toEqual({ id: { value: "fixed", sensitive: false } });
  });
});

describe("order", () => {
  test("dependsOn orders where no property refers, also through what does not change", async () => {
    const project = new Project();
    await project.deploy(planOf({ middle: box("middle") }));
    const plan = planOf({
      first: box("first"),
      middle: box("middle", {}, ["shop/first"]),
      last: box("last", {}, ["shop/middle"]),
    });
    await project.deploy(plan);
    expect(project.finished()).toEqual(["shop/first", "shop/last"]);
    expect(project.state?.resources["shop/middle"]?.dependencies).toEqual(["shop/first"]);
    await project.expectNothingToDo(plan);
  });

  test("deletes dependents before what they refer to", async () => {
    const project = new Project();
    await project.deploy(
      planOf({
        a: box("a"),
        b: box("b", { links: [reference("shop/a", "id")] }),
        c: box("c", { links: [reference("shop/b", "id")] }),
      }),
    );
    await project.deploy(planOf({}));
    expect(project.finished()).toEqual(["shop/c", "shop/b", "shop/a"]);
  });

  test("deletes after the update that stops using it", async () => {
    const project = new Project();
    await project.deploy(planOf({ a: box("a"), b: box("b", { links: [reference("shop/a", "id")] }) }));
    await project.deploy(planOf({ b: box("b") }));
    expect(project.finished()).toEqual(["shop/b", "shop/a"]);
  });

  test("starts the longest chain first", async () => {
    const project = new Project();
    project.options = { concurrency: 1 };
    await project.deploy(
      planOf({
        a: box("a"),
        y: box("y"),
        z: box("z", {}, ["shop/y"]),
      }),
    );
    expect(project.finished()).toEqual(["shop/y", "shop/a", "shop/z"]);
  });

  test("of what may hold on to each other by kind alone stays cheap for thousands", async () => {
    const project = new Project();
    project.kinds = { ...fakeKinds, layer: { ...fakeKinds["layer"]!, deletedAfter: ["version"] } };
    const many = (kind: string): [string, Resource][] =>
      Array.from({ length: 1_500 }, (_, index) => [
        `${kind}${index}`,
        { kind, properties: { family: `${kind}${index}`, content: "x" } },
      ]);
    await project.deploy(planOf(Object.fromEntries([...many("layer"), ...many("version")])));
    const difference = await project.difference(undefined, true);
    expect(difference.changes).toHaveLength(3_000);
    // A pair each would be more than two million.
    const edges = difference.changes.reduce((sum, { after }) => sum + after.length, 0);
    expect(edges).toBeLessThan(10_000);
    await project.deploy(undefined, true);
    const isVersion = project.finished().map((address) => address.startsWith("shop/version"));
    expect(isVersion.indexOf(false)).toBe(1_500);
    expect(isVersion.lastIndexOf(true)).toBe(1_499);
  });

  test("gives up the better order rather than none", async () => {
    const project = new Project();
    const plan = (colour: string, withMiddle: boolean) =>
      planOf({
        base: box("base", { colour }),
        ...(withMiddle ? { middle: box("middle", { links: [reference("shop/base", "id")] }) } : {}),
        user: box("user", {
          links: [reference("shop/base", "id"), ...(withMiddle ? [reference("shop/middle", "id")] : [])],
        }),
      });
    await project.converge(plan("red", true));
    await project.converge(plan("blue", false));
  });

  test("fails on a circle and names it", async () => {
    const project = new Project();
    const plan = planOf({
      a: box("a", { links: [reference("shop/c", "id")] }),
      b: box("b", { links: [reference("shop/a", "id")] }),
      c: box("c", {}, ["shop/b"]),
    });
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "DEPENDENCY_CYCLE",
      message: "These resources depend on each other in a circle: shop/a → shop/c → shop/b → shop/a.",
    });
  });

  test("serializes what shares a platform object", async () => {
    const project = new Project();
    let running = 0;
    let most = 0;
    project.platform.before = async ({ action }) => {
      if (action !== "CreateChild") return;
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
    };
    const children = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [
        `child${index}`,
        child(reference(`shop/box${index % 2}`, "name"), `child${index}`),
      ]),
    );
    await project.deploy(planOf({ box0: box("box0"), box1: box("box1"), ...children }));
    expect(most).toBe(2);
    expect(project.finished()).toHaveLength(10);
  });
});

describe("values from elsewhere", () => {
  test("another stack's state gives attributes and properties", async () => {
    const base = new Project();
    await base.deploy(planOf({ orders: box("orders") }));
    const state = base.state;
    const project = new Project();
    project.options = { stack: "site", stateOf: (stack) => (stack === "shop" ? state : undefined) };
    await project.deploy(
      planOf(
        { page: box("page", { links: [reference("shop/orders", "id"), reference("shop/orders", "name")] }) },
        {},
        "site",
      ),
    );
    expect(project.platform.world.boxes["page"]?.links).toEqual(["id-1", "orders"]);
  });

  test("fails when the other stack is not deployed", async () => {
    const project = new Project();
    project.options = { stack: "site" };
    const plan = planOf({ page: box("page", { note: reference("shop/orders", "id") }) }, {}, "site");
    await expect(project.difference(plan)).rejects.toMatchObject({
      code: "STACK_NOT_DEPLOYED",
      message:
        "site/page: `note` needs `id` of shop/orders, which is not deployed yet: deploy stack shop first.",
    });
  });

  test("fails when the other stack's value is a secret", async () => {
    const base = new Project();
    await base.deploy(planOf({ orders: box("orders", { settings: { KEY: "hush" } }) }));
    const project = new Project();
    project.options = { stack: "site", stateOf: () => base.state };
    const plan = planOf(
      { page: box("page", { settings: reference("shop/orders", "settings") }) },
      {},
      "site",
    );
    await expect(project.difference(plan)).rejects.toMatchObject({ code: "SECRET_NOT_RECORDED" });
  });

  test("fails on a value of another Terraform provider", async () => {
    const plan = planOf({ orders: box("orders", { links: [{ $token: "${random_id.x.hex}" }] }) });
    await expect(new Project().difference(plan)).rejects.toMatchObject({
      code: "FOREIGN_TOKEN",
      message:
        "shop/orders: `links` needs `${random_id.x.hex}`, a value of another Terraform provider, which only Terraform can resolve.",
      fix: expect.stringContaining("literal or from an environment variable") as string,
    });
  });

  test("fails on a reference to nothing", async () => {
    const project = new Project();
    await expect(
      project.difference(planOf({ orders: box("orders", { note: reference("shop/gone", "id") }) })),
    ).rejects.toMatchObject({ code: "REFERENCE_BROKEN" });
    await project.deploy(planOf({ deps: box("deps") }));
    await expect(
      project.difference(
        planOf({ deps: box("deps"), orders: box("orders", { note: reference("shop/deps", "nothing") }) }),
      ),
    ).rejects.toMatchObject({ code: "ATTRIBUTE_MISSING", message: "shop/deps has no attribute `nothing`." });
  });

  test("fails on a kind that it does not know", async () => {
    await expect(
      new Project().difference(planOf({ orders: { kind: "toString", properties: {} } })),
    ).rejects.toMatchObject({ code: "KIND_UNKNOWN" });
  });
});

describe("plans", () => {
  test("fails on one that was not validated", async () => {
    const plan = { ...planOf({ orders: box("orders") }), validated: false };
    await expect(new Project().difference(plan)).rejects.toMatchObject({
      code: "PLAN_UNVALIDATED",
      message: "The plan of shop was synthesized without validation.",
    });
  });

  test("fails when the stack would move to another region", async () => {
    const project = new Project();
    const plan = planOf({ orders: box("orders") });
    await project.deploy(plan);
    const moved = { ...plan, provider: { ...plan.provider, region: "ap-shanghai" } };
    await expect(project.difference(moved)).rejects.toMatchObject({
      code: "PLATFORM_CHANGED",
      message: "The resources of shop are in ap-guangzhou; the plan is for ap-shanghai.",
    });
    await project.deploy(moved, true);
    expect(project.platform.world.boxes).toEqual({});
    await project.deploy(moved);
  });

  test("the platform is opened once, and only when it is called", async () => {
    let opened = 0;
    const project = new Project();
    const plan = planOf({ orders: box("orders"), other: box("other") });
    project.options = {
      openPlatform: () => {
        opened++;
        return Promise.resolve(project.platform);
      },
    };
    const reconciler = project.reconciler(plan);
    const difference = await reconciler.difference();
    expect(opened).toBe(0);
    await reconciler.apply(difference, { purpose: "deploy" });
    await reconciler.difference();
    expect(opened).toBe(1);
    await reconciler.close();
    expect(project.platform.closed).toBe(true);
    await createReconciler({
      ...project.options,
      stack: "x",
      state: stateIn(temporaryFolder()),
    } as never).close();
  });
});
