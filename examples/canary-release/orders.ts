import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

const { percent } = scf.Weight;

/** Orders whose new versions prove themselves on a growing share of the customers, and payments that switch at once. */
export class Orders extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new scf.ScfProvider(this, "scf", {
      region: scf.Region.GUANGZHOU,
      platform: scf.Platform.local(),
    });

    const common = {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "functions/orders")),
    } as const;
    const orders = new scf.Function(this, "orders", common);
    const healthy = scf.Gate.command("node gates/healthy.js", { timeout: scf.Duration.minutes(2) });
    const wait = scf.Duration.minutes(10);

    // One customer in a hundred meets the new version first. Its ten instances are warm by then.
    const live = orders.addAlias("live", {
      version: orders.currentVersion,
      release: scf.Release.canary({
        instances: 10,
        steps: [1, 5, 25, 50, 75].map((share) => ({ weight: percent(share), wait, gate: healthy })),
      }),
    });
    new scf.AlarmPolicy(this, "failures", {
      conditions: [{ metric: live.metrics.errors(), comparison: ">", threshold: 5 }],
    });

    // Two versions of the payments must not answer side by side: judged first, then switched, then watched for half an hour.
    const payments = new scf.Function(this, "payments", common);
    payments.addAlias("live", {
      version: payments.currentVersion,
      release: scf.Release.blueGreen({
        gate: healthy,
        bake: scf.Duration.minutes(30),
        bakeGate: healthy,
      }),
    });
  }
}
