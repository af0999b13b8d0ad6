import type { LoadBalancerFacts } from "../model/resources/listener";

export interface LoadBalancerAttributes {
  /** Its id, `lb-…`. */
  readonly loadBalancerId: string;
  /** Its region; functions it forwards to are in the same one (CLB-REGION). */
  readonly region: string;
  /**
   * Classic load balancers cannot bind functions (CLB-GEN).
   * @default not known, so not checked
   */
  readonly generation?: LoadBalancerFacts["generation"];
  /**
   * Load balancers of the basic network cannot bind functions (CLB-NET).
   * @default not known, so not checked
   */
  readonly network?: LoadBalancerFacts["network"];
  /**
   * IPv6 load balancers cannot bind functions; IPv4 and NAT64 ones can (CLB-IP).
   * @default not known, so not checked
   */
  readonly addressType?: LoadBalancerFacts["addressType"];
}

/** A load balancer that exists. It is never created, changed or deleted by this library. */
export class LoadBalancer {
  /** Names an existing one. What is not said of it cannot be checked before the deploy. */
  static fromAttributes(attributes: LoadBalancerAttributes): LoadBalancer {
    return new LoadBalancer(attributes);
  }

  readonly loadBalancerId: string;
  readonly region: string;

  private constructor(private readonly attributes: LoadBalancerAttributes) {
    this.loadBalancerId = attributes.loadBalancerId;
    this.region = attributes.region;
  }

  /** What the rules know of it. */
  get facts(): LoadBalancerFacts {
    const { loadBalancerId: _, ...facts } = this.attributes;
    return facts;
  }
}
