import { App } from "cdktf";
import { Payments } from "./payments";

const app = new App();
const bank = (app.node.tryGetContext("bank") as string | undefined) ?? "first-bank";

new Payments(app, "payments", { bank });
app.synth();
