import type { State } from "../../lib/reconciler";
import { box, planOf, Project } from "./support";

/** A platform on which a box stands that no stack has made. */
function withOrders(): Project {
  const project = new Project();
  project.platform.world.boxes["orders"] = { name: "orders", id: "id-0", size: 1, owner: "", revision: 1 };
  return project;
}

test("fails to give one object two addresses", async () => {
  const project = withOrders();
  const plan = planOf({ a: box("orders"), b: box("orders") });
  const requests = ["shop/a", "shop/b"].map((address) => ({ address, id: "orders" }));
  const reconciler = project.reconciler(plan);
  const findings = await reconciler.findImports({ requests });
  expect(findings.found).toMatchObject([{ address: "shop/a", identity: "default/orders" }]);
  expect(findings.problems).toMatchObject([
    { address: "shop/b", problem: "recorded", at: "shop/a", occupied: false },
  ]);
  expect(await reconciler.import(findings, { requests })).toMatchObject({
    imported: ["shop/a"],
    failed: { address: "shop/b", code: "DIFFERENCE_OUTDATED" },
  });
  expect(Object.keys(project.state?.resources ?? {})).toEqual(["shop/a"]);
});

test("fails to import what another stack in the same place records", async () => {
  const elsewhere = withOrders();
  const plan = planOf({ orders: box("orders") });
  const requests = [{ address: "shop/orders", id: "orders" }];
  const reconciler = elsewhere.reconciler(plan);
  await reconciler.import(await reconciler.findImports({ requests }), { requests });
  const state = elsewhere.state as State;
  const problemsWith = async (others: readonly State[]): Promise<readonly unknown[]> =>
    (await withOrders().reconciler(plan).findImports({ requests, others })).problems;
  expect(await problemsWith([state])).toMatchObject([
    { problem: "recorded", at: "shop/orders", occupied: false },
  ]);
  expect(await problemsWith([{ ...state, provider: { ...state.provider, region: "ap-beijing" } }])).toEqual(
    [],
  );
});
