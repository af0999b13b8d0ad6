import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

export interface PaymentsProps {
  /** The bank that takes the money. Another one is another version of the function. */
  readonly bank: string;
}

/** Payments, of which two versions must never answer side by side. */
export class Payments extends TerraformStack {
  constructor(scope: Construct, id: string, { bank }: PaymentsProps) {
    super(scope, id);
    new scf.ScfProvider(this, "scf", { region: scf.Region.GUANGZHOU, platform: scf.Platform.local() });

    const payments = new scf.Function(this, "payments", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "functions/payments")),
      environment: { BANK: bank },
    });
    const answers = scf.Gate.command("node gates/answers.js", { timeout: scf.Duration.minutes(1) });
    // The new version has to answer before anybody pays by it. For half an hour the old one can be back at once.
    payments.addAlias("live", {
      version: payments.currentVersion,
      release: scf.Release.blueGreen({
        gate: answers,
        bake: scf.Duration.minutes(30),
        bakeGate: answers,
      }),
    });
  }
}
