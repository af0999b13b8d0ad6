import type { Plan, PlannedLifecycle } from "../../lib/model/plan";
import { reference } from "../../lib/model/value";
import { box, operations, planOf, Project, type Resource } from "./support";

/** A plan in which some resources have a past. */
function moved(
  resources: Readonly<Record<string, Resource>>,
  movedFrom: Readonly<Record<string, readonly string[]>>,
): Plan {
  const plan = planOf(resources);
  return {
    ...plan,
    resources: plan.resources.map((resource) => {
      const from = movedFrom[resource.address.slice("shop/".length)];
      const lifecycle: PlannedLifecycle | undefined = from && {
        movedFrom: from.map((id) => `shop/${id}`),
      };
      return lifecycle ? { ...resource, lifecycle } : resource;
    }),
  };
}

test("an object stays where the program says that its construct moved, and no call is made", async () => {
  const project = new Project();
  await project.converge(planOf({ "old/orders": box("orders"), "old/stock": box("stock") }));
  const plan = moved(
    { "main/orders": box("orders"), "main/stock": box("stock") },
    { "main/orders": ["old/orders"], "main/stock": ["old/stock"] },
  );
  const difference = await project.difference(plan);
  expect(operations(difference)).toEqual([]);
  expect(difference.warnings).toEqual([
    "shop/main/orders moved from shop/old/orders: the box default/orders stays as it is.",
    "shop/main/stock moved from shop/old/stock: the box default/stock stays as it is.",
  ]);
  project.platform.calls.length = 0;
  await project.deploy(plan);
  expect(project.platform.writes).toEqual([]);
  expect(Object.keys(project.state?.resources ?? {})).toEqual(["shop/main/orders", "shop/main/stock"]);
  expect((await project.difference(plan)).warnings).toEqual([]);
});

test("the program decides where kind and name would be found at two places", async () => {
  const project = new Project();
  await project.converge(planOf({ a: box("one"), b: box("two") }));
  const plan = moved({ c: box("two"), d: box("one") }, { c: ["b"] });
  const { warnings, changes } = await project.difference(plan);
  expect(changes).toEqual([]);
  expect(warnings).toEqual([
    "shop/c moved from shop/b: the box default/two stays as it is.",
    "shop/a is shop/d now: the box default/one stays as it is.",
  ]);
});

test("an object that moves and changes is updated", async () => {
  const project = new Project();
  await project.converge(planOf({ old: box("orders", { note: "a" }) }));
  const plan = moved({ fresh: box("orders", { note: "b" }) }, { fresh: ["old"] });
  expect((await project.difference(plan)).warnings).toEqual([
    "shop/fresh moved from shop/old: the box default/orders stays, and is updated.",
  ]);
  project.platform.calls.length = 0;
  await project.converge(plan);
  expect(project.platform.writes).toEqual(["UpdateBox"]);
});

test("an object whose name changes with its path is replaced at its new address, and that is said", async () => {
  const project = new Project();
  await project.converge(planOf({ old: box("shop-old") }));
  const plan = moved({ fresh: box("shop-fresh") }, { fresh: ["old"] });
  const difference = await project.difference(plan);
  expect(operations(difference)).toEqual(["replace fresh"]);
  expect(difference.warnings).toEqual([
    "shop/fresh moved from shop/old, and the box default/shop-old does not stay: it is to be replaced, because of `name`.",
  ]);
  await project.converge(plan);
  expect(Object.keys(project.platform.world.boxes)).toEqual(["shop-fresh"]);
});

test("the latest earlier address that is recorded counts", async () => {
  const project = new Project();
  await project.converge(planOf({ oldest: box("orders") }));
  const plan = moved({ fresh: box("orders") }, { fresh: ["old", "oldest"] });
  expect((await project.difference(plan)).warnings).toEqual([
    "shop/fresh moved from shop/oldest: the box default/orders stays as it is.",
  ]);
});

