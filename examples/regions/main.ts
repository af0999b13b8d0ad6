import { App } from "cdktf";
import * as scf from "cdktf-scf";
import { declareSites } from "./site";

const app = new App();
declareSites(app, {
  [scf.Region.GUANGZHOU]: "lb-south001",
  [scf.Region.SHANGHAI]: "lb-east0001",
  [scf.Region.BEIJING]: "lb-north001",
});
app.synth();
