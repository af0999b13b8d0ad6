import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import { Findings, Plan } from "cdktf-scf/testing";
import { Harbour, Service } from "../lib";

const folder = path.join(__dirname, "orders");

/** A stack of a team that may have one function. */
function shop(): TerraformStack {
  const app = new App();
  Harbour.applyTo(app, { team: "shop", functions: 1 });
  const stack = new TerraformStack(app, "shop");
  new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU });
  new Service(stack, "orders", { description: "Takes orders.", folder });
  return stack;
}

test("a service has the organization's defaults, name and tags, an alias and an alarm", () => {
  Plan.fromStack(shop())
    .hasFunction("orders/Function", {
      functionName: "shop-orders-Function",
      memory: 256,
      timeout: 10,
      timeZone: "Asia/Shanghai",
      tags: { team: "shop" },
    })
    .has("scf_alias", { name: "live" })
    .has("monitor_alarm_policy", { conditions: [{ metric: "error", comparison: ">", threshold: 5 }] });
  Findings.fromStack(shop()).hasNone();
});

test("fails past the team's budget", () => {
  const stack = shop();
  new Service(stack, "stock", { description: "Counts.", folder });
  Findings.fromStack(stack).hasError("BUDGET", { message: /team shop declares 2 functions/ });
});
