import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import { presetPolicies } from "../../lib/model/preset-policies";
import { reference } from "../../lib/model/value";
import { newApp, node, resource, synthesize, TestStack } from "./app";

function statementsOf(declare: (stack: TestStack) => scf.Policy) {
  let address = "";
  const plan = synthesize((stack) => {
    address = `shop/${declare(stack).node.id}`;
  });
  return resource(plan, address).properties["statement"] as { action: string[]; resource: unknown[] }[];
}

describe("grants", () => {
  const on = (grant: (orders: scf.Function, policy: scf.Policy) => void) =>
    statementsOf((stack) => {
      const policy = new scf.Policy(stack, "ops");
      grant(new scf.Function(stack, "orders", node), policy);
      return policy;
    });

  test.each([
    ["invoke", ["InvokeFunction"]],
    ["read", ["GetFunction", "ListVersion", "GetFunctionLogs"]],
    ["readLogs", ["GetFunctionLogs"]],
    ["update", ["UpdateFunction"]],
    ["manageTriggers", ["SetTrigger", "DeleteTrigger"]],
    [
      "manage",
      [
        "CreateFunction",
        "DeleteFunction",
        "InvokeFunction",
        "UpdateFunction",
        "SetTrigger",
        "DeleteTrigger",
        "GetFunction",
        "ListVersion",
        "GetFunctionLogs",
      ],
    ],
  ] as const)("%s allows exactly these actions on this function", (grant, actions) => {
    const [statement] = on((orders, policy) => orders.grants[grant](policy));
    expect(statement).toEqual({
      effect: "allow",
      action: actions.map((action) => `scf:${action}`),
      resource: [
        {
          $join: [
            "qcs::scf:ap-guangzhou:uin/:namespace/",
            "default",
            "/function/",
            reference("shop/orders", "functionName"),
          ],
        },
      ],
    });
  });

  test("single actions are given by their names", () => {
    const [statement] = on((orders, policy) =>
      orders.grants.actions(policy, "GetFunction", "DeleteFunction"),
    );
    expect(statement?.action).toEqual(["scf:GetFunction", "scf:DeleteFunction"]);
  });

  test("of the account are statements of their own, on every resource", () => {
    const statements = on((orders, policy) => {
      orders.grants.read(policy);
      scf.AccountGrants.listFunctions(policy);
      scf.AccountGrants.readSettings(policy);
      scf.AccountGrants.readMonitoring(policy);
    });
    expect(statements.slice(1).map(({ action, resource }) => [action[0], resource])).toEqual([
      ["scf:ListFunctions", ["*"]],
      ["scf:GetAccountSettings", ["*"]],
      ["monitor:GetMonitorData", ["*"]],
    ]);
  });
});

describe("conditions", () => {
  const conditionOf = (conditions: scf.PolicyStatement["conditions"]) => {
    const [statement] = statementsOf(
      (stack) =>
        new scf.Policy(stack, "ops", {
          statements: [
            {
              effect: "allow",
              actions: ["scf:ListFunctions"],
              resources: ["*"],
              ...(conditions ? { conditions } : {}),
            },
          ],
        }),
    );
    return (statement as { condition?: unknown }).condition;
  };
  const { Condition } = scf;
  const time = "2030-01-31T12:00:00Z";

  test.each([
    [Condition.ipEqual("10.121.2.0/24"), { ip_equal: { "qcs:ip": "10.121.2.0/24" } }],
    [Condition.ipNotEqual("10.0.0.1", "10.0.0.2"), { ip_not_equal: { "qcs:ip": ["10.0.0.1", "10.0.0.2"] } }],
    [Condition.dateNotEqual(time), { date_not_equal: { "qcs:current_time": time } }],
    [Condition.dateGreaterThan(time), { date_greater_than: { "qcs:current_time": time } }],
    [Condition.dateGreaterThanEqual(time), { date_greater_than_equal: { "qcs:current_time": time } }],
    [Condition.dateLessThan(new Date(time)), { date_less_than: { "qcs:current_time": time } }],
    [Condition.dateLessThanEqual(time), { date_less_than_equal: { "qcs:current_time": time } }],
  ])("%# are written as the platform writes them", (condition, document) => {
    expect(conditionOf(condition)).toEqual(document);
  });

  test("several hold together, and the platform's own spelling is taken as it is", () => {
    expect(conditionOf([Condition.ipEqual("10.0.0.1"), Condition.dateLessThan(time)])).toEqual({
      ip_equal: { "qcs:ip": "10.0.0.1" },
      date_less_than: { "qcs:current_time": time },
    });
    expect(conditionOf({ ip_equal: { "qcs:ip": "10.0.0.1" } })).toEqual({
      ip_equal: { "qcs:ip": "10.0.0.1" },
    });
    expect(conditionOf([])).toBeUndefined();
    expect(conditionOf(undefined)).toBeUndefined();
  });

  test("fail when one statement has one of them twice", () => {
    const twice = [Condition.ipEqual("10.0.0.1"), Condition.ipEqual("10.0.0.2")];
    expect(() => conditionOf(twice)).toThrow("A statement has the condition ip_equal twice.");
  });
});

