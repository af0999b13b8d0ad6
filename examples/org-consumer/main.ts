import * as path from "node:path";
import { Harbour, Service } from "@harbour/scf";
import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";

class Shop extends TerraformStack {
  constructor(app: App) {
    super(app, "shop");
    new scf.ScfProvider(this, "scf", { region: scf.Region.GUANGZHOU, platform: scf.Platform.local() });
    const folder = path.join(__dirname, "functions/orders");
    const orders = new Service(this, "orders", { description: "Takes orders.", folder });
    new Service(this, "returns", { description: "Takes returns.", folder, memory: 512 });
    new scf.Output(this, "orders-function", { value: orders.function.functionName });
  }
}

const app = new App();
Harbour.applyTo(app, { team: "shop" });
new Shop(app);
app.synth();
