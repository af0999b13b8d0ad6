// Functions with a published version, an alias and a forwarding rule each.
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const { measure } = require("./measure.cjs");

measure((count, outdir) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "shop");
  const quotas = { functionsPerNamespace: count, codeBytes: Number.MAX_SAFE_INTEGER, concurrencyMb: 1e9 };
  new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU, quotas });
  const listener = new scf.LoadBalancerListener(stack, "http", {
    loadBalancer: scf.LoadBalancer.fromAttributes({ loadBalancerId: "lb-1", region: scf.Region.GUANGZHOU }),
    protocol: scf.Protocol.HTTP,
    port: 80,
  });
  const code = scf.Code.fromInline("exports.main_handler = async () => 1;\n");
  for (let index = 0; index < count; index++) {
    const orders = new scf.Function(stack, `fn${index}`, {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code,
      environment: { TABLE: "orders" },
    });
    const live = orders.addAlias("live", { version: orders.currentVersion });
    listener.addRule(`rule${index}`, { domain: "www.example.com", path: `/orders${index}`, targets: [live] });
  }
  return () => app.synth();
});
