import { TerraformStack } from "cdktf";
import type { App } from "cdktf";
import * as scf from "cdktf-scf";
import { newApp, node, TestStack } from "../constructs/app";

/** A stack that the tests of assertions ask: functions with layers, an alias, a timer and a policy. */
export class Shop extends TestStack {
  constructor(app: App = newApp(), id = "shop") {
    super(app, id);
    const deps = new scf.Layer(this, "deps", { code: node.code, compatibleRuntimes: [node.runtime] });
    const orders = new scf.Function(this, "orders", {
      ...node,
      memory: 256,
      timeout: scf.Duration.seconds(10),
      layers: [deps],
      environment: { TABLE: "orders", STAGE: "live" },
    });
    orders.addAlias("live", { version: orders.currentVersion });
    orders.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));
    new scf.Function(this, "bills", { ...node, memory: 512, environment: { TABLE: "bills" } });
    new scf.Function(this, "mails", { ...node, description: "Sends mails." });
    const ops = new scf.Policy(this, "ops", { name: "orders-ops" });
    orders.grants.invoke(ops);
  }
}

export function shop(): TerraformStack {
  return new Shop();
}
