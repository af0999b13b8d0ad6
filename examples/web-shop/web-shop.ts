import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

export interface WebShopProps {
  /** Tag of the image that makes thumbnails. A new tag is a new version. */
  readonly thumbnailsTag: string;
}

/** A shop on the web: its site as a web server, and thumbnails of what it sells, made by an image. */
export class WebShop extends TerraformStack {
  constructor(scope: Construct, id: string, props: WebShopProps) {
    super(scope, id);
    const region = scf.Region.GUANGZHOU;
    new scf.ScfProvider(this, "scf", { region, platform: scf.Platform.local({ delayMs: 250 }) });

    // What other teams look after: the shop's network, the file system with its catalogue, and its logs.
    const vpc = scf.Vpc.fromAttributes({
      vpcId: "vpc-shop",
      subnetId: "subnet-shop",
      region,
      cidr: "10.0.0.0/16",
    });
    const catalogue = scf.FileSystem.fromAttributes({
      fileSystemId: "cfs-catalogue",
      mountTargetId: "cfs-catalogue-a",
      vpcId: "vpc-shop",
    });
    const logTopic = scf.LogTopic.fromAttributes({ logsetId: "shop", topicId: "functions", region });
    const around = {
      vpc,
      logTopic,
      fileSystems: [
        { fileSystem: catalogue, localDirectory: "/mnt/catalogue", remoteDirectory: "/shop/catalogue" },
      ],
    };

    const site = new scf.WebFunction(this, "site", {
      ...around,
      runtime: scf.Runtime.NODEJS_16_13,
      code: scf.Code.fromAsset(path.join(__dirname, "functions/site")),
      memory: 256,
      timeout: scf.Duration.seconds(10),
      instanceConcurrency: 20,
      environment: { CATALOGUE: "/mnt/catalogue" },
    });
    site.addAlias("live", { version: site.currentVersion });

    const thumbnails = new scf.ImageFunction(this, "thumbnails", {
      ...around,
      image: scf.ContainerImage.fromEnterpriseRegistry({
        image: `registry.example.com/shop/thumbnails:${props.thumbnailsTag}`,
        registryId: "tcr-shop",
        region,
      }),
      command: "--folder /mnt/catalogue",
      acceleration: true,
      memory: 1024,
      timeout: scf.Duration.minutes(5),
      asyncInvocation: { retryAttempts: 1, maximumEventAge: scf.Duration.hours(1) },
      deadLetterQueue: scf.DeadLetterQueue.queue("thumbnails-that-failed"),
    });
    const thumbnailsLive = thumbnails.addAlias("live", { version: thumbnails.currentVersion });
    thumbnailsLive.addTrigger(
      "nightly",
      scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 3 * * * *"), message: "all" }),
    );

    new scf.TestEvent(this, "one-thumbnail", {
      name: "one-thumbnail",
      function: thumbnails,
      event: { item: "lamp", width: 320 },
    });
    new scf.Output(this, "site-version", { value: site.currentVersion.version });
  }
}
