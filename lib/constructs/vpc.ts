import type { Surroundings } from "../model/resources/function";

/** A network that exists already, and what the rules can check of it (NET-VPC). */
export interface VpcAttributes {
  /** Its id, `vpc-…`. */
  readonly vpcId: string;
  /** A subnet of it, `subnet-…`: network and subnet are always given together (NET-VPC). */
  readonly subnetId: string;
  /**
   * Its region; functions that reach it are in the same one (NET-VPC).
   * @default not known, so not checked
   */
  readonly region?: string;
  /**
   * Its address range, `10.0.0.0/16`: file systems are not mounted from 9.0.0.0/8 (STO-VPC).
   * @default not known, so not checked
   */
  readonly cidr?: string;
  /**
   * The NAT gateway that leads to public addresses, by its region and VPC (NET-PUB, NET-NAT).
   * @default not known: functions without public access get a warning
   */
  readonly natGateway?: NatGateway;
  /**
   * What it is: functions reach VPCs, and not the basic network (NET-VPC).
   * @default "vpc"
   */
  readonly type?: Surroundings["networkType"];
}

/** A NAT gateway that exists. */
export interface NatGateway {
  /** Its region, the function's own (NET-NAT). */
  readonly region: string;
  /** The VPC that it is in, the function's own (NET-NAT). */
  readonly vpcId: string;
}

/** A private network and its subnet that exist. They are never created, changed or deleted by this library. */
export class Vpc {
  /** Names existing ones. What is not said of them cannot be checked before the deploy. */
  static fromAttributes(attributes: VpcAttributes): Vpc {
    return new Vpc(attributes);
  }

  readonly vpcId: string;
  readonly subnetId: string;

  private constructor(private readonly attributes: VpcAttributes) {
    this.vpcId = attributes.vpcId;
    this.subnetId = attributes.subnetId;
  }

  /** What the rules know of it. */
  get facts(): Pick<Surroundings, "networkRegion" | "networkCidr" | "networkType" | "natGateway"> {
    const { region, cidr, type, natGateway } = this.attributes;
    return { networkRegion: region, networkCidr: cidr, networkType: type, natGateway };
  }
}