test("what has moved in an earlier run is silently fine", async () => {
  const project = new Project();
  const plan = moved({ fresh: box("orders"), more: box("more") }, { fresh: ["old"] });
  await project.converge(planOf({ fresh: box("orders") }));
  expect((await project.difference(plan)).warnings).toEqual([]);
});

test("a move from where nothing is recorded is a warning, once for a whole construct", async () => {
  const project = new Project();
  await project.converge(planOf({ other: box("other") }));
  const plan = moved(
    { other: box("other"), "main/orders": box("orders"), "main/stock": box("stock") },
    { "main/orders": ["odl/orders", "older/orders"], "main/stock": ["odl/stock", "older/stock"] },
  );
  const difference = await project.difference(plan);
  expect(operations(difference)).toEqual(["create main/orders", "create main/stock"]);
  expect(difference.warnings).toEqual([
    "shop/main says that it moved from shop/odl or shop/older, where nothing is recorded: it is created.",
  ]);
});

test("what is new in a construct that has moved needs no past", async () => {
  const project = new Project();
  await project.converge(planOf({ "old/orders": box("orders") }));
  const past = { "main/orders": ["old/orders"], "main/stock": ["old/stock"] };
  const plan = moved({ "main/orders": box("orders"), "main/stock": box("stock") }, past);
  expect((await project.difference(plan)).warnings).toEqual([
    "shop/main/orders moved from shop/old/orders: the box default/orders stays as it is.",
  ]);
  await project.converge(plan);
  const more = { "main/orders": box("orders"), "main/stock": box("stock"), "main/third": box("third") };
  const later = moved(more, { ...past, "main/third": ["old/third"] });
  expect((await project.difference(later)).warnings).toEqual([]);
});

test("on the first deploy of a stack nothing can have moved, and nothing is said of it", async () => {
  const plan = moved({ fresh: box("orders") }, { fresh: ["old"] });
  expect((await new Project().difference(plan)).warnings).toEqual([]);
});

test("fails to move to another kind, and says what is recorded", async () => {
  const project = new Project();
  await project.converge(planOf({ old: box("orders") }));
  const layer = { kind: "layer", properties: { family: "deps", content: "x" } };
  const difference = await project.difference(moved({ fresh: layer }, { fresh: ["old"] }));
  expect(operations(difference)).toEqual(["create fresh", "delete old"]);
  expect(difference.warnings).toEqual([
    "shop/fresh cannot move from shop/old: a box is recorded there, and it is a layer.",
  ]);
});

test("what refers to an object that moved goes on referring to it", async () => {
  const project = new Project();
  const reader = (address: string): Resource => box("reader", { links: [reference(address, "id")] });
  await project.converge(planOf({ old: box("deps"), reader: reader("shop/old") }));
  const plan = moved({ fresh: box("deps"), reader: reader("shop/fresh") }, { fresh: ["old"] });
  project.platform.calls.length = 0;
  await project.converge(plan);
  expect(project.platform.writes).toEqual([]);
  expect(project.state?.resources["shop/reader"]?.dependencies).toEqual(["shop/fresh"]);
  project.platform.calls.length = 0;
  await project.converge(plan, true);
  expect(project.platform.writes).toEqual(["DeleteBox", "DeleteBox"]);
});

test("an operation that was cut off moves along, and is finished at the new address", async () => {
  const project = new Project();
  await project.converge(planOf({ old: box("orders", { note: "a" }) }));
  let killed: Project | undefined;
  project.platform.before = ({ action }) => {
    if (action === "UpdateBox") killed ??= project.fork();
  };
  await project.deploy(planOf({ old: box("orders", { note: "b" }) }));
  const resumed = killed as Project;
  expect(Object.keys(resumed.state?.unfinished ?? {})).toEqual(["shop/old"]);
  const plan = moved({ fresh: box("orders", { note: "b" }) }, { fresh: ["old"] });
  await resumed.converge(plan);
  expect(resumed.platform.world.boxes).toMatchObject({ orders: { note: "b", id: "id-1" } });
});
