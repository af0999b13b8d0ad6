import { Construct } from "constructs";
import { Defaults, ResourceElement } from "../cdktf";
import { forwardingRuleSchema, type ForwardingRuleProperties } from "../model/resources/forwarding-rule";
import type { Backend } from "./backend";
import { BackendList } from "./backend-list";
import type { Duration } from "./duration";
import { bindFunction, isBackend, type FunctionTarget } from "./function-target";
import { healthCheckProperties, type HealthCheck } from "./health-check";
import type { IInvocable } from "./invocable";
import type { LoadBalancerListener } from "./listener";

export type { FunctionTarget };

/** Protocols whose listeners have rules. */
export type RuleProtocol = "HTTP" | "HTTPS" | "QUIC";

/** A function, where the protocol can bind one (CLB-PROTO). */
export type RuleFunction<P extends RuleProtocol = "HTTP" | "HTTPS"> = P extends "QUIC"
  ? never
  : IInvocable<"event"> | FunctionTarget;

/** Which requests a rule takes, and where they go. */
export interface ForwardingRuleOptions<P extends RuleProtocol = "HTTP" | "HTTPS"> {
  /** Host name of the requests. A change replaces the rule. */
  readonly domain: ForwardingRuleProperties["domain"];
  /** Begins with `/`; the same domain and path stand once on a listener (CLB-DUP). A change replaces the rule. */
  readonly path: ForwardingRuleProperties["path"];
  /**
   * The function that answers, of which the platform takes one per rule (CLB-RULE), or any number of back-end servers.
   * @default none
   */
  readonly targets?: readonly RuleFunction<P>[] | readonly Backend[];
  /**
   * Id of the domain's server certificate, on an HTTPS listener with `serverNameIndication`. All rules of a domain share it.
   * @default the listener's
   */
  readonly certificateId?: P extends "HTTPS" ? string : never;
  /**
   * How back-ends take turns: by weight, by connections, or by the client's address.
   * @default "WRR"
   */
  readonly scheduler?: ForwardingRuleProperties["scheduler"];
  /**
   * How long a client stays with one back-end, 30 s – 24 h.
   * @default not at all
   */
  readonly sessionPersistence?: Duration;
  /**
   * How back-ends are probed.
   * @default the platform's settings
   */
  readonly healthCheck?: HealthCheck;
}

/** Which requests of which listener a rule takes, and where they go. */
export interface ForwardingRuleProps<
  P extends RuleProtocol = "HTTP" | "HTTPS",
> extends ForwardingRuleOptions<P> {
  /** The listener whose requests it forwards. A change replaces the rule. */
  readonly listener: LoadBalancerListener<P>;
}

/** Requests of a listener for one domain and path. Made by `addRule` of a listener. */
export class ForwardingRule<P extends RuleProtocol = "HTTP" | "HTTPS"> extends Construct {
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  private readonly resource: ResourceElement;
  private readonly listener: LoadBalancerListener<P>;
  private readonly backends: BackendList;
  private bindings = 0;

  constructor(scope: Construct, id: string, given: ForwardingRuleProps<P>) {
    super(scope, id);
    const props = Defaults.complete(this, given);
    this.listener = props.listener;
    const { domain, path, certificateId, scheduler, sessionPersistence, healthCheck } = props;
    this.resource = new ResourceElement(this, forwardingRuleSchema, () => ({
      loadBalancerId: this.listener.loadBalancerReference,
      listenerId: this.listener.idReference,
      domain,
      path,
      certificateId,
      scheduler,
      sessionExpireSeconds: sessionPersistence?.toSeconds(),
      healthCheck: healthCheckProperties(healthCheck),
    }));
    this.backends = new BackendList(this, () => ({
      loadBalancerId: this.listener.loadBalancer.preparedReference,
      listenerId: this.listener.idReference,
      locationId: this.resource.reference("locationId"),
    }));
    for (const target of props.targets ?? []) this.addTarget(target);
  }

  /** Its id, as a token. */
  get locationId(): string {
    return this.resource.attribute("locationId");
  }

  /** Sends the requests to a version or alias of a function, or to a back-end server. */
  addTarget(target: RuleFunction<P> | Backend): void {
    if (isBackend(target)) this.backends.add(target);
    else this.bindFunction(target);
  }

  private bindFunction(target: IInvocable<"event"> | FunctionTarget): void {
    this.bindings += 1;
    bindFunction(this, this.bindings === 1 ? "Target" : `Target${this.bindings}`, target, () => ({
      loadBalancerId: this.listener.loadBalancerReference,
      listenerId: this.listener.idReference,
      locationId: this.resource.reference("locationId"),
    }));
  }
}
