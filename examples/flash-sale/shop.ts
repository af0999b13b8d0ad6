import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

export interface ShopProps {
  /** The load balancer in front of the shop. */
  readonly loadBalancerId: string;
  /** The version of `orders` that has proved itself. While it is set, a new version gets 10 % of the orders. */
  readonly provenVersion?: string;
}

const here = (folder: string): scf.Code => scf.Code.fromAsset(path.join(__dirname, folder));

/** The functions of a flash sale behind the shop's load balancer: orders and the catalogue. */
export class Shop extends TerraformStack {
  constructor(scope: Construct, id: string, props: ShopProps) {
    super(scope, id);
    new scf.ScfProvider(this, "scf", {
      region: scf.Region.GUANGZHOU,
      platform: scf.Platform.local({ delayMs: 250 }),
    });

    const http = new scf.Layer(this, "shop-http", {
      code: here("layers/shop-http"),
      compatibleRuntimes: [scf.Runtime.NODEJS_16_13],
    });

    const orders = new scf.Function(this, "orders", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: here("functions/orders"),
      layers: [http],
      memory: 256,
      timeout: scf.Duration.seconds(10),
      environment: { ORDERS_TABLE: "flash-sale" },
    });
    const catalogue = new scf.Function(this, "catalogue", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: here("functions/catalogue"),
      layers: [http],
      memory: 128,
    });

    const newest = orders.currentVersion;
    const ordersLive = orders.addAlias(
      "live",
      props.provenVersion === undefined
        ? { version: newest }
        : {
            version: orders.version(props.provenVersion),
            routing: scf.Routing.weighted(newest, scf.Weight.percent(10)),
          },
    );
    const catalogueLive = catalogue.addAlias("live", { version: catalogue.currentVersion });
    catalogueLive.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") }));

    const listener = new scf.LoadBalancerListener(this, "http", {
      loadBalancer: scf.LoadBalancer.fromAttributes({
        loadBalancerId: props.loadBalancerId,
        region: scf.Region.GUANGZHOU,
      }),
      protocol: scf.Protocol.HTTP,
      port: 80,
    });
    const domain = "sale.example.com";
    listener.addRule("orders", { domain, path: "/orders", targets: [{ target: ordersLive, weight: 20 }] });
    listener.addRule("catalogue", {
      domain,
      path: "/catalogue",
      targets: [{ target: catalogueLive, weight: 10 }],
    });

    const operators = new scf.Policy(this, "operators", {
      description: "May call the functions of the sale",
    });
    orders.grants.invoke(operators);
    catalogue.grants.invoke(operators);

    scf.Findings.of(this).acknowledge("CLB-BETA", "the account of the sale takes part in the beta");
    new scf.Output(this, "newest-orders-version", { value: newest.version });
  }
}
