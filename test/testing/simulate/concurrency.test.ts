import { stepsIn } from "../../steps";
import type { Properties, Value } from "../../../lib/model/value";
import { simulate } from "../../../lib/testing/simulate";
import { alias, currentVersion, ofOrders, orders, planOf, ref, stackOf, token } from "../plan";

const at = "2026-03-01T12:00:00+08:00";
const reserved = (reservedMb: Value, of: Properties = ofOrders): [string, Properties] => [
  "scf_reserved_concurrency",
  { ...of, reservedMb },
];
const provisioned = (provisioning: Value, qualifier: Value = "3"): [string, Properties] => [
  "scf_provisioned_concurrency",
  { ...ofOrders, qualifier, provisioning },
];
const action = (name: string, cron: Value, instances: Value): Value => ({ name, cron, instances });
const static_ = (instances: number, ...actions: Value[]): Value => ({ type: "static", instances, actions });

test("a function without anything shares the region's quota", () => {
  const answer = simulate.concurrency(planOf({ orders }), { at });
  expect(answer).toEqual({
    at,
    account: {
      region: "ap-guangzhou",
      quotaMb: 128_000,
      reservedMb: 0,
      sharedMb: 128_000,
      reservableMb: 115_200,
      provisionedMb: 0,
      provisionableMb: 128_000,
    },
    namespaces: [],
    functions: [
      {
        function: "shop/orders",
        memoryMb: 128,
        availableMb: 128_000,
        availableInstances: 1000,
        provisioned: [],
      },
    ],
    least: { at: "2026-03-01T00:00:00+08:00", provisionedMb: 0, provisionableMb: 128_000 },
    unknown: [],
  });
});

test("what is reserved is taken from what the others share", () => {
  const plan = planOf({
    orders,
    "orders/Reserved": reserved(1280),
    pay: ["scf_function", { namespace: "default", functionName: "pay", memory: 512 }],
  });
  const answer = simulate.concurrency(plan, { at });
  expect(answer.account).toMatchObject({ reservedMb: 1280, sharedMb: 126_720, reservableMb: 113_920 });
  expect(answer.functions).toMatchObject([
    { function: "shop/orders", reservedMb: 1280, availableMb: 1280, availableInstances: 10 },
    { function: "shop/pay", availableMb: 126_720, availableInstances: 247 },
  ]);
  expect(answer.functions[1]).not.toHaveProperty("reservedMb");
});

test("a function that is stopped has nothing", () => {
  const plan = planOf({ orders, stop: reserved(0) });
  expect(simulate.concurrency(plan, { at }).functions).toMatchObject([
    { reservedMb: 0, availableMb: 0, availableInstances: 0 },
  ]);
});

