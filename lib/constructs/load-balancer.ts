import { misfit } from "../model/misfit";
import type { Resolvable } from "../model/resource-schema";
import type { LoadBalancerFacts } from "../model/resources/listener";

/** A load balancer that exists already, and what the rules can check of it (CLB-REGION, CLB-NET). */
export interface LoadBalancerAttributes {
  /** Its id, `lb-…`. */
  readonly loadBalancerId: string;
  /** Its region; functions it forwards to are in the same one (CLB-REGION). */
  readonly region: string;
  /**
   * Classic load balancers cannot bind functions, nor back-ends across regions (CLB-GEN, BCK-X1, BCK-X2).
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
  /**
   * Whether clients come from the internet or from the private network. Private ones have no cross-region binding 1.0
   * (BCK-X1).
   * @default not known, so not checked
   */
  readonly scheme?: LoadBalancerFacts["scheme"];
  /**
   * Its VPC, `vpc-…`. Back-ends of another one need a `CrossRegionBinding` (BCK-CVM, BCK-ENI).
   * @default not known, so not checked
   */
  readonly vpcId?: string;
  /**
   * Its IPv4 address, which health checks come from (BCK-SG).
   * @default not known, so not checked
   */
  readonly vip?: string;
  /**
   * The day it was made, `2016-12-05`: what health checks of classic private ones need depends on it (BCK-SG).
   * @default not known, so not checked
   */
  readonly created?: string;
  /**
   * Cross-region binding that was turned on elsewhere. One that the program turns on is a `CrossRegionBinding` (BCK-XOR).
   * @default "off"
   */
  readonly crossRegion?: LoadBalancerFacts["crossRegion"];
  /**
   * SNAT addresses that it has from elsewhere. Those that the program adds are `SnatAddress`es (BCK-IDC).
   * @default none
   */
  readonly snatAddresses?: readonly string[];
  /**
   * Whether it writes access logs (BCK-ALOG).
   * @default not known, so not checked
   */
  readonly accessLogs?: boolean;
}

/** A load balancer that exists. It is never created or deleted by this library. */
export class LoadBalancer {
  /** Names an existing one. What is not said of it cannot be checked before the deploy. */
  static fromAttributes(attributes: LoadBalancerAttributes): LoadBalancer {
    return new LoadBalancer(attributes);
  }

  readonly loadBalancerId: string;
  readonly region: string;
  private crossRegion: Resolvable<string> | undefined;
  private lastSnatAddress: Resolvable<string> | undefined;

  private constructor(private readonly attributes: LoadBalancerAttributes) {
    this.loadBalancerId = attributes.loadBalancerId;
    this.region = attributes.region;
  }

  /** What the rules know of it. */
  get facts(): LoadBalancerFacts {
    const { loadBalancerId: _, snatAddresses, ...facts } = this.attributes;
    return { ...facts, snatAddresses: snatAddresses && [...snatAddresses] };
  }

  /** Its id, for what needs cross-region binding to be on. */
  get crossedReference(): Resolvable<string> {
    return this.crossRegion ?? this.loadBalancerId;
  }

  /** Its id, for what needs its SNAT addresses as well: back-ends are bound after all that and unbound before it goes. */
  get preparedReference(): Resolvable<string> {
    return this.lastSnatAddress ?? this.crossedReference;
  }

  /** Has back-ends wait for a cross-region binding. */
  waitForCrossRegion(reference: Resolvable<string>): void {
    this.crossRegion = reference;
  }

  /** Has back-ends wait for a SNAT address; returns the id that this one itself waits for. */
  waitForSnatAddress(reference: Resolvable<string>): () => Resolvable<string> {
    const previous = this.lastSnatAddress;
    this.lastSnatAddress = reference;
    return () => previous ?? this.crossedReference;
  }
}

/**
 * Programs in plain JavaScript may give an id, or nothing: a load balancer of which only TYPE has something to say stands
 * in for it.
 */
export function loadBalancerOf(loadBalancer: LoadBalancer): LoadBalancer {
  const given: unknown = loadBalancer;
  if (typeof (given as LoadBalancer | null | undefined)?.waitForCrossRegion === "function")
    return loadBalancer;
  const id = typeof given === "string" ? given : "lb-…";
  const fix = `use LoadBalancer.fromAttributes({ loadBalancerId: ${JSON.stringify(id)}, region: "…" })`;
  const standIn = LoadBalancer.fromAttributes({ loadBalancerId: id, region: "" });
  const facts = misfit("a LoadBalancer", given ?? undefined, fix);
  return Object.defineProperty(standIn, "facts", { value: facts });
}
