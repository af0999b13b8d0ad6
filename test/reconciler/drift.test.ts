import { reference } from "../../lib/model/value";
import type { Drift, DriftedResource } from "../../lib/reconciler";
import type { Box } from "./fake-platform";
import { box, change, operations, planOf, Project } from "./support";

const plan = planOf({
  orders: box("orders", { note: "ours", settings: { KEY: "value" } }),
  stock: box("stock", { links: [reference("shop/orders", "id")] }),
});

async function deployed(): Promise<Project> {
  const project = new Project();
  await project.converge(plan);
  project.platform.calls.length = 0;
  return project;
}

function boxOf(project: Project, name: string): Box {
  return project.platform.world.boxes[name] as Box;
}

function drifted(drift: Drift, id: string): DriftedResource {
  return drift.resources.find(({ address }) => address === `shop/${id}`) as DriftedResource;
}

async function refresh(project: Project, wanted = plan): Promise<{ updated: number; forgotten: number }> {
  const reconciler = project.reconciler(wanted);
  return reconciler.refresh(await reconciler.drift(), { purpose: "refresh" });
}

test("nothing has drifted right after a deploy", async () => {
  const project = await deployed();
  expect(await project.reconciler(plan).drift()).toMatchObject({
    stack: "shop",
    serial: 1,
    resources: [],
    unchanged: 2,
  });
  expect(project.platform.writes).toEqual([]);
});

test("a stack that was never deployed has no drift, and no file is made", async () => {
  const project = new Project();
  expect(await project.reconciler(plan).drift()).toMatchObject({ serial: 0, resources: [], unchanged: 0 });
  expect(project.everything()).toBe("[]");
});

test("gives recorded, live and wanted value of what was changed elsewhere", async () => {
  const project = await deployed();
  boxOf(project, "orders").note = "theirs";
  const wanted = planOf({ orders: box("orders", { note: "next" }), stock: box("stock") });
  const drift = await project.reconciler(wanted).drift();
  expect(drift).toMatchObject({ unchanged: 1 });
  expect(drift.resources).toMatchObject([
    {
      address: "shop/orders",
      kind: "box",
      title: "box",
      identity: "default/orders",
      state: "changed",
      properties: [{ name: "note", recorded: "ours", live: "theirs", wanted: "next", sensitive: false }],
    },
  ]);
  expect(project.platform.writes).toEqual([]);
  expect(project.state?.serial).toBe(1);
});

test("what the program has changed, and nobody else, is no drift", async () => {
  const project = await deployed();
  const wanted = planOf({ orders: box("orders", { note: "next" }), fresh: box("fresh") });
  expect((await project.reconciler(wanted).drift()).resources).toEqual([]);
});

test("what was added elsewhere is wanted by nobody; what left the program has no wanted value at all", async () => {
  const project = await deployed();
  boxOf(project, "orders").links = ["stray"];
  boxOf(project, "stock").note = "stray";
  const drift = await project.reconciler(planOf({ orders: box("orders", { note: "ours" }) })).drift();
  expect(drifted(drift, "orders").properties).toEqual([
    { name: "links", recorded: undefined, live: ["stray"], wanted: null, sensitive: false },
  ]);
  expect(drifted(drift, "stock").properties[0]).not.toHaveProperty("wanted");
});

test("a wanted value that only a deploy will know is left out", async () => {
  const project = await deployed();
  boxOf(project, "stock").links = ["other"];
  const wanted = planOf({
    fresh: box("fresh"),
    stock: box("stock", { links: [reference("shop/fresh", "id")] }),
  });
  const [property] = drifted(await project.reconciler(wanted).drift(), "stock").properties;
  expect(property).toEqual({ name: "links", recorded: ["id-1"], live: ["other"], sensitive: false });
});

test("the wanted value of what is going to move is that of its next address", async () => {
  const project = await deployed();
  boxOf(project, "orders").note = "theirs";
  const wanted = planOf({ "main/orders": box("orders", { note: "next" }) });
  expect(drifted(await project.reconciler(wanted).drift(), "orders").properties).toMatchObject([
    { name: "note", wanted: "next" },
  ]);
});

test("says what is gone, and what belongs to somebody else", async () => {
  const project = await deployed();
  delete project.platform.world.boxes["stock"];
  boxOf(project, "orders").owner = "ffffffff00000000000000000000g1";
  const drift = await project.reconciler(plan).drift();
  expect(drift.resources.map(({ address, state }) => [address, state])).toEqual([
    ["shop/orders", "foreign"],
    ["shop/stock", "gone"],
  ]);
});

test("an object without a mark is somebody else's where everything of ours has one", async () => {
  const project = await deployed();
  project.kinds = { ...project.kinds, box: { ...project.kinds["box"]!, marked: true } };
  boxOf(project, "orders").owner = undefined as never;
  expect(drifted(await project.reconciler(plan).drift(), "orders").state).toBe("foreign");
});

