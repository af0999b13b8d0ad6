import type { LocalPlatform } from "../../lib/platform/local";
import type { Request } from "../../lib/platform";
import { metrics } from "../../lib/model/metrics";
import { cleanUp, createFunction, databasePath, expectRefusal, open } from "./support";

afterEach(cleanUp);

const Module = "monitor";

type AlarmRequest = Request<"monitor", "CreateAlarmPolicy">;
type AlarmRule = NonNullable<AlarmRequest["Condition"]>["Rules"][number];

function rule(changes: Partial<AlarmRule> = {}): AlarmRule {
  return { MetricName: "Error", Period: 60, Operator: "gt", Value: "5", ContinuePeriod: 1, ...changes };
}

function request(changes: Partial<AlarmRequest> = {}): AlarmRequest {
  return {
    Module,
    PolicyName: "errors",
    MonitorType: "MT_QCE",
    Namespace: "scf_alias",
    Condition: { IsUnionRule: 0, Rules: [rule()] },
    ...changes,
  };
}

async function create(platform: LocalPlatform, changes: Partial<AlarmRequest> = {}): Promise<string> {
  return (await platform.call("monitor", "CreateAlarmPolicy", request(changes))).PolicyId ?? "";
}

async function describePolicy(platform: LocalPlatform, PolicyId: string) {
  return (await platform.call("monitor", "DescribeAlarmPolicy", { Module, PolicyId })).Policy;
}

/** A platform with the function `orders` and its alias `live`. */
async function withOrders(options: Parameters<typeof open>[0] = {}): Promise<LocalPlatform> {
  const platform = open(options);
  await createFunction(platform);
  const alias = { FunctionName: "orders", Name: "live", FunctionVersion: "$LATEST" };
  await platform.call("scf", "CreateAlias", alias);
  return platform;
}

function object(dimensions: object, Region = "gz") {
  return { Region, Dimensions: JSON.stringify(dimensions) };
}
const live = { functionName: "orders", namespace: "default", alias: "live" };
const latest = { functionName: "orders", namespace: "default", version: "$LATEST" };

async function objects(platform: LocalPlatform, PolicyId: string) {
  return platform.call("monitor", "DescribeBindingPolicyObjectList", { Module, GroupId: 0, PolicyId });
}

