import { reference } from "../../lib/model/value";
import type { Difference } from "../../lib/reconciler";
import { box, operations, planOf, Project, type Resource } from "./support";

const layer = (content: string): Resource => ({ kind: "layer", properties: { family: "deps", content } });
const child = (parent: string, target = "x"): Resource => ({
  kind: "child",
  properties: { parent: reference(`shop/${parent}`, "name"), name: `of-${parent}`, target },
});
const uses = (name: string, dependency: string, note = "a"): Resource =>
  box(name, { note, links: [reference(`shop/${dependency}`, "number")] });

async function deployTo(
  project: Project,
  plan: ReturnType<typeof planOf> | undefined,
  ...targets: string[]
): Promise<Difference> {
  const reconciler = project.reconciler(plan);
  const difference = await reconciler.difference({ targets });
  project.platform.calls.length = 0;
  await reconciler.apply(difference, { purpose: "deploy" });
  return difference;
}

const plan = planOf({
  deps: layer("one"),
  "api/orders": uses("orders", "deps"),
  "api/stock": box("stock"),
  "api-old": box("old"),
  reader: uses("reader", "deps"),
});

test("a target is made with what it depends on, and nothing else", async () => {
  const project = new Project();
  const difference = await deployTo(project, plan, "shop/api/orders");
  expect(operations(difference)).toEqual(["create deps", "create api/orders"]);
  expect(difference.targets).toEqual({ addresses: ["shop/api/orders"], resources: 2, of: 5 });
  expect(Object.keys(project.state?.resources ?? {})).toEqual(["shop/api/orders", "shop/deps"]);
});

test("a construct stands for all in it, and for nothing whose name only begins alike", async () => {
  const difference = await new Project().reconciler(plan).difference({ targets: ["shop/api"] });
  expect(operations(difference).sort()).toEqual(["create api/orders", "create api/stock", "create deps"]);
});

test("several targets count together, and the stack is everything", async () => {
  const project = new Project();
  const two = await project.reconciler(plan).difference({ targets: ["shop/api/stock", "shop/deps/"] });
  expect(operations(two).sort()).toEqual(["create api/stock", "create deps"]);
  const all = await project.reconciler(plan).difference({ targets: ["shop"] });
  expect(all.changes).toHaveLength(5);
});

test("what else has changed in the program, or was removed from it, is neither read nor touched", async () => {
  const project = new Project();
  await project.converge(plan);
  const changed = planOf({
    deps: layer("one"),
    "api/orders": uses("orders", "deps", "b"),
    "api/stock": box("stock", { note: "b" }),
    reader: uses("reader", "deps"),
  });
  project.platform.calls.length = 0;
  await project.reconciler(changed).difference({ targets: ["shop/api/orders"] });
  expect(project.platform.calls.map(({ request }) => request["Name"])).not.toContain("stock");
  const difference = await deployTo(project, changed, "shop/api/orders");
  expect(operations(difference)).toEqual(["update api/orders"]);
  expect(project.platform.writes).toEqual(["UpdateBox"]);
  expect(operations(await project.difference(changed))).toEqual(["delete api-old", "update api/stock"]);
  await project.converge(changed);
});

test("what has left the program is deleted when it is a target, after what is recorded to refer to it", async () => {
  const project = new Project();
  await project.converge(planOf({ deps: box("deps"), orders: box("orders", { links: [reference("shop/deps", "id")] }), other: box("other"), more: box("more") })); // prettier-ignore
  const rest = planOf({ orders: box("orders") });
  const difference = await deployTo(project, rest, "shop/deps");
  expect(operations(difference)).toEqual(["update orders", "delete deps"]);
  expect(project.platform.writes).toEqual(["UpdateBox", "DeleteBox"]);
  expect(Object.keys(project.state?.resources ?? {})).toEqual(["shop/more", "shop/orders", "shop/other"]);
  await project.converge(rest);
});

test("what goes down with a replaced target without being one itself is told", async () => {
  const project = new Project();
  const painted = (colour: string) =>
    planOf({ painted: box("painted", { colour }), hook: child("painted"), same: box("same") });
  await project.converge(painted("red"));
  const difference = await deployTo(project, painted("blue"), "shop/painted");
  expect(operations(difference)).toEqual(["replace painted"]);
  expect(difference.warnings).toEqual([
    "shop/painted is replaced, and shop/hook goes down with it without being among the targets: deploy it next.",
  ]);
  await project.converge(painted("blue"));
});

test("outputs of targets change, and all others stay as they are recorded", async () => {
  const project = new Project();
  const outputs = (note: string) => ({
    orders: { value: reference("shop/orders", "note") },
    stock: { value: reference("shop/stock", "note") },
    fixed: { value: note },
  });
  const both = (note: string) =>
    planOf({ orders: box("orders", { note }), stock: box("stock", { note }) }, outputs(note));
  const removed = { ...both("a"), outputs: { ...both("a").outputs, gone: { value: "kept" } } };
  await project.converge(removed);
  const difference = await deployTo(project, both("b"), "shop/orders");
  expect(difference.outputs.map(({ name }) => name)).toEqual(["fixed", "orders"]);
  expect(project.state?.outputs).toMatchObject({
    fixed: { value: "b" },
    orders: { value: "b" },
    stock: { value: "a" },
    gone: { value: "kept" },
  });
  await project.converge(both("b"));
  expect(Object.keys(project.state?.outputs ?? {}).sort()).toEqual(["fixed", "orders", "stock"]);
});

test("what an interrupted run has left of a target is cleaned up, and only that", async () => {
  const project = new Project();
  await project.converge(planOf({ a: box("a"), b: box("b") }));
  let killed: Project | undefined;
  project.options = { concurrency: 5 };
  let begun = 0;
  project.platform.before = ({ action }) => {
    if (action === "DeleteBox" && ++begun === 2) killed = project.fork();
  };
  await project.deploy(planOf({}), true);
  const resumed = killed as Project;
  resumed.options = {};
  expect(Object.keys(resumed.state?.unfinished ?? {})).toEqual(["shop/a", "shop/b"]);
  const difference = await deployTo(resumed, undefined, "shop/a");
  expect(operations(difference)).toEqual(["delete a"]);
  expect(Object.keys(resumed.state?.resources ?? {})).toEqual(["shop/b"]);
});

test("fails for a target that leads nowhere", async () => {
  const project = new Project();
  await expect(project.reconciler(plan).difference({ targets: ["shop/apis"] })).rejects.toMatchObject({
    code: "TARGET_UNKNOWN",
    message: "There is nothing at or below shop/apis, in the program or recorded.",
  });
});
