import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

export interface ShopWindowProps {
  readonly loadBalancerId: string;
  /** The servers that have pages and pictures, by their ids. */
  readonly fileServers: readonly [string, ...string[]];
}

/**
 * A shop whose pages and pictures come from servers, and whose cart is a function. Both have one domain: for browsers it is
 * one site, and a rush of visitors does not keep the cart waiting.
 */
export class ShopWindow extends TerraformStack {
  readonly site: scf.patterns.SplitSite;

  constructor(scope: Construct, id: string, { loadBalancerId, fileServers }: ShopWindowProps) {
    super(scope, id);
    const region = scf.Region.GUANGZHOU;
    new scf.ScfProvider(this, "scf", { region, platform: scf.Platform.local() });

    const cart = new scf.Function(this, "cart", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "functions/cart")),
    });
    const [first, ...others] = fileServers;
    const backend = (instanceId: string): scf.Backend => scf.Backend.instance({ instanceId, port: 8080 });
    this.site = new scf.patterns.SplitSite(this, "site", {
      loadBalancer: scf.LoadBalancer.fromAttributes({ loadBalancerId, region }),
      domain: "www.example.com",
      files: {
        paths: ["/pages", "/pictures"],
        servers: [backend(first), ...others.map(backend)],
        healthCheck: { path: "/health" },
      },
      functions: { "/cart": cart.addAlias("live", { version: cart.currentVersion }) },
    });

    scf.Findings.of(this).acknowledge("CLB-BETA", "the account takes part in the beta");
  }
}
