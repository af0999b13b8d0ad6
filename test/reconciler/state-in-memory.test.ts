import { existsSync } from "fs";
import { stateIn, stateInMemory, type StateStorage } from "../../lib/reconciler";
import { reference } from "../../lib/model/value";
import { refusal } from "./fake-platform";
import { box, planOf, Project, temporaryFolder, type Resource } from "./support";

const plan = planOf({
  orders: box("orders"),
  bills: box("bills", { links: [reference("shop/orders", "id")] }),
});

function projectOn(state: StateStorage): Project {
  const project = new Project();
  project.options = { state };
  return project;
}

const storages: readonly (readonly [string, () => StateStorage])[] = [
  ["in a folder", () => stateIn(`${temporaryFolder()}/shop`)],
  ["in memory", stateInMemory],
];

describe.each(storages)("a state %s", (_where, make) => {
  test("holds what was deployed, and is the same lineage one serial later each time", async () => {
    const state = make();
    const project = projectOn(state);
    expect(state.read()).toBeUndefined();
    expect(state.lastWritten()).toBeUndefined();
    await project.converge(plan);
    const first = state.read()?.fold.toState();
    expect(Object.keys(first?.resources ?? {})).toEqual(["shop/bills", "shop/orders"]);
    expect(first).toMatchObject({ serial: 1, unfinished: {}, outputs: {} });
    expect(state.lastWritten()).toBeGreaterThan(0);
    const other: Resource = box("orders", { size: 2 });
    await project.converge(planOf({ orders: other }));
    const second = state.read()?.fold.toState();
    expect(second).toMatchObject({ serial: 2, lineage: first?.lineage, salt: first?.salt });
    expect(second?.resources["shop/orders"]?.properties).toMatchObject({ size: 2 });
    await project.converge(undefined, true);
    expect(state.read()?.fold.toState().resources).toEqual({});
  });

  test("is changed by nobody who has read it", async () => {
    const state = make();
    await projectOn(state).deploy(plan);
    state.read()?.fold.preview({ type: "forget", address: "shop/orders", generation: 1 });
    expect(state.read()?.fold.holds("shop/orders")).toBe(true);
  });

  test("fails to be locked twice", async () => {
    const state = make();
    const locked = state.lock({ stack: "shop", purpose: "destroy" });
    const project = projectOn(state);
    await expect(project.deploy(plan)).rejects.toMatchObject({
      code: "STATE_LOCKED",
      message: expect.stringMatching(/^The state of shop is locked by `destroy`/) as string,
    });
    await locked.close();
    await project.converge(plan);
  });

  test("is free again after a run that could not begin", async () => {
    const state = make();
    const project = projectOn(state);
    await project.deploy(plan);
    const elsewhere = { ...plan, provider: { ...plan.provider, region: "ap-shanghai" } };
    await expect(project.deploy(elsewhere)).rejects.toMatchObject({ code: "PLATFORM_CHANGED" });
    await project.converge(plan);
  });

  test("fails to take a difference from before the last run", async () => {
    const project = projectOn(make());
    const reconciler = project.reconciler(plan);
    const outdated = await reconciler.difference();
    await project.deploy(plan);
    await expect(reconciler.apply(outdated, { purpose: "deploy" })).rejects.toMatchObject({
      code: "DIFFERENCE_OUTDATED",
    });
  });

  test("goes on after a run of which something failed", async () => {
    const state = make();
    const project = projectOn(state);
    project.platform.before = (call) => {
      if (call.action === "CreateBox") throw refusal("LimitExceeded.Box", call.action);
    };
    await project.deploy(plan);
    project.platform.before = () => undefined;
    await project.converge(plan);
  });
});

test("a state in memory leaves no file", async () => {
  const project = projectOn(stateInMemory());
  await project.deploy(plan);
  expect(existsSync(project.stateDirectory)).toBe(false);
});
