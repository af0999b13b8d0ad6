import { App } from "cdktf";
import * as scf from "cdktf-scf";
import { declareSites } from "./site";

const app = new App();
const given = app.node.tryGetContext("loadBalancers") as Readonly<Record<string, string>> | undefined;

declareSites(
  app,
  given ?? {
    [scf.Region.GUANGZHOU]: "lb-south001",
    [scf.Region.SHANGHAI]: "lb-east0001",
    [scf.Region.BEIJING]: "lb-north001",
  },
);
app.synth();