describe("attachments", () => {
  test("of an own policy go to roles, users and groups", () => {
    const plan = synthesize((stack) => {
      const policy = new scf.Policy(stack, "ops", {
        statements: [{ effect: "allow", actions: ["scf:ListFunctions"], resources: ["*"] }],
      });
      policy.attachTo(scf.Role.fromName("runner"));
      policy.attachTo(scf.User.fromName("alice"));
      policy.attachTo(scf.User.fromUin("100000000002"));
      policy.attachTo(scf.Group.fromId(7));
    });
    const policyName = reference("shop/ops", "policyName");
    expect(resource(plan, "shop/ops/To-runner").properties).toEqual({ roleName: "runner", policyName });
    expect(resource(plan, "shop/ops/To-alice")).toMatchObject({
      kind: "cam_user_policy_attachment",
      properties: { userName: "alice", policyName },
    });
    expect(resource(plan, "shop/ops/To-100000000002").properties).toEqual({
      uin: "100000000002",
      policyName,
    });
    expect(resource(plan, "shop/ops/To-group-7")).toMatchObject({
      kind: "cam_group_policy_attachment",
      properties: { groupId: 7, policyName },
    });
  });

  test("of a preset policy are constructs of their own", () => {
    const plan = synthesize((stack) => {
      new scf.PolicyAttachment(stack, "reader", {
        policy: scf.Policy.presets.QcloudSCFReadOnlyAccess,
        to: scf.User.fromName("alice"),
      });
    });
    expect(resource(plan, "shop/reader").properties).toEqual({
      userName: "alice",
      policyName: "QcloudSCFReadOnlyAccess",
    });
  });

  test("every preset policy that the documents name is there by name", () => {
    for (const name of Object.keys(presetPolicies) as scf.PresetPolicyName[]) {
      expect(scf.Policy.presets[name].nameReference).toBe(name);
    }
  });
});

describe("roles", () => {
  test("trust services and accounts", () => {
    const plan = synthesize((stack) => {
      new scf.Role(stack, "guests", {
        trustedServices: [],
        trustedAccounts: ["100000000003", "100000000002"],
      });
    });
    expect(resource(plan, "shop/guests").properties).toMatchObject({
      trustedServices: [],
      trustedAccounts: ["100000000002", "100000000003"],
    });
  });

  test("the platform's own can be what a function runs with", () => {
    const plan = synthesize((stack) => {
      new scf.Function(stack, "orders", { ...node, role: scf.Role.configuration });
    });
    expect(resource(plan, "shop/orders").properties["role"]).toBe("SCF_QcsRole");
  });
});