describe("scheduled actions", () => {
  const plan = planOf({
    orders,
    warm: provisioned(static_(2, action("up", "0 0 9 * * * *", 20), action("down", "0 30 21 * * * *", 0))),
  });

  test.each([
    ["2026-03-01T08:59:59+08:00", 0, "down"],
    ["2026-03-01T09:00:00+08:00", 20, "up"],
    ["2026-03-01T01:00:00Z", 20, "up"],
    ["2026-03-01T21:29:59+08:00", 20, "up"],
    ["2026-03-01T21:30:00+08:00", 0, "down"],
  ])("at %s there are %i instances", (instant, instances, name) => {
    const { functions, account } = simulate.concurrency(plan, { at: instant });
    expect(functions[0]?.provisioned).toEqual([
      { version: "3", instances, megabytes: instances * 128, action: name },
    ]);
    expect(account).toMatchObject({
      provisionedMb: instances * 128,
      provisionableMb: 128_000 - instances * 128,
    });
  });

  test("before the first one, the setting itself holds", () => {
    const answer = simulate.concurrency(plan, {
      at: "2026-03-01T08:00:00+08:00",
      deployed: "2026-03-01T00:00:00+08:00",
    });
    expect(answer.functions[0]?.provisioned).toEqual([{ version: "3", instances: 2, megabytes: 256 }]);
  });

  test("the minute of least is the first with the most instances of all functions", () => {
    const pay = { namespace: "default", functionName: ref("pay", "functionName") };
    const two = planOf({
      orders,
      warm: provisioned(static_(2, action("up", "0 0 9 * * * *", 20), action("down", "0 0 12 * * * *", 5))),
      pay: ["scf_function", { namespace: "default", functionName: "pay", memory: 1024 }],
      payWarm: [
        "scf_provisioned_concurrency",
        {
          ...pay,
          qualifier: "1",
          provisioning: static_(0, action("up", "0 45 11 * * * *", 10), action("down", "0 15 12 * * * *", 0)),
        },
      ],
    });
    const answer = simulate.concurrency(two, { at });
    expect(answer.least).toEqual({
      at: "2026-03-01T11:45:00+08:00",
      provisionedMb: 20 * 128 + 10 * 1024,
      provisionableMb: 128_000 - 20 * 128 - 10 * 1024,
    });
    expect(answer.account.provisionedMb).toBe(5 * 128 + 10 * 1024);
    expect(String(answer)).toBe(
      [
        "ap-guangzhou at 2026-03-01T12:00:00+08:00: 128,000 MB, reserved 0 MB, shared 128,000 MB, provisioned 10,880 MB, left to provision 117,120 MB",
        "shop/orders: shares 128,000 MB; 5 instances of 3",
        "shop/pay: shares 128,000 MB; 10 instances of 1",
        "least left to provision: 115,200 MB at 2026-03-01T11:45:00+08:00",
      ].join("\n  "),
    );
  });

  test("the day is one of UTC+8", () => {
    expect(simulate.concurrency(plan, { at: "2026-03-01T17:00:00Z" }).least.at).toBe(
      "2026-03-02T09:00:00+08:00",
    );
  });

  test("of two at the same instant, the later one in the list wins", () => {
    const both = static_(1, action("one", "0 0 9 * * * *", 5), action("two", "0 0 9 * * * *", 7));
    const { functions } = simulate.concurrency(planOf({ orders, warm: provisioned(both) }), { at });
    expect(functions[0]?.provisioned[0]).toMatchObject({ instances: 7, action: "two" });
  });
});

test("dynamic settings count with their maximum", () => {
  const plan = planOf({
    orders,
    warm: provisioned({ type: "dynamic", minimum: 2, maximum: 10, utilization: 0.8 }),
  });
  const { functions, account } = simulate.concurrency(plan, { at });
  expect(functions[0]?.provisioned).toEqual([{ version: "3", minimum: 2, instances: 10, megabytes: 1280 }]);
  expect(account.provisionedMb).toBe(1280);
});

test("an alias that releases versions counts with its instances", () => {
  const plan = planOf({
    orders,
    "orders/Version": currentVersion,
    "orders/live": alias({
      version: ref("orders/Version", "version"),
      release: { steps: [{ percent: 10, waitSeconds: 0 }] },
      provisioned: 4,
    }),
  });
  const { functions, account } = simulate.concurrency(plan, { at });
  expect(functions[0]?.provisioned).toEqual([
    { version: "currentVersion of shop/orders", instances: 4, megabytes: 512 },
  ]);
  expect(account.provisionedMb).toBe(512);
});

test("a namespace with a quota of its own is shared by its functions", () => {
  const batch = { namespace: "batch", functionName: ref("nightly", "functionName") };
  const plan = planOf({
    orders,
    nightly: ["scf_function", { namespace: "batch", functionName: "nightly", memory: 256 }],
    bulk: ["scf_function", { namespace: "batch", functionName: "bulk", memory: 256 }],
    batch: ["scf_namespace_concurrency", { namespace: "batch", totalMb: 20_480 }],
    nightlyReserved: reserved(2560, batch),
  });
  const answer = simulate.concurrency(plan, { at });
  expect(answer.namespaces).toEqual([
    { namespace: "batch", quotaMb: 20_480, reservedMb: 2560, sharedMb: 17_920 },
  ]);
  const available = Object.fromEntries(
    answer.functions.map(({ function: owner, availableInstances }) => [owner, availableInstances]),
  );
  expect(available).toEqual({ "shop/orders": 980, "shop/nightly": 10, "shop/bulk": 70 });
});

