import type { Properties, Value } from "../../../lib/model/value";
import { simulate } from "../../../lib/testing/simulate";
import { alias, currentVersion, ofOrders, orders, planOf, ref, stackOf, token } from "../plan";

const timer = (cron: Value, properties: Properties = {}): [string, Properties] => [
  "scf_timer_trigger",
  { ...ofOrders, qualifier: "$LATEST", cron, enabled: true, ...properties },
];

function timesOf(cron: string, from: string, hours = 24): readonly string[] {
  const { timers } = simulate.schedules(planOf({ orders, timer: timer(cron) }), { from, hours });
  return timers.flatMap(({ times }) => times);
}

test("timers of a day, and what they start", () => {
  const routing = { type: "weighted", version: "2", percent: 10 };
  const plan = planOf({
    orders,
    "orders/live": alias({ routing }),
    nightly: timer("0 0 2 * * * *", { qualifier: ref("orders/live", "name") }),
    noon: timer("0 0 12 * * * *", { enabled: false }),
  });
  const answer = simulate.schedules(plan, { from: "2026-03-01T00:00:00+08:00" });
  expect(answer).toEqual({
    from: "2026-03-01T00:00:00+08:00",
    to: "2026-03-02T00:00:00+08:00",
    timers: [
      {
        trigger: "shop/nightly",
        function: "shop/orders",
        starts: "alias live",
        versions: [
          { version: "1", percent: 90 },
          { version: "2", percent: 10 },
        ],
        cron: "0 0 2 * * * *",
        enabled: true,
        times: ["2026-03-01T02:00:00+08:00"],
      },
      expect.objectContaining({ trigger: "shop/noon", enabled: false, times: [] }),
    ],
    actions: [],
    unknown: [],
  });
  expect(String(answer)).toBe(
    "2026-03-01T02:00:00+08:00  shop/nightly starts alias live of shop/orders: 1 (90 %), 2 (10 %)",
  );
});

test.each([
  ["an hour is one of UTC+8, whatever offset is asked with", "0 0 2 * * * *", "2026-02-28T16:00:00Z"],
  ["as a Date", "0 0 2 * * * *", "2026-02-28T18:00:00Z"],
])("%s", (_, cron, from) => {
  expect(timesOf(cron, from)).toEqual(["2026-03-01T02:00:00+08:00"]);
  const { timers } = simulate.schedules(planOf({ orders, timer: timer(cron) }), { from: new Date(from) });
  expect(timers[0]?.times).toEqual(["2026-03-01T02:00:00+08:00"]);
});

test.each([
  ["the first instant counts", "2026-03-01T02:00:00+08:00", 1, 1],
  ["the last one does not", "2026-03-01T01:00:00+08:00", 1, 0],
  ["parts of an hour count", "2026-03-01T01:00:00+08:00", 1.01, 1],
  ["a year has 365 nights", "2026-01-01T00:00:00+08:00", 8760, 365],
])("%s", (_, from, hours, amount) => {
  expect(timesOf("0 0 2 * * * *", from, hours)).toHaveLength(amount);
});

test("where day and weekday are given, either is enough", () => {
  // The 1st is a Sunday, and Mondays are the 2nd and the 9th.
  expect(timesOf("0 0 0 1 * 1 *", "2026-03-01T00:00:00+08:00", 24 * 10)).toEqual([
    "2026-03-01T00:00:00+08:00",
    "2026-03-02T00:00:00+08:00",
    "2026-03-09T00:00:00+08:00",
  ]);
});

test("the 29th of February comes in leap years", () => {
  expect(timesOf("0 0 0 29 2 * *", "2027-02-28T00:00:00+08:00", 72)).toEqual([]);
  expect(timesOf("0 0 0 29 2 * *", "2028-02-28T00:00:00+08:00", 72)).toEqual(["2028-02-29T00:00:00+08:00"]);
});

