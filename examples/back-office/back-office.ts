import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

export interface BackOfficeProps {
  /** The load balancer of the main system, which keeps running as it is. */
  readonly loadBalancerId: string;
  /** Bucket that receipts are put into, by its name with the account's id. */
  readonly bucket: string;
  /**
   * The notification template that tells of a report that failed.
   * @default nobody is told
   */
  readonly noticeId?: string;
}

const here = (folder: string): scf.Code => scf.Code.fromAsset(path.join(__dirname, "functions", folder));
const node = { runtime: scf.Runtime.NODEJS_16_13, handler: "index.main_handler" } as const;

/**
 * What stands beside a shop's main system and has peaks of its own: orders of partners, receipts that are collected, the
 * figures that people look at, and the report of the night.
 */
export class BackOffice extends TerraformStack {
  readonly orders: scf.patterns.HttpService;
  readonly report: scf.patterns.ScheduledJob;
  readonly figures: scf.patterns.WebApplication;

  constructor(scope: Construct, id: string, { loadBalancerId, bucket, noticeId }: BackOfficeProps) {
    super(scope, id);
    const region = scf.Region.GUANGZHOU;
    new scf.ScfProvider(this, "scf", { region, platform: scf.Platform.local() });

    this.orders = new scf.patterns.HttpService(this, "orders", {
      ...node,
      code: here("orders"),
      timeout: scf.Duration.seconds(10),
      loadBalancer: scf.LoadBalancer.fromAttributes({ loadBalancerId, region }),
      port: 8080,
      domain: "partners.example.com",
      paths: ["/orders"],
    });
    // Partners send their orders all at once: they must not take the concurrency of everything else.
    this.orders.function.reserveConcurrency(scf.Concurrency.instances(50));

    const receipts = new scf.patterns.StoragePipeline(this, "receipts", { bucket });
    receipts.addStage("read", {
      ...node,
      code: here("receipts"),
      from: "incoming/",
      suffix: ".txt",
      to: "entries/",
    });

    this.figures = new scf.patterns.WebApplication(this, "figures", {
      runtime: node.runtime,
      code: here("figures"),
      memory: 256,
    });

    this.report = new scf.patterns.ScheduledJob(this, "report", {
      ...node,
      code: here("report"),
      timeZone: "Asia/Shanghai",
      timeout: scf.Duration.minutes(30),
      schedule: scf.Schedule.cron("0 30 1 * * * *"),
      ...(noticeId === undefined ? {} : { noticeIds: [noticeId] }),
    });

    scf.Findings.of(this).acknowledge("CLB-BETA", "the account takes part in the beta");
  }
}