test("what the account has besides counts, and the stack's own is counted once", () => {
  const existing = {
    functions: {
      default: {
        count: 2,
        declared: ["orders"],
        reserved: { totalMb: 3000, declaredMb: { orders: 1000 } },
        provisioned: { totalMb: 1500, declaredMb: { orders: { "3": 500 } } },
      },
    },
    namespaces: ["default"],
    layers: {},
  };
  const plan = planOf(
    { orders, r: reserved(1280), warm: provisioned(static_(2)) },
    { existing: existing as never },
  );
  expect(simulate.concurrency(plan, { at }).account).toMatchObject({
    reservedMb: 2000 + 1280,
    provisionedMb: 1000 + 256,
  });
});

test("what another provider gives is not counted, and named", () => {
  const plan = planOf({
    orders: ["scf_function", { namespace: "default", functionName: "orders", memory: token }],
    r: reserved(token),
    warm: provisioned(static_(2)),
    batch: ["scf_namespace_concurrency", { namespace: "batch", totalMb: token }],
  });
  const answer = simulate.concurrency(plan, { at });
  expect(answer.functions).toMatchObject([{ memoryMb: undefined, availableInstances: undefined }]);
  expect(answer.unknown).toEqual([
    "shop/warm: instances or memory are known at deployment only",
    "shop/r: what is reserved is known at deployment only",
    "shop/batch: the namespace's quota is known at deployment only",
  ]);
  const open = static_(2, action("up", token, 5));
  expect(simulate.concurrency(planOf({ orders, warm: provisioned(open) }), { at }).unknown).toEqual([
    "shop/warm: not all of its scheduled actions are known before the deployment",
  ]);
});

describe("several stacks", () => {
  const shop = stackOf("shop", { orders, r: reserved(1280) });
  const beside = stackOf("beside", {
    pay: ["scf_function", { namespace: "default", functionName: "pay", memory: 128 }],
    r: reserved(2560, { namespace: "default", functionName: "pay" }),
  });
  const far = stackOf("far", { orders }, { provider: { ...shop.provider, region: "ap-shanghai" } });

  test("of one region count together", () => {
    const answer = simulate.concurrency({ stacks: [shop, beside] }, { at });
    expect(answer.account.reservedMb).toBe(3840);
    expect(answer.functions.map(({ function: owner }) => owner)).toEqual(["shop/orders", "beside/pay"]);
  });

  test("of several regions are asked one by one", () => {
    const plan = { stacks: [shop, beside, far] };
    expect(simulate.concurrency(plan, { at, stack: "far" }).account).toMatchObject({
      region: "ap-shanghai",
      reservedMb: 0,
    });
    expect(simulate.concurrency(plan, { at, stack: "beside" }).account.reservedMb).toBe(3840);
  });

  test("fails when it is not said which region is meant", () => {
    expect(() => simulate.concurrency({ stacks: [shop, beside, far] }, { at })).toThrow(
      'The stacks go to several accounts or regions, each with concurrency of its own: ap-guangzhou (shop and beside) and ap-shanghai (far).\nName one of the stacks: { stack: "shop" }.',
    );
  });

  test("fails for a stack that is not there", () => {
    expect(() => simulate.concurrency({ stacks: [shop, far] }, { at, stack: "shopp" })).toThrow(
      'The plan has no stack "shopp".\nIt has: "shop" and "far".',
    );
  });
});

test("fails for a time without offset", () => {
  expect(() => simulate.concurrency(planOf({ orders }), { at: "2026-03-01T12:00:00" })).toThrow(
    "`at` is 2026-03-01T12:00:00, which is no point in time with an offset from UTC.",
  );
  expect(() => simulate.concurrency(planOf({ orders }), { at, deployed: "yesterday" })).toThrow(
    "`deployed` is yesterday, which is no point in time with an offset from UTC.",
  );
});

test("an action that runs every minute takes work for each minute of the day, not for each pair of them", () => {
  const every = provisioned(
    static_(1, action("every", "0 * * * * * *", 2), action("noon", "0 0 12 * * * *", 9)),
  );
  const plan = planOf({ orders, every });
  const steps = stepsIn("lib/rules/schedules.ts", () => {
    const { functions, least } = simulate.concurrency(plan, { at: "2026-03-01T11:59:59+08:00" });
    expect(functions[0]?.provisioned).toMatchObject([{ instances: 2, action: "every" }]);
    expect(least).toMatchObject({ at: "2026-03-01T12:00:00+08:00", provisionedMb: 9 * 128 });
  });
  expect(steps).toBeLessThan(20 * 24 * 60);
});
