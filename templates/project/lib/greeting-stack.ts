import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

export interface GreetingStackProps {
  /**
   * Where it is deployed to.
   * @default the cloud
   */
  readonly platform?: scf.Platform;
}

/** A function that greets, by an alias that moves to each new version of it. */
export class GreetingStack extends TerraformStack {
  readonly greeting: scf.Function;

  constructor(scope: Construct, id: string, props: GreetingStackProps = {}) {
    super(scope, id);
    new scf.ScfProvider(this, "scf", { region: scf.Region.GUANGZHOU, ...props });

    this.greeting = new scf.Function(this, "greeting", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "../functions/greeting")),
      memory: 128,
      timeout: scf.Duration.seconds(5),
    });
    this.greeting.addAlias("live", { version: this.greeting.currentVersion });
  }
}
