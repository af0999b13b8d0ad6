import { App } from "cdktf";
import { Orders } from "./orders";

const app = new App();
new Orders(app, "orders");
app.synth();
