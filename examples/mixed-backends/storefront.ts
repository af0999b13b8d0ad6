import * as path from "node:path";
import { Construct } from "constructs";
import * as scf from "cdktf-scf";

export interface StorefrontProps {
  /** The public load balancer in front of the site. */
  readonly loadBalancerId: string;
  /** Ids of the instances that serve files. */
  readonly webServers: readonly string[];
}

/**
 * One domain, three kinds of back-ends: files come from cloud servers, orders go to a function, and the archive stays in the
 * data centre.
 */
export class Storefront extends Construct {
  constructor(scope: Construct, id: string, props: StorefrontProps) {
    super(scope, id);
    const vip = "203.0.113.10";
    const loadBalancer = scf.LoadBalancer.fromAttributes({
      loadBalancerId: props.loadBalancerId,
      region: scf.Region.GUANGZHOU,
      scheme: "public",
      vip,
    });
    new scf.CrossRegionBinding(this, "beyond-the-vpc", {
      loadBalancer,
      version: "2.0",
      cloudConnectNetwork: "ccn-office01",
    });
    for (const address of ["10.0.1.10", "10.0.1.11"]) {
      new scf.SnatAddress(this, `snat-${address}`, { loadBalancer, subnetId: "subnet-edge0001", address });
    }

    const orders = new scf.Function(this, "orders", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "functions/orders")),
    });
    const live = orders.addAlias("live", { version: orders.currentVersion });

    const partners = "198.51.100.0/24";
    const http = new scf.LoadBalancerListener(this, "http", {
      loadBalancer,
      protocol: scf.Protocol.HTTP,
      port: 80,
      accessLogs: true,
      clients: [partners],
    });
    const domain = "www.example.com";
    // The first rule that fits decides: partners and the load balancer's health checks come before everybody else.
    const securityGroup = scf.SecurityGroup.fromRules([
      { action: "allow", source: partners, port: "8080" },
      { action: "allow", source: vip, port: "8080" },
      { action: "drop", source: "0.0.0.0/0", port: "ALL" },
    ]);
    http.addRule("files", {
      domain,
      path: "/static",
      healthCheck: { path: "/health", interval: scf.Duration.seconds(10) },
      targets: props.webServers.map((instanceId) =>
        scf.Backend.instance({ instanceId, port: 8080, securityGroup }),
      ),
    });
    http.addRule("orders", { domain, path: "/orders", targets: [live] });
    http.addRule("archive", {
      domain,
      path: "/archive",
      targets: [scf.Backend.dataCenterAddress({ address: "192.168.7.20", port: 8080 })],
    });

    scf.Findings.of(this).acknowledge("CLB-BETA", "the account takes part in the beta");
  }
}