describe("alarm policies", () => {
  test("are made, read, changed and deleted", async () => {
    const platform = open();
    const PolicyId = await create(platform, {
      Remark: "orders",
      NoticeIds: ["notice-1"],
      Tags: [{ Key: "team", Value: "shop" }],
    });
    expect(PolicyId).toMatch(/^policy-[a-z0-9]{8}$/);
    expect(await describePolicy(platform, PolicyId)).toMatchObject({
      PolicyName: "errors",
      Namespace: "scf_alias",
      Remark: "orders",
      Enable: 1,
      UseSum: 0,
      Condition: { IsUnionRule: 0, Rules: [rule()] },
      NoticeIds: ["notice-1"],
      Tags: [{ Key: "team", Value: "shop" }],
    });
    const Condition = { IsUnionRule: 1, Rules: [rule({ MetricName: "Duration", Period: 300 }), rule()] };
    await platform.call("monitor", "ModifyAlarmPolicyCondition", { Module, PolicyId, Condition });
    const info = (Key: string, Value: string) =>
      platform.call("monitor", "ModifyAlarmPolicyInfo", { Module, PolicyId, Key, Value });
    await info("NAME", "slow");
    await info("REMARK", "all_orders");
    await platform.call("monitor", "ModifyAlarmPolicyNotice", { Module, PolicyId, NoticeIds: [] });
    await platform.call("monitor", "ModifyAlarmPolicyStatus", { Module, PolicyId, Enable: 0 });
    expect(await describePolicy(platform, PolicyId)).toMatchObject({
      PolicyName: "slow",
      Remark: "all_orders",
      Enable: 0,
      Condition,
      NoticeIds: [],
    });
    await platform.call("monitor", "DeleteAlarmPolicy", { Module, PolicyIds: [PolicyId] });
    const missing = ["ResourceNotFound", `${PolicyId} does not exist`] as const;
    await expectRefusal(platform, "monitor", "DescribeAlarmPolicy", { Module, PolicyId }, ...missing);
    const again = { Module, PolicyIds: [PolicyId] };
    await expectRefusal(platform, "monitor", "DeleteAlarmPolicy", again, ...missing);
  });

  test("are listed by name and type, in pages; names need not differ", async () => {
    const platform = open();
    for (const PolicyName of ["errors", "errors", "slow"]) await create(platform, { PolicyName });
    await create(platform, { PolicyName: "errors-1", Namespace: "SCF" });
    const list = async (filter: object) => {
      const page = await platform.call("monitor", "DescribeAlarmPolicies", { Module, ...filter });
      return [page.TotalCount, page.Policies?.length];
    };
    expect(await list({})).toEqual([4, 4]);
    expect(await list({ PolicyName: "errors" })).toEqual([3, 3]);
    expect(await list({ PolicyName: "errors", Namespaces: ["SCF"], MonitorTypes: ["MT_QCE"] })).toEqual([
      1, 1,
    ]);
    expect(await list({ PageSize: 3, PageNumber: 2 })).toEqual([4, 1]);
    const invalid = "InvalidParameterValue";
    await expectRefusal(
      platform,
      "monitor",
      "DescribeAlarmPolicies",
      { Module, PageSize: 101 },
      invalid,
      "100",
    );
    await expectRefusal(
      platform,
      "monitor",
      "DescribeAlarmPolicies",
      { Module, PageNumber: 0 },
      invalid,
      "from 1",
    );
  });

  test("belong to the account: every region sees them", async () => {
    const path = databasePath();
    const PolicyId = await create(open({ path }));
    expect(await describePolicy(open({ path, region: "ap-tokyo" }), PolicyId)).toMatchObject({ PolicyId });
  });

  test.each(Object.values(metrics).map(({ apiName }) => apiName))(
    "watch the metric %s",
    async (MetricName) => {
      await create(open(), { Condition: { IsUnionRule: 0, Rules: [rule({ MetricName })] } });
    },
  );

  const having = (changes: Partial<AlarmRule>) => ({ Condition: { IsUnionRule: 0, Rules: [rule(changes)] } });

  test.each([
    ["a metric that is none", having({ MetricName: "Latency" }), "no metric Latency"],
    ["a period of 2 minutes", having({ Period: 120 }), "60 or 300 seconds, not 120"],
    ["a comparison that is none", having({ Operator: "above" }), "Operator is one of gt"],
    ["a threshold that is no number", having({ Value: "five" }), "not negative"],
    ["a threshold below 0", having({ Value: "-1" }), "not negative"],
    ["no period in a row", having({ ContinuePeriod: 0 }), "from 1"],
    ["an interval of a minute", having({ NoticeFrequency: 60 }), "one of 0, 300"],
    ["no rule", { Condition: { IsUnionRule: 0, Rules: [] } }, "one rule"],
    [
      "rules that are taken together in a third way",
      { Condition: { IsUnionRule: 2, Rules: [rule()] } },
      "any",
    ],
    ["another type", { Namespace: "cvm_device" }, "SCF, scf_alias"],
    ["another way of monitoring", { MonitorType: "MT_CUSTOM" }, "MT_QCE"],
    ["another module", { Module: "alarm" }, '"monitor"'],
    ["no name", { PolicyName: "" }, "1 to 60"],
    ["a name of 61 characters", { PolicyName: "a".repeat(61) }, "1 to 60"],
    ["a remark with a space", { Remark: "too many" }, "letters, digits"],
    ["a remark of 101 characters", { Remark: "a".repeat(101) }, "at most 100"],
    ["a switch that is neither on nor off", { Enable: 2 }, "0 or 1"],
  ])("fail on %s", async (_name, changes, text) => {
    const platform = open();
    const wrong = request(changes);
    await expectRefusal(platform, "monitor", "CreateAlarmPolicy", wrong, "InvalidParameterValue", text);
    expect((await platform.call("monitor", "DescribeAlarmPolicies", { Module })).TotalCount).toBe(0);
  });

  test("fail without a condition, and on changes that are none", async () => {
    const platform = open();
    const { Condition: _, ...bare } = request();
    await expectRefusal(platform, "monitor", "CreateAlarmPolicy", bare, "MissingParameter", "Condition");
    const PolicyId = await create(platform);
    const info = { Module, PolicyId, Key: "OWNER", Value: "me" };
    await expectRefusal(
      platform,
      "monitor",
      "ModifyAlarmPolicyInfo",
      info,
      "InvalidParameterValue",
      "NAME or REMARK",
    );
    const status = { Module, PolicyId, Enable: 3 };
    await expectRefusal(
      platform,
      "monitor",
      "ModifyAlarmPolicyStatus",
      status,
      "InvalidParameterValue",
      "0 or 1",
    );
    await expectRefusal(
      platform,
      "monitor",
      "BindingPolicyObject",
      { Module },
      "InvalidParameter",
      "PolicyId",
    );
  });
});

