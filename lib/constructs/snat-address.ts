import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { snatAddressSchema } from "../model/resources/snat-address";
import { loadBalancerOf, type LoadBalancer } from "./load-balancer";

/** Which load balancer has which address for requests to a data centre (BCK-IDC). */
export interface SnatAddressProps {
  /** The load balancer. A change replaces the address. */
  readonly loadBalancer: LoadBalancer;
  /** Subnet of the load balancer's VPC, `subnet-…`. A change replaces the address. */
  readonly subnetId: string;
  /** A free IPv4 address of the subnet. A change replaces the address. */
  readonly address: string;
}

/**
 * An address that requests to a data centre come from (BCK-IDC). The program picks it: an address that the platform picks
 * could not be told from others after a deploy that was cut off.
 */
export class SnatAddress extends Construct {
  constructor(scope: Construct, id: string, props: SnatAddressProps) {
    super(scope, id);
    const { subnetId, address } = props;
    const loadBalancer = loadBalancerOf(props.loadBalancer);
    const resource: ResourceElement = new ResourceElement(this, snatAddressSchema, () => ({
      loadBalancerId: ready(),
      loadBalancer: loadBalancer.facts,
      subnetId,
      address,
    }));
    const ready = loadBalancer.waitForSnatAddress(resource.reference("loadBalancerId"));
  }
}
