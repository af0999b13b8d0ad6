import { simulate } from "../../../lib/testing/simulate";
import type { Properties, Value } from "../../../lib/model/value";
import { alias, ofOrders, orders, planOf, ref, token } from "../plan";

const from = "2026-03-01T00:00:00+08:00";

function timer(cron: Value, enabled: Value = true): [string, Properties] {
  return [
    "scf_timer_trigger",
    { ...ofOrders, qualifier: ref("orders/live", "name"), triggerName: "t", cron, enabled },
  ];
}

function timesOf(cron: string, options: { from?: string; hours?: number } = {}): readonly string[] {
  const plan = planOf({ orders, "orders/live": alias(), timer: timer(cron) });
  return simulate.schedules(plan, { from, ...options }).timers[0]?.times ?? [];
}

test.each([
  ["0 0 2 * * * *", ["2026-03-01T02:00:00+08:00"]],
  ["0 30 */12 * * * *", ["2026-03-01T00:30:00+08:00", "2026-03-01T12:30:00+08:00"]],
  ["0 0 0 1 MAR * 2026", ["2026-03-01T00:00:00+08:00"]],
  ["0 0 0 2 3 * *", []],
  ["0 0 9 * * MON *", []],
  ["0 0 9 * * SUN *", ["2026-03-01T09:00:00+08:00"]],
  // Where both day and weekday are given, either is enough.
  ["0 0 9 15 * SUN *", ["2026-03-01T09:00:00+08:00"]],
  ["0 0 9 * * * 2025", []],
])("%s fires on 1 March 2026 at %j", (cron, times) => {
  expect(timesOf(cron)).toEqual(times);
});

test("the first instant counts, and the last one does not", () => {
  expect(timesOf("0 0 0 * * * *", { hours: 48 })).toEqual([
    "2026-03-01T00:00:00+08:00",
    "2026-03-02T00:00:00+08:00",
  ]);
  expect(timesOf("* * * * * * *", { hours: 1 })).toHaveLength(3600);
});

test("the offset of the question counts for nothing", () => {
  expect(timesOf("0 0 2 * * * *", { from: "2026-02-28T16:00:00Z" })).toEqual(["2026-03-01T02:00:00+08:00"]);
});

test("scheduled actions stand beside timers", () => {
  const actions = [{ name: "morning", cron: "0 0 6 * * * *", instances: 30 }];
  const plan = planOf({
    orders,
    "orders/live": alias(),
    nightly: timer("0 0 2 * * * *"),
    off: timer("0 0 3 * * * *", false),
    theirs: timer(token),
    warm: [
      "scf_provisioned_concurrency",
      { ...ofOrders, qualifier: "1", provisioning: { type: "static", instances: 1, actions } },
    ],
  });
  const answer = simulate.schedules(plan, { from });
  expect(answer.timers.map(({ trigger, enabled, times }) => [trigger, enabled, times.length])).toEqual([
    ["shop/nightly", true, 1],
    ["shop/off", false, 0],
    ["shop/theirs", true, 0],
  ]);
  expect(String(answer)).toBe(
    [
      "2026-03-01T02:00:00+08:00  shop/nightly starts alias live of shop/orders: 1 (100 %)",
      "2026-03-01T06:00:00+08:00  morning sets 30 instances of shop/orders: 1",
      "not known: shop/theirs: its schedule is known at deployment only, or is none",
    ].join("\n"),
  );
});

test.each([0, -1, NaN, 9000])("fails for %d hours", (hours) => {
  expect(() => simulate.schedules(planOf({}), { from, hours })).toThrow(`\`hours\` is ${hours}`);
});

test.each(["tomorrow", "2026-03-01T00:00:00", "2026-13-01T00:00:00Z"])("fails for the time %s", (time) => {
  expect(() => simulate.schedules(planOf({}), { from: time })).toThrow(
    `\`from\` is ${time}, which is no point in time with an offset from UTC.`,
  );
});
