import { App } from "cdktf";
import { Ledger } from "./ledger";

const app = new App();

new Ledger(app, "ledger", {
  bucket: "receipts-1250000000",
  kafkaInstanceId: "ckafka-a1b2c3d4",
  logTopicId: "0f1e2d3c-0000-4000-8000-000000000001",
  serviceId: "service-a1b2c3d4",
});
app.synth();
