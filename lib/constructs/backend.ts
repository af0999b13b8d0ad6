import type { BackendFacts, BoundBackend } from "../model/resources/backend-binding";
import { SecurityGroup, type SecurityGroupRule } from "./security-group";

/** What holds for a back-end of every type. */
export interface BackendOptions {
  /** Port that the back-end serves, 1–65535 (BCK-CVM). */
  readonly port: number;
  /**
   * Its share of the requests, 0–100; 0 takes no new ones (BCK-CVM).
   * @default 10
   */
  readonly weight?: number;
  /**
   * Its security group, to be checked: clients and health checks have to be let in (BCK-SG).
   * @default not known, so not checked
   */
  readonly securityGroup?: SecurityGroup;
}

/** A cloud server, by its id (BCK-CVM). */
export interface InstanceBackendProps extends BackendOptions {
  /** Id of the instance, `ins-…`. Requests go to the primary address of its primary network interface. */
  readonly instanceId: string;
  /**
   * The region it is in. Another one than the load balancer's needs a `CrossRegionBinding` (BCK-CVM).
   * @default the load balancer's
   */
  readonly region?: string;
  /**
   * The VPC it is in. Another one than the load balancer's needs a `CrossRegionBinding` of version 2.0 (BCK-CVM).
   * @default the load balancer's
   */
  readonly vpcId?: string;
  /**
   * Its private IPv4 address. Across regions and VPCs the platform binds instances by address only.
   * @default none: it is bound by its id
   */
  readonly address?: string;
}

/** An elastic network interface, by its address (BCK-ENI). */
export interface NetworkInterfaceBackendProps extends BackendOptions {
  /** A private address of an elastic network interface, IPv6 where instance and load balancer speak it. */
  readonly address: string;
  /**
   * Whether the interface is attached to an instance, which it has to be (BCK-ENI).
   * @default not known, so not checked
   */
  readonly attached?: boolean;
  /**
   * Whether it is the primary address of an instance's primary interface: that one is bound as the instance (BCK-ENI).
   * @default false
   */
  readonly primary?: boolean;
  /**
   * The VPC it is in, the load balancer's own (BCK-ENI).
   * @default the load balancer's
   */
  readonly vpcId?: string;
}

/** A server in a data centre, by its address (BCK-IDC). */
export interface DataCenterBackendProps extends BackendOptions {
  /**
   * A private IPv4 address in a data centre that a cloud-connect network reaches. Needs a `CrossRegionBinding` of version
   * 2.0 and a `SnatAddress` (BCK-IDC).
   */
  readonly address: string;
}

/**
 * A server that requests are sent to. It is never created or changed by this library. Where requests do not come from the
 * client's own address, HTTP and HTTPS tell it in `X-Forwarded-For`, TCP and TCP_SSL by the TOA module, and UDP not at all
 * (BCK-SRC).
 */
export class Backend {
  /** A cloud server. */
  static instance(props: InstanceBackendProps): Backend {
    const { instanceId, address, region, vpcId } = props;
    return new Backend(props, address === undefined ? { instanceId } : { address }, {
      type: "instance",
      instanceId,
      address,
      region,
      vpcId,
    });
  }

  /** An address of an elastic network interface. */
  static networkInterface(props: NetworkInterfaceBackendProps): Backend {
    const { address, attached, primary, vpcId } = props;
    return new Backend(props, { address }, { type: "network-interface", address, attached, primary, vpcId });
  }

  /** An address in a data centre. */
  static dataCenterAddress(props: DataCenterBackendProps): Backend {
    const { address } = props;
    return new Backend(props, { address }, { type: "data-center", address });
  }

  /** What is bound. */
  readonly bound: BoundBackend;
  /** What the rules know of it. */
  readonly facts: BackendFacts;

  private constructor(
    { port, weight, securityGroup }: BackendOptions,
    name: Pick<BoundBackend, "instanceId" | "address">,
    facts: Omit<BackendFacts, "port" | "securityGroup">,
  ) {
    this.bound = { ...name, port, weight: weight ?? 10 };
    this.facts = { ...facts, port, securityGroup: securityGroup && rulesOf(securityGroup) };
  }
}

/** A program in plain JavaScript may give the rules themselves. */
function rulesOf(group: SecurityGroup): SecurityGroup["rules"][number][] {
  const { rules } = Array.isArray(group) ? SecurityGroup.fromRules(group as SecurityGroupRule[]) : group;
  return [...rules];
}