test("scheduled actions, of all stacks", () => {
  const actions = [
    { name: "up", cron: "0 0 9 * * * *", instances: 20 },
    { name: "down", cron: "0 0 21 * * * *", instances: 0 },
  ];
  const shop = stackOf("shop", { orders, nightly: timer("0 0 2 * * * *") });
  const pay = stackOf("pay", {
    "pay/Warm": [
      "scf_provisioned_concurrency",
      {
        namespace: "default",
        functionName: "pay",
        qualifier: "3",
        provisioning: { type: "static", instances: 1, actions },
      },
    ],
  });
  const answer = simulate.schedules({ stacks: [shop, pay] }, { from: "2026-03-01T00:00:00+08:00" });
  expect(answer.actions).toEqual([
    {
      provisioned: "pay/pay/Warm",
      function: "pay",
      version: "3",
      action: "up",
      cron: "0 0 9 * * * *",
      instances: 20,
      times: ["2026-03-01T09:00:00+08:00"],
    },
    expect.objectContaining({ action: "down", times: ["2026-03-01T21:00:00+08:00"] }),
  ]);
  expect(String(answer)).toBe(
    [
      "2026-03-01T02:00:00+08:00  shop/nightly starts $LATEST of shop/orders: $LATEST (100 %)",
      "2026-03-01T09:00:00+08:00  up sets 20 instances of pay: 3",
      "2026-03-01T21:00:00+08:00  down sets 0 instances of pay: 3",
    ].join("\n"),
  );
});

test("what another provider gives is unknown", () => {
  const plan = planOf({
    orders,
    "orders/Version": currentVersion,
    a: timer(token),
    b: timer("0 0 2 * * * *", { enabled: token }),
    warm: [
      "scf_provisioned_concurrency",
      {
        ...ofOrders,
        qualifier: ref("orders/Version", "version"),
        provisioning: { type: "static", instances: 1, actions: [{ name: "up", cron: token, instances: 5 }] },
      },
    ],
  });
  const answer = simulate.schedules(plan, { from: "2026-03-01T00:00:00+08:00" });
  expect(answer.timers).toMatchObject([
    { cron: "unknown: a value of another provider", times: [] },
    { enabled: undefined, times: [] },
  ]);
  expect(answer.actions).toEqual([]);
  expect(String(answer)).toBe(
    [
      "not known: shop/a: its schedule is known at deployment only, or is none",
      "not known: shop/b: whether it fires is known at deployment only",
      "not known: shop/warm: not all of its scheduled actions are known before the deployment",
    ].join("\n"),
  );
});

test("a long list is cut in its text, and whole in its times", () => {
  const plan = planOf({ orders, timer: timer("0 * * * * * *") });
  const answer = simulate.schedules(plan, { from: "2026-03-01T00:00:00+08:00" });
  expect(answer.timers[0]?.times).toHaveLength(1440);
  const lines = String(answer).split("\n");
  expect(lines).toHaveLength(51);
  expect(lines.at(-1)).toBe("and 1390 more");
});

test.each([0, -1, 8785, NaN])("fails for %d hours", (hours) => {
  expect(() => timesOf("0 0 2 * * * *", "2026-03-01T00:00:00+08:00", hours)).toThrow(
    `\`hours\` is ${hours}: more than 0 and at most 8,784, a year, are possible.\nUse 24 for a day.`,
  );
});

test.each(["2026-03-01T00:00:00", "2026-03-01", "tomorrow", "2026-13-01T00:00:00Z"])(
  "fails for %s, which says no time and offset",
  (from) => {
    expect(() => timesOf("0 0 2 * * * *", from)).toThrow(
      `\`from\` is ${from}, which is no point in time with an offset from UTC.\nWrite it like "2026-03-01T00:00:00+08:00", or give a Date.`,
    );
  },
);

test("fails for a Date that is none", () => {
  expect(() => simulate.schedules(planOf({ orders }), { from: new Date(NaN) })).toThrow(
    "`from` is Invalid Date, which is no point in time with an offset from UTC.",
  );
});

test.each([
  ["2026-02-30T00:00:00+08:00"],
  ["2026-04-31T12:00:00Z"],
  ["2027-02-29T00:00:00+08:00"],
  ["2026-02-00T00:00:00+08:00"],
  ["route 1 Z"],
])("fails for %s, which is on no calendar", (from) => {
  expect(() => timesOf("0 0 2 * * * *", from)).toThrow(`\`from\` is ${from}, which is no point in time`);
});

test("the last day of February is one in leap years only", () => {
  expect(timesOf("0 0 2 * * * *", "2028-02-29T00:00:00+08:00")).toEqual(["2028-02-29T02:00:00+08:00"]);
});

test.each([
  ["0 5/20 2 * * * *", ["02:05:00", "02:25:00", "02:45:00"]],
  ["0 0 20/2 * * * *", ["20:00:00", "22:00:00"]],
])("steps that begin at a number are followed: %s", (cron, times) => {
  const expected = times.map((time) => `2026-03-01T${time}+08:00`);
  expect(timesOf(cron, "2026-03-01T00:00:00+08:00")).toEqual(expected);
});
