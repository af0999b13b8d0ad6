import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";

/** A function, its current version and an alias: what a first stack looks like. */
class Shop extends TerraformStack {
  constructor(app: App) {
    super(app, "shop");
    new scf.ScfProvider(this, "scf", { region: scf.Region.GUANGZHOU, platform: scf.Platform.local() });
    const orders = new scf.Function(this, "orders", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset("functions/orders"),
      memory: 256,
      timeout: scf.Duration.seconds(10),
      environment: { TABLE: "orders" },
    });
    orders.addAlias("live", { version: orders.currentVersion });
  }
}

const app = new App();
new Shop(app);
app.synth();
