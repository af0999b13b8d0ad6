import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import { Findings, LocalPlatform, Plan } from "cdktf-scf/testing";
import { Organization, Service } from "../lib";

/** A team's program: one service for each id. */
function shop(...ids: string[]): TerraformStack {
  const app = new App();
  Organization.applyTo(app, { team: "sales", functions: 1 });
  const stack = new TerraformStack(app, "shop");
  new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU });
  const code = scf.Code.fromInline("exports.main_handler = async () => 'thank you';");
  for (const id of ids) new Service(stack, id, { code });
  return stack;
}

test("a service has the organization's defaults, its name and tags, and an alias", () => {
  Plan.fromStack(shop("orders"))
    .hasFunction("orders/function", {
      functionName: "sales-shop-orders-function",
      memory: 256,
      timeout: 10,
      tags: { team: "sales" },
    })
    .hasAlias("live", { functionName: "→ shop/orders/function.functionName" });
});

test("a service breaks no rule, neither the platform's nor the organization's", () => {
  Findings.fromStack(shop("orders")).hasNone();
});

test("fails past the team's budget", () => {
  Findings.fromStack(shop("orders", "stock")).hasError("BUDGET");
});

test("a service is deployed, and callers of its alias get the first version", async () => {
  const platform = LocalPlatform.inMemory();
  await platform.deploy(shop("orders"));
  expect(await platform.invoke("sales-shop-orders-function", { qualifier: "live" })).toEqual({
    version: "1",
    status: 0,
  });
  expect(await platform.diff(shop("orders"))).toEqual([]);
});
