import { App } from "cdktf";
import { ShopWindow } from "./shop-window";

const app = new App();
const loadBalancerId = (app.node.tryGetContext("loadBalancerId") as string | undefined) ?? "lb-window001";

new ShopWindow(app, "shop-window", { loadBalancerId, fileServers: ["ins-file0001", "ins-file0002"] });
app.synth();
