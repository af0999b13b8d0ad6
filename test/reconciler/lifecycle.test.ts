import { reference, type Properties } from "../../lib/model/value";
import { box, change, operations, planOf, Project, type Resource } from "./support";

const kept = (lifecycle: Resource["lifecycle"], resource: Resource): Resource => ({
  ...resource,
  ...(lifecycle ? { lifecycle } : {}),
});

describe("a protected resource", () => {
  const plan = (properties: Properties = {}): ReturnType<typeof planOf> =>
    planOf({
      a: kept({ protect: true }, box("a", properties)),
      b: kept({ protect: true }, box("b")),
      c: box("c"),
    });

  test("refuses to be destroyed before any call, and names every one", async () => {
    const project = new Project();
    await project.deploy(plan());
    project.platform.calls.length = 0;
    await expect(project.difference(undefined, true)).rejects.toMatchObject({
      code: "PROTECTED",
      message:
        "Protected resources are neither deleted nor replaced. This would delete shop/a (box default/a), delete shop/b " +
        "(box default/b). Nothing was changed.",
      fix: "Put the construct of shop/a, shop/b back, without `protect`; deploy that, then run this command again.",
    });
    expect(project.platform.calls).toEqual([]);
  });

  test("refuses to be deleted when it leaves the program, and to be replaced", async () => {
    const project = new Project();
    await project.deploy(plan());
    const next = planOf({ a: kept({ protect: true }, box("a", { colour: "blue" })), c: box("c") });
    await expect(project.difference(next)).rejects.toMatchObject({
      code: "PROTECTED",
      message: expect.stringContaining(
        "This would replace shop/a (box default/a), delete shop/b (box default/b).",
      ) as string,
      fix:
        "Remove `protect` from shop/a in the program, and put the construct of shop/b back, without `protect`; deploy that, " +
        "then run this command again.",
    });
    expect(project.platform.writes).not.toContain("DeleteBox");
  });

  test("refuses a replacement that turns out to be needed only when its values are known", async () => {
    const project = new Project();
    const colour = reference("shop/c", "revision");
    await project.converge(planOf({ a: kept({ protect: true }, box("a", { colour })), c: box("c") }));
    const next = planOf({ a: kept({ protect: true }, box("a", { colour })), c: box("c", { size: 2 }) });
    expect(change(await project.difference(next), "a")).toMatchObject({
      operation: "replace",
      tentative: true,
    });
    await project.deploy(next);
    expect(project.failures()).toEqual([expect.stringContaining("shop/a: PROTECTED: ")]);
    expect(project.platform.writes).toEqual(["UpdateBox"]);
  });

  test("is updated, and is deleted once a deploy has taken the protection away", async () => {
    const project = new Project();
    await project.converge(plan());
    await project.converge(plan({ size: 2 }));
    const free = planOf({ a: box("a", { size: 2 }), b: box("b"), c: box("c") });
    await expect(project.difference(free, true)).rejects.toMatchObject({ code: "PROTECTED" });
    await project.converge(free);
    expect(project.state?.resources["shop/a"]).not.toHaveProperty("lifecycle");
    await project.converge(free, true);
    expect(project.platform.world.boxes).toEqual({});
  });
});

describe("a retained resource", () => {
  const plan = planOf({
    a: kept({ retain: true }, box("a")),
    b: box("b", { links: [reference("shop/a", "id")] }),
  });

  test("stays when it leaves the program, is forgotten, and is told", async () => {
    const project = new Project();
    await project.converge(plan);
    const next = planOf({ b: box("b") });
    const difference = await project.difference(next);
    expect(difference.retained).toEqual([
      { address: "shop/a", kind: "box", title: "box", identity: "default/a" },
    ]);
    expect(operations(difference)).toEqual(["update b"]);
    const summary = await project.converge(next);
    expect(summary.retained).toEqual(["shop/a"]);
    expect(Object.keys(project.platform.world.boxes)).toEqual(["a", "b"]);
    expect(Object.keys(project.state?.resources ?? {})).toEqual(["shop/b"]);
  });

  test("stays when its stack is destroyed without the program", async () => {
    const project = new Project();
    await project.deploy(plan);
    const summary = await project.deploy(undefined, true);
    expect(summary).toMatchObject({ retained: ["shop/a"], byOperation: { delete: 1 } });
    expect(Object.keys(project.platform.world.boxes)).toEqual(["a"]);
    await project.expectNothingToDo(undefined, true);
  });

  test("is one from the deploy on that says so, though nothing else changes", async () => {
    const project = new Project();
    await project.deploy(planOf({ a: box("a") }));
    await project.converge(planOf({ a: kept({ retain: true }, box("a")) }));
    expect(project.state?.resources["shop/a"]?.lifecycle).toEqual({ retain: true });
    await project.converge(planOf({}));
    expect(Object.keys(project.platform.world.boxes)).toEqual(["a"]);
  });
});
