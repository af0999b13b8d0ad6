import type { Construct } from "constructs";
import type { Backend } from "../backend";
import { ForwardingRule, type ForwardingRuleProps } from "../forwarding-rule";
import type { IInvocable } from "../invocable";
import { LoadBalancerListener } from "../listener";
import type { LoadBalancer } from "../load-balancer";
import { unusedId } from "../names";

/** A listener that is there already: several services share one. */
export interface ExistingEntrance {
  /** The listener that requests come through. */
  readonly listener: LoadBalancerListener<"HTTP" | "HTTPS">;
}

/** A listener of a service's own. */
export interface OwnEntrance {
  /** The load balancer that gets a listener for it, in the region of the functions (CLB-REGION). */
  readonly loadBalancer: LoadBalancer;
  /**
   * Id of the server certificate. With one the listener speaks HTTPS, without one HTTP.
   * @default none
   */
  readonly certificateId?: string;
  /**
   * 1–65535; a load balancer has each port once (CLB-DUP).
   * @default 443 with a certificate, 80 without
   */
  readonly port?: number;
}

/** Where requests come in: a listener that is there already, or one that is made on a load balancer. */
export type Entrance = ExistingEntrance | OwnEntrance;

/** The listener of an entrance; made below `scope` when there is none yet. */
export function listenerOf(scope: Construct, entrance: Entrance): LoadBalancerListener<"HTTP" | "HTTPS"> {
  if ("listener" in entrance) return entrance.listener;
  const { loadBalancer, certificateId, port } = entrance;
  if (certificateId === undefined) {
    return new LoadBalancerListener(scope, "listener", { loadBalancer, protocol: "HTTP", port: port ?? 80 });
  }
  return new LoadBalancerListener(scope, "listener", {
    loadBalancer,
    protocol: "HTTPS",
    port: port ?? 443,
    certificateId,
  });
}

/** A rule for one path, named for it: `rule-orders-new`. */
export function addRule(
  scope: Construct,
  rule: Omit<ForwardingRuleProps, "targets">,
  target: IInvocable<"event"> | readonly Backend[],
): ForwardingRule {
  const words = rule.path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return new ForwardingRule(scope, unusedId(scope, ["rule", ...words].join("-")), {
    ...rule,
    targets: isBackends(target) ? target : [target],
  });
}

function isBackends(target: IInvocable<"event"> | readonly Backend[]): target is readonly Backend[] {
  return Array.isArray(target);
}
