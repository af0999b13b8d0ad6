import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

export interface LedgerProps {
  /** Bucket whose new files are entered, by its name with the account's id. */
  readonly bucket: string;
  /** CKafka instance with the topic `orders`. */
  readonly kafkaInstanceId: string;
  /** Log topic whose logs are entered. */
  readonly logTopicId: string;
  /** API gateway service that the ledger is read through. */
  readonly serviceId: string;
}

/** A function that every event source starts, by an alias: a new version takes over from one moment to the next. */
export class Ledger extends TerraformStack {
  constructor(scope: Construct, id: string, props: LedgerProps) {
    super(scope, id);
    new scf.ScfProvider(this, "scf", { region: scf.Region.GUANGZHOU, platform: scf.Platform.local() });

    const ledger = new scf.Function(this, "ledger", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "functions/ledger")),
      timeout: scf.Duration.seconds(30),
    });
    const live = ledger.addAlias("live", { version: ledger.currentVersion });

    live.addTrigger(
      "nightly",
      scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *"), message: "close the day" }),
    );
    live.addTrigger(
      "files",
      scf.Trigger.cos({
        bucket: props.bucket,
        events: ["cos:ObjectCreated:*", "cos:ObjectRemove:*"],
        prefix: "receipts/",
        suffix: ".pdf",
      }),
    );
    live.addTrigger(
      "messages",
      scf.Trigger.ckafka({
        instanceId: props.kafkaInstanceId,
        topic: "orders",
        maxMessages: 50,
        maxWait: scf.Duration.seconds(5),
      }),
    );
    live.addTrigger("logs", scf.Trigger.cls({ topicId: props.logTopicId, maxMessages: 1000 }));
    live.addTrigger("media", scf.Trigger.mps({ eventType: "WorkflowTask" }));
    live.addTrigger(
      "api",
      scf.Trigger.apiGateway({
        serviceId: props.serviceId,
        path: "/ledger",
        method: "GET",
        integratedResponse: true,
        // The gateway waits as long as the function may run.
        backendTimeout: scf.Duration.seconds(30),
      }),
    );
  }
}
