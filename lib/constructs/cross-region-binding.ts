import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { crossRegionSchema } from "../model/resources/cross-region";
import { loadBalancerOf, type LoadBalancer } from "./load-balancer";

/** What both versions are given. */
export interface CrossRegionBindingOptions {
  /** The load balancer. A change replaces the binding. */
  readonly loadBalancer: LoadBalancer;
}

/** Back-ends of one other region. Cannot be turned back: deploys that would have to are refused (BCK-X1). */
export interface CrossRegionBinding1Props extends CrossRegionBindingOptions {
  /** One VPC of one other region. A change replaces the binding. */
  readonly version: "1.0";
  /** Region of the back-ends, another one than the load balancer's (BCK-X1). */
  readonly region: string;
  /** VPC of the back-ends; `"0"` is the basic network. */
  readonly vpcId: string;
}

/**
 * Back-ends of any region and VPC that a cloud-connect network joins. Can be turned off again (BCK-X2). An instance of another
 * region that is released stays bound until it is taken out of the program; one of the own region goes by itself, and the next
 * deploy sees that it is gone (BCK-AUTO).
 */
export interface CrossRegionBinding2Props extends CrossRegionBindingOptions {
  /** Whatever a cloud-connect network joins. A change replaces the binding. */
  readonly version: "2.0";
  /** Id of the cloud-connect network that the VPCs belong to, `ccn-…` (BCK-X2, BCK-IDC). */
  readonly cloudConnectNetwork: string;
}

/** Which load balancer may bind back-ends elsewhere, by cross-region binding 1.0 or 2.0 (BCK-X1, BCK-X2). */
export type CrossRegionBindingProps = CrossRegionBinding1Props | CrossRegionBinding2Props;

/**
 * Lets a load balancer bind back-ends outside of its own region and VPC. A load balancer has one of the two versions at
 * most (BCK-XOR).
 */
export class CrossRegionBinding extends Construct {
  constructor(scope: Construct, id: string, props: CrossRegionBindingProps) {
    super(scope, id);
    const { version }: CrossRegionBindingProps = props;
    const loadBalancer = loadBalancerOf(props.loadBalancer);
    const resource = new ResourceElement(this, crossRegionSchema, () => ({
      loadBalancerId: loadBalancer.loadBalancerId,
      loadBalancer: loadBalancer.facts,
      version,
      region: "region" in props ? props.region : undefined,
      vpcId: "vpcId" in props ? props.vpcId : undefined,
      cloudConnectNetwork: "cloudConnectNetwork" in props ? props.cloudConnectNetwork : undefined,
    }));
    loadBalancer.waitForCrossRegion(resource.reference("loadBalancerId"));
  }
}
