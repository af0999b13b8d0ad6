import { App, TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import { Storefront } from "./storefront";

const app = new App();
const stack = new TerraformStack(app, "storefront");
new scf.ScfProvider(stack, "scf", {
  region: scf.Region.GUANGZHOU,
  platform: scf.Platform.local({ delayMs: 250 }),
});
new Storefront(stack, "site", {
  loadBalancerId: (app.node.tryGetContext("loadBalancerId") as string | undefined) ?? "lb-storefront",
  webServers: ["ins-web00001", "ins-web00002"],
});
app.synth();
