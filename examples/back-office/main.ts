import { App } from "cdktf";
import { BackOffice } from "./back-office";

const app = new App();
const loadBalancerId = (app.node.tryGetContext("loadBalancerId") as string | undefined) ?? "lb-backoff1";

new BackOffice(app, "back-office", { loadBalancerId, bucket: "receipts-1250000000" });
app.synth();
