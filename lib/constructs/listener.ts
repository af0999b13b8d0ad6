import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import type { Resolvable } from "../model/resource-schema";
import { listenerSchema, type ListenerProperties } from "../model/resources/listener";
import { ForwardingRule, type ForwardingRuleOptions } from "./forwarding-rule";
import type { LoadBalancer } from "./load-balancer";
import { nameFromPath } from "./names";

/** What is spoken on a listener's port. Only HTTP and HTTPS can forward to functions (CLB-PROTO). */
export const Protocol = {
  HTTP: "HTTP",
  HTTPS: "HTTPS",
  TCP: "TCP",
  UDP: "UDP",
  TCP_SSL: "TCP_SSL",
  QUIC: "QUIC",
} as const;

export interface LoadBalancerListenerProps {
  /** The load balancer. A change replaces the listener. */
  readonly loadBalancer: LoadBalancer;
  /** A change replaces the listener. */
  readonly protocol: ListenerProperties["protocol"];
  /** 1–65535, once per load balancer and protocol (CLB-DUP). A change replaces the listener. */
  readonly port: ListenerProperties["port"];
  /**
   * Id of the server certificate, for HTTPS.
   * @default none
   */
  readonly certificateId?: ListenerProperties["certificateId"];
  /**
   * Name.
   * @default made from the construct's path
   */
  readonly name?: ListenerProperties["name"];
}

/** A port of a load balancer. */
export class LoadBalancerListener extends Construct {
  readonly loadBalancerReference: Resolvable<string>;
  readonly idReference: Resolvable<string>;
  private readonly resource: ResourceElement;

  constructor(scope: Construct, id: string, props: LoadBalancerListenerProps) {
    super(scope, id);
    this.resource = new ResourceElement(this, "Resource", listenerSchema, () => ({
      loadBalancerId: props.loadBalancer.loadBalancerId,
      loadBalancer: props.loadBalancer.facts,
      name: props.name ?? nameFromPath(this, 60),
      protocol: props.protocol,
      port: props.port,
      certificateId: props.certificateId,
    }));
    this.loadBalancerReference = this.resource.reference("loadBalancerId");
    this.idReference = this.resource.reference("listenerId");
  }

  /** Its id, as a token. */
  get listenerId(): string {
    return this.resource.attribute("listenerId");
  }

  /** Forwards the requests for one domain and path. */
  addRule(id: string, options: ForwardingRuleOptions): ForwardingRule {
    return new ForwardingRule(this, id, { ...options, listener: this });
  }
}
