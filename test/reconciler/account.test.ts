import type { Plan } from "../../lib/model/plan";
import { refusal } from "./fake-platform";
import { box, planOf, Project } from "./support";

/** A project on the cloud, whose credentials belong to one account. */
function cloudProject(caller: () => string): Project {
  const project = new Project();
  const call = project.platform.call as unknown as (
    service: string,
    action: string,
    request: object,
  ) => Promise<unknown>;
  Object.assign(project.platform, {
    call: async (service: string, action: string, request: object) => {
      if (action !== "GetCallerIdentity") return call(service, action, request);
      project.platform.calls.push({ action, request: {} });
      return { AccountId: caller() };
    },
  });
  return project;
}

function onCloud(plan: Plan, uin?: string, endpoint?: string): Plan {
  return {
    ...plan,
    provider: {
      ...plan.provider,
      account: { type: "standard", ...(uin === undefined ? {} : { uin }) },
      platform: { type: "tencentcloud", ...(endpoint === undefined ? {} : { endpoint }) },
    },
  };
}

const plan = onCloud(planOf({ orders: box("orders") }));

test("the account of the credentials is asked for once in a run, and recorded", async () => {
  const project = cloudProject(() => "100001");
  await project.converge(plan);
  expect(project.state?.provider.accountId).toBe("100001");
  project.platform.calls.length = 0;
  const reconciler = project.reconciler(plan);
  await reconciler.apply(await reconciler.difference(), { purpose: "deploy" });
  expect(project.platform.calls.filter(({ action }) => action === "GetCallerIdentity")).toHaveLength(1);
});

test("fails with credentials of another account, before anything is read or written", async () => {
  let caller = "100001";
  const project = cloudProject(() => caller);
  await project.converge(plan);
  caller = "100002";
  project.platform.calls.length = 0;
  const failure = {
    code: "PLATFORM_CHANGED",
    message: "The resources of shop are of account 100001; the credentials belong to account 100002.",
    fix: expect.stringContaining("Use credentials of account 100001") as string,
  };
  await expect(project.difference(plan)).rejects.toMatchObject(failure);
  await expect(project.difference(undefined, true)).rejects.toMatchObject(failure);
  expect(new Set(project.platform.calls.map(({ action }) => action))).toEqual(new Set(["GetCallerIdentity"]));
});

test("fails to look for what is to be imported with credentials of another account", async () => {
  let caller = "100001";
  const project = cloudProject(() => caller);
  await project.converge(plan);
  caller = "100002";
  const requests = [{ address: "shop/orders", id: "orders" }];
  await expect(project.reconciler(plan).findImports({ requests })).rejects.toMatchObject({
    code: "PLATFORM_CHANGED",
  });
});

test("fails to apply a saved difference with credentials of another account", async () => {
  let caller = "100001";
  const project = cloudProject(() => caller);
  await project.converge(plan);
  const changed = onCloud(planOf({ orders: box("orders", { size: 5 }) }));
  const saved = await project.difference(changed);
  caller = "100002";
  await expect(project.reconciler(changed).apply(saved, { purpose: "deploy" })).rejects.toMatchObject({
    code: "PLATFORM_CHANGED",
  });
  expect(project.platform.world.boxes["orders"]?.size).toBe(1);
});

test("fails when the plan names another account than that of the credentials", async () => {
  const project = cloudProject(() => "100002");
  await expect(project.difference(onCloud(plan, "100001"))).rejects.toMatchObject({
    code: "PLATFORM_CHANGED",
    message: "The plan of shop is of account 100001; the credentials belong to account 100002.",
  });
});

test("a stack without resources may go to another account", async () => {
  let caller = "100001";
  const project = cloudProject(() => caller);
  await project.converge(plan);
  await project.converge(plan, true);
  caller = "100002";
  await project.converge(plan);
  expect(project.state?.provider.accountId).toBe("100002");
});

test("whoever may not ask deploys all the same", async () => {
  const project = cloudProject(() => {
    throw refusal("UnauthorizedOperation", "GetCallerIdentity");
  });
  await project.converge(plan);
  expect(project.state?.provider).not.toHaveProperty("accountId");
});

test("a stand-in for the platform that knows no accounts is deployed to", async () => {
  const project = cloudProject(() => {
    throw refusal("InvalidAction", "GetCallerIdentity");
  });
  await project.converge(onCloud(plan, undefined, "http://127.0.0.1:1"));
  await expect(new Promise((resolve) => resolve(project.difference(plan)))).rejects.toMatchObject({
    code: "READ_FAILED",
  });
});

test("the local platform is not asked", async () => {
  const project = cloudProject(() => "100001");
  await project.converge(planOf({ orders: box("orders") }));
  expect(project.platform.calls.map(({ action }) => action)).not.toContain("GetCallerIdentity");
});
