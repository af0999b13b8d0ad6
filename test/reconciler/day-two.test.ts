import { reference, type Properties } from "../../lib/model/value";
import { fakeKinds } from "./fake-kinds";
import type { Box } from "./fake-platform";
import { box, change, operations, planOf, Project, type Resource } from "./support";

const orders = (properties: Properties = {}): ReturnType<typeof planOf> =>
  planOf({ orders: box("orders", properties) });
const kept = (lifecycle: Resource["lifecycle"], resource: Resource): Resource => ({
  ...resource,
  ...(lifecycle ? { lifecycle } : {}),
});
const live = (project: Project, name: string): Box => project.platform.world.boxes[name] as Box;

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

describe("targets", () => {
  const plan = (size: number): ReturnType<typeof planOf> =>
    planOf(
      {
        base: box("base", { size }),
        "web/front": box("front", { size, links: [reference("shop/base", "id")] }),
        "web/back": box("back", { size }),
        webhook: box("webhook", { size }),
      },
      { id: { value: reference("shop/webhook", "id") } },
    );
  const deploy = async (
    project: Project,
    wanted: ReturnType<typeof planOf>,
    targets: readonly string[],
    destroy = false,
  ): Promise<string[]> => {
    const reconciler = project.reconciler(wanted);
    const difference = await reconciler.difference({ targets, destroy });
    project.platform.calls.length = 0;
    await reconciler.apply(difference, { purpose: "deploy" });
    expect(project.failures()).toEqual([]);
    return operations(difference).sort();
  };

  test("are deployed with what they depend on, and nothing else is touched", async () => {
    const project = new Project();
    expect(await deploy(project, plan(1), ["shop/web"])).toEqual([
      "create base",
      "create web/back",
      "create web/front",
    ]);
    expect(Object.keys(project.platform.world.boxes).sort()).toEqual(["back", "base", "front"]);
    expect(project.state?.outputs).toEqual({});
    await project.converge(plan(1));
    expect(await deploy(project, plan(2), ["shop/web/back"])).toEqual(["update web/back"]);
    expect(project.platform.calls.some(({ request }) => request["Name"] === "webhook")).toBe(false);
    const { warnings } = await project.reconciler(plan(2)).difference({ targets: ["shop/web/back"] });
    expect(warnings).toEqual([
      "Limited to shop/web/back and what that depends on: 3 other resources are left alone, and so are all outputs.",
    ]);
  });

  test("are deleted with what refers to them; what left the program elsewhere stays", async () => {
    const project = new Project();
    await project.converge(plan(1));
    expect(await deploy(project, plan(1), ["shop/base"], true)).toEqual(["delete base", "delete web/front"]);
    expect(await deploy(project, planOf({ "web/front": box("front") }), ["shop/web/front"])).toEqual([
      "create web/front",
    ]);
    expect(Object.keys(project.platform.world.boxes).sort()).toEqual(["back", "front", "webhook"]);
  });

  test("fails on one that is nowhere", async () => {
    const project = new Project();
    await expect(project.reconciler(plan(1)).difference({ targets: ["shop/we"] })).rejects.toMatchObject({
      code: "TARGET_UNKNOWN",
      message: "Nothing in shop has the address shop/we, or lies below it.",
      fix: "`cdktf-scf state list` and `cdktf-scf diff` show the addresses there are.",
    });
  });
});

describe("drift", () => {
  test("shows recorded, live and wanted value, and what is gone or taken; nothing is written", async () => {
    const project = new Project();
    const plan = planOf({ a: box("a", { note: "x" }), b: box("b"), c: box("c"), d: box("d") });
    await project.deploy(plan);
    live(project, "a").note = "theirs";
    delete project.platform.world.boxes["b"];
    live(project, "c").owner = "0123abcdsomebodyelseg1";
    project.platform.calls.length = 0;
    const drift = await project.reconciler(planOf({ a: box("a", { note: "next" }), c: box("c") })).drift();
    expect(drift).toMatchObject({
      unchanged: 1,
      warnings: [],
      resources: [
        {
          address: "shop/a",
          identity: "default/a",
          state: "changed",
          properties: [{ name: "note", recorded: "x", live: "theirs", wanted: "next", sensitive: false }],
        },
        { address: "shop/b", state: "gone" },
        { address: "shop/c", state: "taken" },
      ],
    });
    expect(project.platform.writes).toEqual([]);
  });

  test("of a secret shows no value, and needs none", async () => {
    const project = new Project();
    const plan = orders({ settings: { KEY: { $secret: { environment: "KEY" } } } });
    project.environment = { KEY: "clear-value" };
    await project.deploy(plan);
    live(project, "orders").settings = { KEY: "intruder" };
    project.environment = {};
    const drift = await project.reconciler(plan).drift();
    expect(drift.resources).toMatchObject([{ properties: [{ name: "settings", sensitive: true }] }]);
    expect(drift.warnings).toEqual([
      expect.stringContaining("What the program says of shop/orders cannot be shown: ") as string,
    ]);
    expect(JSON.stringify(drift)).not.toMatch(/intruder|clear-value/);
  });

  test("is recorded by refresh without a call: the next difference starts from it", async () => {
    const project = new Project();
    const plan = planOf({ a: box("a", { note: "x", password: "p" }), b: box("b") });
    await project.deploy(plan);
    live(project, "a").note = "theirs";
    delete project.platform.world.boxes["b"];
    const reconciler = project.reconciler(plan);
    const drift = await reconciler.drift();
    project.platform.calls.length = 0;
    expect(await reconciler.refresh(JSON.parse(JSON.stringify(drift)), { purpose: "refresh" })).toEqual({
      recorded: 1,
      forgotten: 1,
    });
    expect(project.platform.calls).toEqual([]);
    expect(project.state?.resources).toMatchObject({
      "shop/a": { properties: { note: "theirs", password: "p" } },
    });
    const difference = await project.difference(plan);
    expect(operations(difference)).toEqual(["update a", "create b"]);
    expect(change(difference, "a").properties).toMatchObject([{ name: "note", reason: "config" }]);
    await expect(reconciler.refresh(drift, { purpose: "refresh" })).rejects.toMatchObject({
      code: "DIFFERENCE_OUTDATED",
    });
    await project.converge(plan);
  });
});