test("needs no secrets, and shows none", async () => {
  const project = new Project();
  const secret = planOf({
    orders: box("orders", {
      note: { $join: ["key ", { $secret: { environment: "KEY" } }] },
      settings: { PASSWORD: { $secret: { environment: "KEY" } } },
    }),
  });
  project.environment = { KEY: "correct-horse" };
  await project.converge(secret);
  boxOf(project, "orders").settings = { PASSWORD: "battery-staple" };
  boxOf(project, "orders").note = "key correct-horse!";
  project.environment = {};
  const drift = await project.reconciler(secret).drift();
  expect(drift.resources[0]?.properties).toMatchObject([
    { name: "note", sensitive: true },
    { name: "settings", sensitive: true },
  ]);
  await project.reconciler(secret).refresh(drift, { purpose: "refresh" });
  const all = JSON.stringify(drift) + project.everything();
  for (const text of ["correct-horse", "battery-staple"]) expect(all).not.toContain(text);
  expect((await project.reconciler(secret).drift()).resources).toEqual([]);
  project.environment = { KEY: "correct-horse" };
  await project.converge(secret);
  expect(boxOf(project, "orders").settings).toEqual({ PASSWORD: "correct-horse" });
});

test("fails when the platform cannot be read", async () => {
  const project = await deployed();
  project.platform.before = () => {
    throw Object.assign(new Error("connection refused"), { name: "UnknownOutcomeError", sent: false });
  };
  await expect(project.reconciler(plan).drift()).rejects.toThrow("connection refused");
});

describe("refresh", () => {
  test("records what is live without a call that writes; after it, drift is a difference as any other", async () => {
    const project = await deployed();
    boxOf(project, "orders").note = "theirs";
    expect(await refresh(project)).toEqual({ updated: 1, forgotten: 0 });
    expect(project.platform.writes).toEqual([]);
    expect(project.state?.resources["shop/orders"]?.properties).toMatchObject({ note: "theirs", size: 1 });
    expect((await project.reconciler(plan).drift()).resources).toEqual([]);
    expect(change(await project.difference(plan), "orders").properties).toEqual([
      { name: "note", before: "theirs", after: "ours", reason: "config", effect: "update", sensitive: false },
    ]);
    await project.converge(plan);
    expect(boxOf(project, "orders").note).toBe("ours");
  });

  test("a program that takes over what was changed elsewhere has nothing to do", async () => {
    const project = await deployed();
    boxOf(project, "orders").note = "theirs";
    boxOf(project, "stock").links = [];
    await refresh(project);
    const taken = planOf({
      orders: box("orders", { note: "theirs", settings: { KEY: "value" } }),
      stock: box("stock"),
    });
    expect(operations(await project.difference(taken))).toEqual([]);
    await project.converge(taken);
    expect(project.platform.writes).toEqual([]);
  });

  test("forgets what is gone: it is created again", async () => {
    const project = await deployed();
    delete project.platform.world.boxes["stock"];
    expect(await refresh(project)).toEqual({ updated: 0, forgotten: 1 });
    expect(project.platform.writes).toEqual([]);
    expect(Object.keys(project.state?.resources ?? {})).toEqual(["shop/orders"]);
    const difference = await project.difference(plan);
    expect(operations(difference)).toEqual(["create stock"]);
    expect(change(difference, "stock").cause).toBeUndefined();
    await project.converge(plan);
  });

  test("leaves the record of what belongs to somebody else", async () => {
    const project = await deployed();
    boxOf(project, "orders").owner = "ffffffff00000000000000000000g1";
    boxOf(project, "orders").note = "theirs";
    expect(await refresh(project)).toEqual({ updated: 0, forgotten: 0 });
    expect(project.state?.resources["shop/orders"]?.properties).toMatchObject({ note: "ours" });
    expect(drifted(await project.reconciler(plan).drift(), "orders").state).toBe("foreign");
  });

  test("records nothing when there is nothing to record, or when it is told to stop", async () => {
    const project = await deployed();
    await refresh(project);
    boxOf(project, "orders").note = "theirs";
    const reconciler = project.reconciler(plan);
    const signal = AbortSignal.abort();
    const drift = await reconciler.drift();
    expect(await reconciler.refresh(drift, { purpose: "refresh", signal })).toEqual({
      updated: 0,
      forgotten: 0,
    });
    expect(project.state?.serial).toBe(1);
  });

  test("fails when the state has moved on since, and records nothing", async () => {
    const project = await deployed();
    boxOf(project, "orders").note = "theirs";
    const reconciler = project.reconciler(plan);
    const drift = await reconciler.drift();
    await project.converge(planOf({ orders: box("orders", { note: "ours" }), stock: box("stock") }));
    await expect(reconciler.refresh(drift, { purpose: "refresh" })).rejects.toMatchObject({
      code: "DIFFERENCE_OUTDATED",
    });
    expect(project.state?.resources["shop/orders"]?.properties).toMatchObject({ note: "ours" });
  });
});
