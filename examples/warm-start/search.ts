import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

/** A search that answers without a cold start while the shop is open, and never takes more than its share. */
export class Search extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new scf.ScfProvider(this, "scf", {
      region: scf.Region.GUANGZHOU,
      platform: scf.Platform.local(),
    });

    const search = new scf.Function(this, "search", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "functions/search")),
      memory: 128,
    });

    // 2,000 requests a second of 0.02 s each keep 40 instances busy; three times as many are reserved for peaks.
    const busy = scf.Concurrency.estimate({ requestsPerSecond: 2000, duration: scf.Duration.seconds(0.02) });
    search.reserveConcurrency(scf.Concurrency.instances(3 * busy));

    // One instance at night. The window opens a little early: 100 instances start in a minute.
    search.currentVersion.provision(
      scf.Provisioning.static({
        instances: 1,
        actions: [
          { name: "open", schedule: scf.Schedule.cron("0 55 7 * * * *"), instances: busy },
          { name: "close", schedule: scf.Schedule.cron("0 0 22 * * * *"), instances: 1 },
        ],
      }),
    );

    // Callers use the alias. It moves to a new version after that version's instances have started.
    search.addAlias("live", { version: search.currentVersion });
  }
}
