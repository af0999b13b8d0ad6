import { App } from "cdktf";
import { Shop } from "./shop";

const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name) as string | undefined;

new Shop(app, "shop", {
  loadBalancerId: context("loadBalancerId") ?? "lb-flashsale",
  provenVersion: context("provenVersion"),
});
app.synth();
