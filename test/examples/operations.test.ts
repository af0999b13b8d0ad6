import * as path from "node:path";
import { App } from "cdktf";
import { Operations } from "../../examples/operations/operations";
import { matchesHash } from "../../lib/assets";
import { kinds } from "../../lib/kinds";
import type { Kind } from "../../lib/kinds/kind";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import { createReconciler, type RunSummary, stagedPackages, stateIn } from "../../lib/reconciler";
import { readPlan } from "../constructs/app";
import { temporaryFolder } from "../temporary-folder";

/** An account with the user and the group that the example names. */
async function account(): Promise<LocalPlatform> {
  const platform = openLocalPlatform({
    path: path.join(temporaryFolder(), "local.db"),
    region: "ap-guangzhou",
  });
  await platform.call("cam", "AddUser", { Name: "alice" });
  await platform.call("cam", "CreateGroup", { GroupName: "on-call" });
  return platform;
}

const folder = temporaryFolder();

async function run(
  platform: LocalPlatform,
  { purpose = "deploy", office = "10.121.2.0/24" }: { purpose?: "deploy" | "destroy"; office?: string } = {},
): Promise<{ summary: RunSummary; writes: string[] }> {
  const app = new App({ outdir: path.join(folder, "cdktf.out") });
  new Operations(app, "operations", { operator: "alice", onCall: 1, office, noticeId: "notice-oncall" });
  app.synth();
  platform.resetCalls();
  const reconciler = createReconciler({
    stack: "operations",
    state: stateIn(path.join(folder, "state")),
    plan: readPlan(app, "operations"),
    packages: stagedPackages(path.join(app.outdir, "stacks", "operations"), matchesHash),
    kinds: kinds as Readonly<Record<string, Kind>>,
    openPlatform: async () => ({
      region: platform.region,
      call: (...call) => platform.call(...call),
      close: async () => undefined,
    }),
    stateOf: () => undefined,
    environment: {},
    onEvent: () => undefined,
  });
  const summary = await reconciler.apply(await reconciler.difference({ destroy: purpose === "destroy" }), {
    purpose,
  });
  await reconciler.close();
  const writes = platform.calls().filter(({ write }) => write);
  return { summary, writes: writes.map(({ action }) => action) };
}

test("a function and its operation are deployed, stay as they are, change, and go", async () => {
  const platform = await account();

  const first = await run(platform);
  expect(first.summary).toMatchObject({ failed: 0 });
  const { Uin: TargetUin = 0 } = await platform.call("cam", "GetUser", { Name: "alice" });
  const ofUser = await platform.call("cam", "ListAttachedUserPolicies", { TargetUin });
  expect(ofUser.List?.map(({ PolicyName }) => PolicyName).sort()).toEqual([
    "operations-editors",
    "operations-readers",
  ]);
  const ofGroup = await platform.call("cam", "ListAttachedGroupPolicies", { TargetGroupId: 1 });
  expect(ofGroup.List?.map(({ PolicyName }) => PolicyName)).toEqual(["operations-readers"]);
  const alarms = await platform.call("monitor", "DescribeAlarmPolicies", { Module: "monitor" });
  expect(alarms.Policies).toMatchObject([
    { PolicyName: "operations-alarms", Namespace: "scf_alias", UseSum: 1, NoticeIds: ["notice-oncall"] },
  ]);

  const second = await run(platform);
  expect(second.writes).toEqual([]);

  const moved = await run(platform, { office: "10.121.3.0/24" });
  expect(moved.writes).toEqual(["UpdatePolicy"]);

  const last = await run(platform, { purpose: "destroy" });
  expect(last.summary).toMatchObject({ failed: 0 });
  expect((await platform.call("monitor", "DescribeAlarmPolicies", { Module: "monitor" })).TotalCount).toBe(0);
  expect((await platform.call("cam", "ListAttachedUserPolicies", { TargetUin })).TotalNum).toBe(0);
  expect((await platform.call("cam", "ListPolicies", { Scope: "Local" })).TotalNum).toBe(0);
  await platform.close();
});
