import { App } from "cdktf";
import * as scf from "cdktf-scf";
import { GreetingStack } from "./lib/greeting-stack";

const app = new App();
new GreetingStack(app, "greeting", {
  // Without `platform` it is deployed to the cloud.
  platform: scf.Platform.local(),
});
app.synth();