describe("what an alarm policy watches", () => {
  test("is bound once, listed and taken off", async () => {
    const platform = await withOrders();
    const PolicyId = await create(platform);
    const Dimensions = [object(live)];
    await platform.call("monitor", "BindingPolicyObject", { Module, PolicyId, Dimensions });
    await platform.call("monitor", "BindingPolicyObject", { Module, PolicyId, Dimensions });
    const bound = await objects(platform, PolicyId);
    expect(bound).toMatchObject({ Total: 1, List: [{ Region: "gz", Dimensions: JSON.stringify(live) }] });
    expect(await describePolicy(platform, PolicyId)).toMatchObject({ UseSum: 1 });
    const UniqueId = bound.List?.map((entry) => entry.UniqueId ?? "") ?? [];
    const off = { Module, GroupId: 0, PolicyId, UniqueId };
    await platform.call("monitor", "UnBindingPolicyObject", off);
    expect((await objects(platform, PolicyId)).Total).toBe(0);
    await expectRefusal(
      platform,
      "monitor",
      "UnBindingPolicyObject",
      off,
      "ResourceNotFound",
      "has no object",
    );
  });

  test("is a version for the one type of policy, and an alias for the other", async () => {
    const platform = await withOrders();
    const byType = { SCF: await create(platform, { Namespace: "SCF" }), scf_alias: await create(platform) };
    const bind = (PolicyId: string, dimensions: object) => ({
      Module,
      PolicyId,
      Dimensions: [object(dimensions)],
    });
    await platform.call("monitor", "BindingPolicyObject", bind(byType.SCF, latest));
    await platform.call(
      "monitor",
      "BindingPolicyObject",
      bind(byType.scf_alias, { ...live, alias: "$DEFAULT" }),
    );
    const invalid = "InvalidParameterValue";
    const refused = (PolicyId: string, dimensions: object, text: string) =>
      expectRefusal(platform, "monitor", "BindingPolicyObject", bind(PolicyId, dimensions), invalid, text);
    await refused(byType.SCF, live, "namespace and version");
    await refused(byType.scf_alias, latest, "namespace and alias");
    await refused(byType.scf_alias, { ...live, alias: "$LATEST" }, "no alias $LATEST");
    await refused(byType.scf_alias, { ...live, alias: "next" }, "no alias next");
    await refused(byType.SCF, { ...latest, version: "7" }, "no version 7");
    await refused(byType.SCF, { ...latest, functionName: "stock" }, "no function default/stock");
    await refused(byType.SCF, { ...latest, version: 7 }, "JSON object of texts");
  });

  test("fails for a function of another region, and for what is no object", async () => {
    const platform = await withOrders();
    const PolicyId = await create(platform);
    const bind = (...Dimensions: { Region: string; Dimensions: string }[]) =>
      ({ Module, PolicyId, Dimensions }) as const;
    const invalid = "InvalidParameterValue";
    await expectRefusal(
      platform,
      "monitor",
      "BindingPolicyObject",
      bind(object(live, "sh")),
      invalid,
      "no function default/orders in ap-shanghai",
    );
    const text = { Region: "gz", Dimensions: "orders" };
    await expectRefusal(platform, "monitor", "BindingPolicyObject", bind(text), invalid, "JSON object");
    await expectRefusal(platform, "monitor", "BindingPolicyObject", bind(), invalid, "one object");
  });

  test("goes with the policy", async () => {
    const platform = await withOrders();
    const PolicyId = await create(platform);
    await platform.call("monitor", "BindingPolicyObject", { Module, PolicyId, Dimensions: [object(live)] });
    await platform.call("monitor", "DeleteAlarmPolicy", { Module, PolicyIds: [PolicyId] });
    const list = { Module, GroupId: 0, PolicyId };
    await expectRefusal(
      platform,
      "monitor",
      "DescribeBindingPolicyObjectList",
      list,
      "ResourceNotFound",
      PolicyId,
    );
  });
});