describe("alarm policies", () => {
  test("watch an alias, with defaults for what is not said", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      const live = orders.addAlias("live", { version: orders.currentVersion });
      new scf.AlarmPolicy(stack, "alarms", {
        conditions: [
          { metric: live.metrics.errors(), comparison: ">", threshold: 5 },
          {
            metric: live.metrics.duration(),
            comparison: ">=",
            threshold: 3000,
            periodMinutes: 5,
            occurrences: 3,
            repeat: scf.Duration.minutes(30),
          },
        ],
        noticeIds: ["notice-b", "notice-a"],
      });
    });
    const { properties } = resource(plan, "shop/alarms");
    expect(properties).toMatchObject({
      policyName: "shop-alarms",
      targetType: "alias",
      target: {
        namespace: "default",
        functionName: reference("shop/orders", "functionName"),
        qualifier: reference("shop/orders/live", "name"),
      },
      conditions: [
        {
          metric: "error",
          comparison: ">",
          threshold: 5,
          periodMinutes: 1,
          occurrences: 1,
          repeatSeconds: 3600,
        },
        {
          metric: "duration",
          comparison: ">=",
          threshold: 3000,
          periodMinutes: 5,
          occurrences: 3,
          repeatSeconds: 1800,
        },
      ],
      match: "any",
      noticeIds: ["notice-a", "notice-b"],
      enabled: true,
    });
  });

  test("watch a published version, and `$LATEST` by the function's own metrics", () => {
    const plan = synthesize((stack) => {
      const orders = new scf.Function(stack, "orders", node);
      for (const [id, metrics] of [
        ["current", orders.currentVersion.metrics],
        ["latest", orders.metrics],
        ["third", scf.Metrics.of(orders.version("3"))],
      ] as const) {
        const metric = metrics.timeouts();
        new scf.AlarmPolicy(stack, id, { conditions: [{ metric, comparison: ">", threshold: 0 }] });
      }
    });
    const qualifier = (id: string) =>
      (resource(plan, `shop/${id}`).properties["target"] as { qualifier: unknown }).qualifier;
    expect(qualifier("current")).toEqual(reference("shop/orders/CurrentVersion", "version"));
    expect(qualifier("latest")).toBe("$LATEST");
    expect(qualifier("third")).toBe("3");
    expect(resource(plan, "shop/third").properties["targetType"]).toBe("version");
  });
});

describe("an alarm policy in plain JavaScript", () => {
  test("fails without conditions, in one sentence", () => {
    const app = newApp();
    new scf.AlarmPolicy(new TestStack(app, "shop"), "alarms", {} as scf.AlarmPolicyProps);
    expect(() => app.synth()).toThrow("the alarm has no conditions");
  });
});

describe("metrics", () => {
  test("know their unit, their statistic and what they belong to", () => {
    const stack = new TestStack(newApp(), "shop");
    const orders = new scf.Function(stack, "orders", node);
    const { metrics } = orders;
    const all = [
      metrics.duration(),
      metrics.invocations(),
      metrics.errors(),
      metrics.concurrentExecutions(),
      metrics.throttles(),
      metrics.memory(),
      metrics.memoryDuration(),
      metrics.outgoingTraffic(),
      metrics.systemErrors(),
      metrics.functionErrors(),
      metrics.successes(),
      metrics.resourceLimits(),
      metrics.timeouts(),
      metrics.memoryLimits(),
    ];
    expect(all.map(({ name, unit, statistic }) => `${name} ${unit} ${statistic}`)).toEqual([
      "duration ms average",
      "invocation count sum",
      "error count sum",
      "concurrent_executions count maximum",
      "throttle count sum",
      "mem MB maximum",
      "mem_duration MBms sum",
      "out_flow KB sum",
      "syserr count sum",
      "http_4xx count sum",
      "http_2xx count sum",
      "http_432 count sum",
      "http_433 count sum",
      "http_434 count sum",
    ]);
    expect(all.every(({ target }) => target.function === orders)).toBe(true);
  });

  test("of a region are five, and know the region once the stack has a provider", () => {
    const stack = new TerraformStack(newApp(), "shop");
    const metrics = scf.Metrics.ofRegion(stack);
    const all = [
      metrics.duration(),
      metrics.invocations(),
      metrics.errors(),
      metrics.concurrentExecutions(),
      metrics.throttles(),
    ];
    expect(all.map(({ region }) => region)).toEqual(all.map(() => undefined));
    new scf.ScfProvider(stack, "scf", { region: scf.Region.SHANGHAI });
    expect(all.map(({ region }) => region)).toEqual(all.map(() => "ap-shanghai"));
  });
});
