import type { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";

/** What does not compile of alarms, permissions and attachments. Checked by the compiler alone: nothing here runs. */
export function monitoring(stack: TerraformStack, orders: scf.Function): void {
  const errors = orders.metrics.errors();
  const region = scf.Metrics.ofRegion(stack);

  new scf.AlarmPolicy(stack, "right", {
    conditions: [{ metric: errors, comparison: ">", threshold: 5, periodMinutes: 5 }],
  });

  // @ts-expect-error an alarm without conditions never goes off
  new scf.AlarmPolicy(stack, "no-conditions", { conditions: [] });

  new scf.AlarmPolicy(stack, "period", {
    // @ts-expect-error metrics are collected over 1 or 5 minutes (MON-PERIOD)
    conditions: [{ metric: errors, comparison: ">", threshold: 5, periodMinutes: 10 }],
  });

  new scf.AlarmPolicy(stack, "comparison", {
    // @ts-expect-error there is no such comparison
    conditions: [{ metric: errors, comparison: "=>", threshold: 5 }],
  });

  new scf.AlarmPolicy(stack, "region", {
    // @ts-expect-error alarm policies watch a version or an alias (MON-TARGET)
    conditions: [{ metric: region.errors(), comparison: ">", threshold: 5 }],
  });

  new scf.AlarmPolicy(stack, "name-of-metric", {
    // @ts-expect-error a metric says what it belongs to, which its name does not
    conditions: [{ metric: "error", comparison: ">", threshold: 5 }],
  });

  // @ts-expect-error there is no such metric (MON-METRIC)
  orders.metrics.metric("latency");

  // @ts-expect-error memory is measured for functions, not for regions (MON-METRIC)
  region.metric("mem");

  // @ts-expect-error nor has the region a method for it
  region.memory();
}

export function access(orders: scf.Function, policy: scf.Policy): void {
  policy.attachTo(scf.User.fromName("alice"));
  policy.attachTo(scf.Group.fromId(7));

  // @ts-expect-error groups have numbers
  scf.Group.fromId("operators");

  // @ts-expect-error account ids are text: longer ones are no numbers any more
  scf.User.fromUin(100000000002);

  // @ts-expect-error users are named by User.fromName or User.fromUin
  policy.attachTo("alice");

  // @ts-expect-error there is no such preset policy
  void scf.Policy.presets.QcloudSCFFullAcess;

  // @ts-expect-error an account's action cannot be granted on one function (CAM-STAR)
  orders.grants.actions(policy, "ListFunctions");

  // @ts-expect-error a grant names one action at least
  orders.grants.actions(policy);

  // @ts-expect-error a condition on addresses names one at least
  scf.Condition.ipEqual();
}
