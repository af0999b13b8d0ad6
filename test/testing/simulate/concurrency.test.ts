import { simulate } from "../../../lib/testing/simulate";
import type { Properties, Value } from "../../../lib/model/value";
import { ofOrders, orders, planOf, ref, token } from "../plan";

/** The worked example of the operation guide: 30 instances at 6, 80 at 10, 40 at 18 and none at 24 o'clock. */
const day = [
  { name: "six", cron: "0 0 6 * * * *", instances: 30 },
  { name: "ten", cron: "0 0 10 * * * *", instances: 80 },
  { name: "evening", cron: "0 0 18 * * * *", instances: 40 },
  { name: "midnight", cron: "0 0 0 * * * *", instances: 0 },
];

function warm(provisioning: Value): [string, Properties] {
  return ["scf_provisioned_concurrency", { ...ofOrders, qualifier: "1", provisioning }];
}
const byDay = warm({ type: "static", instances: 5, actions: day });
const reserved = (
  reservedMb: Value,
  functionName: Value = ref("orders", "functionName"),
): [string, Properties] => ["scf_reserved_concurrency", { namespace: "default", functionName, reservedMb }];
const at = (time: string): string => `2026-03-01T${time}+08:00`;

test.each([
  ["00:00:00", 0, "midnight"],
  ["05:59:59", 0, "midnight"],
  ["06:00:00", 30, "six"],
  ["10:00:00", 80, "ten"],
  ["17:59:59", 80, "ten"],
  ["18:00:00", 40, "evening"],
  ["23:59:59", 40, "evening"],
])("at %s there are %i instances", (time, instances, action) => {
  const answer = simulate.concurrency(planOf({ orders, warm: byDay }), { at: at(time) });
  expect(answer.functions[0]?.provisioned).toEqual([
    { version: "1", instances, megabytes: instances * 128, action },
  ]);
  expect(answer.account.provisionableMb).toBe(128_000 - instances * 128);
  expect(answer.least).toEqual({ at: at("10:00:00"), provisionedMb: 10_240, provisionableMb: 117_760 });
});

test("actions before the deployment never ran", () => {
  const answer = simulate.concurrency(planOf({ orders, warm: byDay }), {
    at: at("05:00:00"),
    deployed: at("04:00:00"),
  });
  expect(answer.functions[0]?.provisioned).toEqual([{ version: "1", instances: 5, megabytes: 640 }]);
});

test("of two actions at once the later one in the list wins", () => {
  const actions = [
    { name: "first", cron: "0 0 6 * * * *", instances: 30 },
    { name: "second", cron: "0 0 6 * * * *", instances: 10 },
  ];
  const plan = planOf({ orders, warm: warm({ type: "static", instances: 0, actions }) });
  expect(simulate.concurrency(plan, { at: at("07:00:00") }).functions[0]?.provisioned[0]?.action).toBe(
    "second",
  );
});

test("what is reserved is taken from what is shared, as in the operation guide", () => {
  const other = ["scf_function", { namespace: "default", functionName: "pay", memory: 256 }] as [
    string,
    Properties,
  ];
  const plan = planOf({ orders, other, mine: reserved(128) });
  const answer = simulate.concurrency(plan, { at: at("12:00:00") });
  expect(answer.account).toEqual({
    region: "ap-guangzhou",
    quotaMb: 128_000,
    reservedMb: 128,
    sharedMb: 127_872,
    reservableMb: 115_072,
    provisionedMb: 0,
    provisionableMb: 128_000,
  });
  expect(answer.functions).toEqual([
    {
      function: "shop/orders",
      memoryMb: 128,
      reservedMb: 128,
      availableMb: 128,
      availableInstances: 1,
      provisioned: [],
    },
    {
      function: "shop/other",
      memoryMb: 256,
      availableMb: 127_872,
      availableInstances: 499,
      provisioned: [],
    },
  ]);
  expect(String(answer)).toBe(
    [
      "ap-guangzhou at 2026-03-01T12:00:00+08:00: 128,000 MB, reserved 128 MB, shared 127,872 MB, provisioned 0 MB, left to provision 128,000 MB",
      "  shop/orders: reserved 128 MB",
      "  shop/other: shares 127,872 MB",
      "  least left to provision: 128,000 MB at 2026-03-01T00:00:00+08:00",
    ].join("\n"),
  );
});

test("a namespace with a quota of its own shares that", () => {
  const quota = ["scf_namespace_concurrency", { namespace: "default", totalMb: 20_000 }] as [
    string,
    Properties,
  ];
  const plan = planOf({ orders, quota, pay: reserved(1000, "pay") });
  const answer = simulate.concurrency(plan, { at: at("12:00:00") });
  expect(answer.namespaces).toEqual([
    { namespace: "default", quotaMb: 20_000, reservedMb: 1000, sharedMb: 19_000 },
  ]);
  expect(answer.functions[0]).toMatchObject({ availableMb: 19_000, availableInstances: 148 });
});

test("what the account's snapshot holds besides is counted", () => {
  const existing = {
    namespaces: ["default"],
    layers: {},
    functions: {
      default: {
        count: 1,
        declared: [],
        reserved: { totalMb: 1024, declaredMb: {} },
        provisioned: { totalMb: 2048, declaredMb: {} },
      },
    },
  };
  const { account } = simulate.concurrency(planOf({ orders, warm: byDay }, { existing }), {
    at: at("12:00:00"),
  });
  expect(account).toMatchObject({ reservedMb: 1024, provisionedMb: 2048 + 10_240 });
});

test("a dynamic setting counts with its maximum", () => {
  const plan = planOf({
    orders,
    warm: warm({ type: "dynamic", minimum: 2, maximum: 20, utilization: 0.5 }),
  });
  expect(simulate.concurrency(plan, { at: at("12:00:00") }).functions[0]?.provisioned).toEqual([
    { version: "1", instances: 20, minimum: 2, megabytes: 2560 },
  ]);
});

test("what another provider gives is not counted, and named", () => {
  const actions = [{ name: "six", cron: token, instances: 30 }];
  const plan = planOf({
    orders,
    a: warm(token),
    b: warm({ type: "static", instances: 1, actions }),
    c: reserved(token),
    d: ["scf_namespace_concurrency", { namespace: "default", totalMb: token }],
  });
  expect(simulate.concurrency(plan, { at: at("12:00:00") }).unknown).toEqual([
    "shop/a: instances or memory are known at deployment only",
    "shop/b: not all of its scheduled actions are known before the deployment",
    "shop/c: what is reserved is known at deployment only",
    "shop/d: the namespace's quota is known at deployment only",
  ]);
});

test("fails for a deployment at no time", () => {
  expect(() => simulate.concurrency(planOf({}), { at: at("12:00:00"), deployed: "once" })).toThrow(
    "`deployed` is once",
  );
});