describe("import", () => {
  const existing = (owner = "", properties: Partial<Box> = {}): Project => {
    const project = new Project();
    project.platform.world.boxes["orders"] = {
      name: "orders",
      id: "id-7",
      size: 7,
      owner,
      revision: 3,
      ...properties,
    };
    return project;
  };
  const purpose = "import";

  test("records what is really there and marks it; the next deploy changes what differs", async () => {
    const project = existing("", { colour: "red" } as Partial<Box>);
    const plan = orders({ colour: "red", size: 2 });
    await expect(project.reconciler(plan).import("shop/orders", "orders", { purpose })).resolves.toEqual({
      address: "shop/orders",
      kind: "box",
      title: "box",
      identity: "default/orders",
      marked: true,
      differs: ["size"],
    });
    expect(project.platform.writes).toEqual(["MarkBox"]);
    expect(project.state?.resources["shop/orders"]).toMatchObject({
      properties: { name: "orders", size: 7, colour: "red" },
      attributes: { id: "id-7" },
    });
    await project.converge(plan);
    expect(project.platform.writes).toEqual(["UpdateBox"]);
    await project.converge(plan, true);
    expect(project.platform.world.boxes).toEqual({});
  });

  test("keeps what cannot be marked as ours", async () => {
    const project = existing();
    const { mark: _none, ...importing } = fakeKinds["box"]!.import!;
    project.kinds = { ...fakeKinds, box: { ...fakeKinds["box"]!, import: importing } };
    await expect(
      project.reconciler(orders()).import("shop/orders", "orders", { purpose }),
    ).resolves.toMatchObject({ marked: false });
    await project.converge(orders());
    await project.converge(orders(), true);
    expect(project.platform.world.boxes).toEqual({});
  });

  test.each([
    ["of which there is none", existing(), "other", "IMPORT_NOT_FOUND", "There is no box other."],
    [
      "that another stack has",
      existing("0123abcdsomebodyelseg1"),
      "orders",
      "IMPORT_OWNED",
      "The box default/orders carries the mark of another stack: two that manage one object undo each other's changes.",
    ],
    [
      "that is being deleted",
      existing("", { status: "Deleting", readsLeft: 9 }),
      "orders",
      "IMPORT_NOT_FOUND",
      "The box orders is being deleted.",
    ],
  ])("fails on an object %s, and records nothing", async (_name, project, id, code, message) => {
    await expect(project.reconciler(orders()).import("shop/orders", id, { purpose })).rejects.toMatchObject({
      code,
      message,
    });
    expect(project.platform.writes).toEqual([]);
    expect(project.state).toBeUndefined();
  });

  test("takes over what another stack has when told to", async () => {
    const project = existing("0123abcdsomebodyelseg1");
    await project.reconciler(orders()).import("shop/orders", "orders", { purpose, takeOver: true });
    await project.converge(orders());
    expect(live(project, "orders").owner).not.toBe("0123abcdsomebodyelseg1");
  });

  test("fails on an address that the program has not, or that manages something already", async () => {
    const project = existing();
    const reconciler = project.reconciler(orders());
    await expect(reconciler.import("shop/other", "orders", { purpose })).rejects.toMatchObject({
      code: "IMPORT_ADDRESS",
      message: "The program declares nothing at shop/other.",
    });
    await reconciler.import("shop/orders", "orders", { purpose });
    await expect(reconciler.import("shop/orders", "orders", { purpose })).rejects.toMatchObject({
      code: "IMPORT_MANAGED",
      message: "shop/orders manages an object already.",
    });
    const two = planOf({ orders: box("orders"), again: box("orders") });
    await expect(project.reconciler(two).import("shop/again", "orders", { purpose })).rejects.toMatchObject({
      code: "IMPORT_MANAGED",
      message: "shop/orders manages the box default/orders already.",
      fix: "Run `cdktf-scf state mv shop/orders shop/again` to give it the other address.",
    });
  });

  test("fails on a kind that cannot be imported", async () => {
    const project = existing();
    const plan = planOf({
      orders: box("orders"),
      hook: { kind: "child", properties: { parent: "orders", name: "hook", target: "x" } },
    });
    await expect(project.reconciler(plan).import("shop/hook", "x", { purpose })).rejects.toMatchObject({
      code: "IMPORT_UNSUPPORTED",
      message: "A child cannot be imported: nothing tells one from another.",
    });
  });
});
