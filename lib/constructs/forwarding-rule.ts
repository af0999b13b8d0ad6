import { Construct } from "constructs";
import { ResourceElement } from "../cdktf";
import { functionBindingSchema, type FunctionBindingProperties } from "../model/resources/function-binding";
import { forwardingRuleSchema, type ForwardingRuleProperties } from "../model/resources/forwarding-rule";
import type { IInvocable } from "./invocable";
import type { LoadBalancerListener } from "./listener";

/** Where a rule sends requests, and how many of them. */
export interface FunctionTarget {
  /** A version or alias of an event function in the load balancer's region (CLB-REGION, WEB-TRG). */
  readonly target: IInvocable<"event">;
  /**
   * 0–100; 0 takes no new requests (CLB-WEIGHT).
   * @default 10
   */
  readonly weight?: FunctionBindingProperties["weight"];
}

export interface ForwardingRuleOptions {
  /** Host name of the requests. A change replaces the rule. */
  readonly domain: ForwardingRuleProperties["domain"];
  /** Begins with `/`; the same domain and path stand once on a listener (CLB-DUP). A change replaces the rule. */
  readonly path: ForwardingRuleProperties["path"];
  /**
   * The function that answers. The platform takes one per rule (CLB-RULE).
   * @default none
   */
  readonly targets?: readonly (IInvocable<"event"> | FunctionTarget)[];
}

export interface ForwardingRuleProps extends ForwardingRuleOptions {
  /** The listener whose requests it forwards. A change replaces the rule. */
  readonly listener: LoadBalancerListener;
}

/** Requests of a listener for one domain and path. Made by `addRule` of a listener. */
export class ForwardingRule extends Construct {
  private readonly resource: ResourceElement;
  private readonly listener: LoadBalancerListener;
  private bindings = 0;

  constructor(scope: Construct, id: string, props: ForwardingRuleProps) {
    super(scope, id);
    this.listener = props.listener;
    this.resource = new ResourceElement(this, "Resource", forwardingRuleSchema, () => ({
      loadBalancerId: this.listener.loadBalancerReference,
      listenerId: this.listener.idReference,
      domain: props.domain,
      path: props.path,
    }));
    for (const target of props.targets ?? []) this.addTarget(target);
  }

  /** Its id, as a token. */
  get locationId(): string {
    return this.resource.attribute("locationId");
  }

  /** Sends the requests to a version or alias of a function. */
  addTarget(target: IInvocable<"event"> | FunctionTarget): void {
    const { target: invocable, weight } = "target" in target ? target : { target, weight: undefined };
    this.bindings += 1;
    new ResourceElement(
      this,
      this.bindings === 1 ? "Target" : `Target${this.bindings}`,
      functionBindingSchema,
      () => ({
        loadBalancerId: this.listener.loadBalancerReference,
        listenerId: this.listener.idReference,
        locationId: this.resource.reference("locationId"),
        namespace: invocable.function.namespaceReference,
        functionName: invocable.function.nameReference,
        qualifier: invocable.qualifier,
        qualifierType: invocable.qualifierType,
        weight: weight ?? 10,
      }),
    );
  }
}
