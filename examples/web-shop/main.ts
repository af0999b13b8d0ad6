import { App } from "cdktf";
import { WebShop } from "./web-shop";

const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name) as string | undefined;

new WebShop(app, "web-shop", { thumbnailsTag: context("thumbnailsTag") ?? "1.0.0" });
app.synth();
