import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

export interface OrdersProps {
  /**
   * Currency of the totals. Another one is another version of the function.
   * @default "CNY"
   */
  readonly currency?: string;
}

/** Orders whose new versions prove themselves on a growing share of the customers. */
export class Orders extends TerraformStack {
  constructor(scope: Construct, id: string, { currency = "CNY" }: OrdersProps = {}) {
    super(scope, id);
    new scf.ScfProvider(this, "scf", {
      region: scf.Region.GUANGZHOU,
      platform: scf.Platform.local(),
    });

    const orders = new scf.Function(this, "orders", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "functions/orders")),
      environment: { CURRENCY: currency },
    });
    const gate = scf.Gate.command("node gates/healthy.js", { timeout: scf.Duration.minutes(2) });
    const wait = scf.Duration.minutes(10);

    // One customer in a hundred meets the new version first. Its ten instances are warm by then.
    const live = orders.addAlias("live", {
      version: orders.currentVersion,
      release: scf.Release.canary({
        instances: 10,
        steps: [1, 5, 25, 50, 75].map((share) => ({ weight: scf.Weight.percent(share), wait, gate })),
      }),
    });
    new scf.AlarmPolicy(this, "failures", {
      conditions: [{ metric: live.metrics.errors(), comparison: ">", threshold: 5 }],
    });
  }
}
