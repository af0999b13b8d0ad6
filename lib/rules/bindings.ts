import type { Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { identityOf } from "./identity";
import { perApp } from "./per-app";

/** How listeners, forwarding rules and function bindings hang together. */

export type Listener = ModelResource<"clb_listener">;
export type ForwardingRule = ModelResource<"clb_rule">;
export type Binding = ModelResource<"clb_function_binding">;

/** The forwarding rule that a binding belongs to, when the app declares it. */
export function ruleOf(binding: Binding): ForwardingRule | undefined {
  return binding.targetOfKind("locationId", "clb_rule");
}

/** The listener of a rule or a binding, when the app declares it. */
export function listenerOf(resource: ForwardingRule | Binding): Listener | undefined {
  const listener = resource.app.targetOfKind(resource.planned.properties["listenerId"], "clb_listener");
  if (listener) return listener;
  const rule = resource.is("clb_function_binding") ? ruleOf(resource) : undefined;
  return rule && listenerOf(rule);
}

/** The same text for the same listener. */
export function listenerIdentity(resource: ForwardingRule | Binding): string {
  const listener = listenerOf(resource);
  if (listener) return `listener ${listener.address}`;
  return `${identityOf(resource, resource.raw("loadBalancerId"))}|${identityOf(resource, resource.raw("listenerId"))}`;
}

/** What hangs on a listener. */
export interface Attached {
  readonly rules: readonly ForwardingRule[];
  readonly bindings: readonly Binding[];
}

const attachedByListener = perApp((app: AppModel) => {
  const attached = new Map<Listener, { rules: ForwardingRule[]; bindings: Binding[] }>();
  const at = (listener: Listener): { rules: ForwardingRule[]; bindings: Binding[] } => {
    const entry = attached.get(listener) ?? { rules: [], bindings: [] };
    attached.set(listener, entry);
    return entry;
  };
  for (const rule of app.ofKind("clb_rule")) {
    const listener = listenerOf(rule);
    if (listener) at(listener).rules.push(rule);
  }
  for (const binding of app.ofKind("clb_function_binding")) {
    const listener = listenerOf(binding);
    if (listener) at(listener).bindings.push(binding);
  }
  return attached;
});

export function attachedTo(listener: Listener): Attached {
  return attachedByListener(listener.app).get(listener) ?? { rules: [], bindings: [] };
}

/** What the program says of a listener's load balancer. */
export function loadBalancerFact(
  listener: Listener,
  fact: "region" | "generation" | "network" | "addressType",
): unknown {
  return listener.app.follow(rawLoadBalancerFact(listener, fact));
}

/** The same of whatever else describes its load balancer. */
export function rawLoadBalancerFact(
  resource: ModelResource<"clb_listener" | "clb_cross_region" | "clb_snat_address">,
  fact: string,
): Value | undefined {
  const facts = resource.app.dereference(resource.raw("loadBalancer"));
  if (typeof facts !== "object" || facts === null || Array.isArray(facts)) return undefined;
  if (Object.keys(facts).some((key) => key.startsWith("$"))) return facts;
  return Object.hasOwn(facts, fact) ? (facts as { readonly [key: string]: Value })[fact] : undefined;
}

/** Whether the program leaves a fact to another provider. */
export function isFactForeign(listener: Listener, fact: "region"): boolean {
  return (
    loadBalancerFact(listener, fact) === UNKNOWN &&
    listener.app.hasForeignToken(rawLoadBalancerFact(listener, fact))
  );
}

/** A binding's qualifier for people: `alias live`, `version 3`, `$LATEST`. */
export function qualifierText(binding: Binding): string | undefined {
  const qualifier: unknown = binding.get("qualifier");
  const isAlias = binding.get("qualifierType") === "alias";
  if (typeof qualifier !== "string") return isAlias ? "alias" : undefined;
  if (qualifier.startsWith("$")) return qualifier;
  return `${isAlias ? "alias" : "version"} ${qualifier}`;
}
