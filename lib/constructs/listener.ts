import { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import type { Resolvable } from "../model/resource-schema";
import { listenerSchema, type ListenerProperties } from "../model/resources/listener";
import type { Backend } from "./backend";
import { BackendList } from "./backend-list";
import type { Duration } from "./duration";
import { ForwardingRule, type ForwardingRuleOptions, type RuleProtocol } from "./forwarding-rule";
import { bindFunction, isBackend } from "./function-target";
import { healthCheckProperties, type HealthCheck } from "./health-check";
import { loadBalancerOf, type LoadBalancer } from "./load-balancer";
import { nameFromPath, unusedId } from "./names";

/** What is spoken on a listener's port. Only HTTP and HTTPS can forward to functions (CLB-PROTO). */
export const Protocol = {
  HTTP: "HTTP",
  HTTPS: "HTTPS",
  TCP: "TCP",
  UDP: "UDP",
  TCP_SSL: "TCP_SSL",
  QUIC: "QUIC",
} as const;

/** What a listener speaks (CLB-PROTO). */
export type ListenerProtocol = ListenerProperties["protocol"];

/** Protocols whose listeners have targets themselves. */
export type TargetProtocol = "TCP" | "UDP" | "TCP_SSL" | "QUIC";

/** Settings that a protocol does not have cannot be given for it. */
export interface LoadBalancerListenerProps<P extends ListenerProtocol = ListenerProtocol> {
  /** The load balancer. A change replaces the listener. */
  readonly loadBalancer: LoadBalancer;
  /** A change replaces the listener. */
  readonly protocol: P;
  /**
   * 1–65535, once per load balancer for all protocols over TCP and once for those over UDP (CLB-DUP). A change replaces
   * the listener.
   */
  readonly port: ListenerProperties["port"];
  /**
   * Id of the server certificate, for HTTPS, TCP_SSL and QUIC.
   * @default none
   */
  readonly certificateId?: P extends "HTTPS" | "TCP_SSL" | "QUIC" ? string : never;
  /**
   * Whether each domain brings a certificate of its own (SNI), for HTTPS: rules have `certificateId` then. A change
   * replaces the listener.
   * @default false
   */
  readonly serverNameIndication?: P extends "HTTPS" ? boolean : never;
  /**
   * How targets take turns: by weight, or by connections. HTTP and HTTPS say so in their rules.
   * @default "WRR"
   */
  readonly scheduler?: P extends TargetProtocol ? ListenerProperties["scheduler"] : never;
  /**
   * How long a client stays with one target, 30 s – 1 h. HTTP and HTTPS say so in their rules.
   * @default not at all
   */
  readonly sessionPersistence?: P extends "TCP" | "UDP" ? Duration : never;
  /**
   * How targets are probed. HTTP and HTTPS say so in their rules.
   * @default the platform's settings
   */
  readonly healthCheck?: P extends TargetProtocol ? HealthCheck : never;
  /**
   * Whether the program counts on an access log of this listener, to be checked (BCK-ALOG).
   * @default false
   */
  readonly accessLogs?: P extends "HTTP" | "HTTPS" ? boolean : never;
  /**
   * IPv4 addresses and ranges of the clients that have to get through to the back-ends, to be checked (BCK-SG).
   * @default not known: it is enough that somebody gets through
   */
  readonly clients?: readonly string[];
  /**
   * Name.
   * @default made from the construct's path
   */
  readonly name?: ListenerProperties["name"];
}

/** A port of a load balancer. */
export class LoadBalancerListener<P extends ListenerProtocol = "HTTP" | "HTTPS"> extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  readonly protocol: P;
  /** The load balancer that it belongs to. */
  readonly loadBalancer: LoadBalancer;
  /** The load balancer's id, for other resources to refer to. */
  readonly loadBalancerReference: Resolvable<string>;
  /** The id that the platform gives it, for other resources to refer to. */
  readonly idReference: Resolvable<string>;
  private readonly resource: ResourceElement;
  private readonly backends: BackendList;

  constructor(scope: Construct, id: string, given: LoadBalancerListenerProps<P>) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.protocol = props.protocol;
    const loadBalancer = loadBalancerOf(props.loadBalancer);
    this.loadBalancer = loadBalancer;
    const { name, sessionPersistence, healthCheck }: LoadBalancerListenerProps = props;
    this.resource = new ResourceElement(this, listenerSchema, () => ({
      loadBalancerId: loadBalancer.loadBalancerId,
      loadBalancer: loadBalancer.facts,
      name: name ?? nameFromPath(this, "listener"),
      protocol: props.protocol,
      port: props.port,
      certificateId: props.certificateId,
      serverNameIndication: props.serverNameIndication,
      scheduler: props.scheduler,
      sessionExpireSeconds: sessionPersistence?.toSeconds(),
      healthCheck: healthCheckProperties(healthCheck),
      accessLogs: props.accessLogs,
      clients: props.clients,
    }));
    this.loadBalancerReference = this.resource.reference("loadBalancerId");
    this.idReference = this.resource.reference("listenerId");
    this.backends = new BackendList(this, () => ({
      loadBalancerId: loadBalancer.preparedReference,
      listenerId: this.idReference,
    }));
  }

  /** Its id, as a token. */
  get listenerId(): string {
    return this.resource.attribute("listenerId");
  }

  /** Forwards the requests for one domain and path. Listeners for TCP, UDP and TCP_SSL know neither (CLB-PROTO). */
  addRule<R extends RuleProtocol>(
    this: LoadBalancerListener<R>,
    id: string,
    options: ForwardingRuleOptions<R>,
  ): ForwardingRule<R> {
    return new ForwardingRule<R>(this, id, { ...options, listener: this });
  }

  /** Sends connections to a back-end. Listeners for HTTP and HTTPS do so by rule. */
  addTarget(this: LoadBalancerListener<TargetProtocol>, target: Backend): void {
    // Programs in plain JavaScript may give a function: CLB-PROTO and CLB-RULE tell of it.
    if (isBackend(target)) this.backends.add(target);
    else this.bindFunction(target);
  }

  private bindFunction(target: never): void {
    bindFunction(this, unusedId(this, "Target"), target, () => ({
      loadBalancerId: this.loadBalancerReference,
      listenerId: this.idReference,
    }));
  }
}
