/**
 * A program in two states. Going from nothing to the first creates, from the first to the second creates, updates, replaces in
 * both orders and deletes, and destroying deletes.
 */
export const sweepProgram = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const second = process.env.STATE === "second";
const app = new App();
const stack = new TerraformStack(app, "shop");
new scf.ScfProvider(stack, "scf", { region: "ap-guangzhou", platform: scf.Platform.local({ delayMs: 15 }) });
const runtime = scf.Runtime.NODEJS_16_13;
const handler = "index.main_handler";
const code = (answer) => scf.Code.fromInline("exports.main_handler = async () => " + JSON.stringify(answer));
const loadBalancer = scf.LoadBalancer.fromAttributes({ loadBalancerId: "lb-12345678", region: "ap-guangzhou" });

// Layer versions are replaced new first, and everything that binds them is updated.
const layer = new scf.Layer(stack, "deps", { code: code(second ? "deps 2" : "deps 1"), compatibleRuntimes: [runtime] });
const http = new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: "HTTP", port: 80 });
const policy = new scf.Policy(stack, "operators");
const role = new scf.Role(stack, "worker");

const declare = (id, more) => {
  const declared = new scf.Function(stack, id, { runtime, handler, layers: [layer], ...more });
  const live = declared.addAlias("live", { version: declared.currentVersion });
  declared.grants.invoke(policy);
  return { declared, live };
};
const nightly = (hour) => scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 " + hour + " * * * *") });
const domain = "www.example.com";

// Updated in place, its version published anew, its alias moved, its trigger and rule changed.
const orders = declare("orders", {
  code: code(second ? "orders 2" : "orders 1"),
  memory: second ? 256 : 128,
  role,
  environment: { TABLE: second ? "orders-2" : "orders" },
});
orders.live.addTrigger("nightly", nightly(second ? 3 : 2));
http.addRule("orders", { domain, path: "/orders", targets: [orders.live] });

// Replaced old first: how a function is run is fixed when it is made.
const catalogue = declare("catalogue", {
  name: "catalogue",
  code: code("catalogue"),
  asyncExecution: second,
});
catalogue.live.addTrigger("nightly", nightly(4));
http.addRule("catalogue", { domain, path: "/catalogue", targets: [catalogue.live] });

if (second) {
  const news = declare("news", { code: code("news") });
  news.live.addTrigger("nightly", nightly(5));
  http.addRule("news", { domain, path: "/news", targets: [news.live] });
} else {
  const old = declare("old", { code: code("old") });
  old.live.addTrigger("nightly", nightly(6));
  http.addRule("old", { domain, path: "/old", targets: [old.live] });
}
app.synth();
`;
