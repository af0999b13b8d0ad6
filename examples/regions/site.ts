import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

/** Everybody uses this name; the name server answers with the load balancer of the client's own region. */
const DOMAIN = "www.example.com";

export interface SiteProps {
  readonly region: string;
  /** The load balancer of that region: functions of another one cannot be bound to it (CLB-REGION). */
  readonly loadBalancerId: string;
}

/** The site as one region has it: near its visitors, and on its own when another region is down. */
export class Site extends TerraformStack {
  readonly service: scf.patterns.HttpService;

  constructor(scope: Construct, id: string, { region, loadBalancerId }: SiteProps) {
    super(scope, id);
    new scf.ScfProvider(this, "scf", { region, platform: scf.Platform.local() });
    this.service = new scf.patterns.HttpService(this, "greeting", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "functions/greeting")),
      environment: { REGION: region },
      loadBalancer: scf.LoadBalancer.fromAttributes({ loadBalancerId, region }),
      domain: DOMAIN,
    });
    scf.Findings.of(this).acknowledge("CLB-BETA", "the account takes part in the beta");
  }
}

/** The same site in each region that has a load balancer, as a stack of its own. */
export function declareSites(scope: Construct, loadBalancers: Readonly<Record<string, string>>): Site[] {
  return Object.entries(loadBalancers).map(
    ([region, loadBalancerId]) => new Site(scope, `site-${region}`, { region, loadBalancerId }),
  );
}
