import type { Value } from "../model/value";
import type { BackendFacts } from "../model/resources/backend-binding";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { rawLoadBalancerFact, type Listener } from "./bindings";
import { accountAndRegion, identityOf } from "./identity";
import { perApp } from "./per-app";

/** What an app says of the load balancers that its back-ends hang on. */

export type BackendBinding = ModelResource<"clb_backend_binding">;
export type CrossRegion = ModelResource<"clb_cross_region">;
export type SnatAddress = ModelResource<"clb_snat_address">;
type Described = Listener | CrossRegion | SnatAddress;

/** Everything that the app declares on one load balancer. */
export interface LoadBalancerState {
  readonly described: readonly Described[];
  readonly crossRegions: readonly CrossRegion[];
  readonly snatAddresses: readonly SnatAddress[];
  readonly bindings: readonly BackendBinding[];
}

interface Collected extends LoadBalancerState {
  readonly described: Described[];
  readonly crossRegions: CrossRegion[];
  readonly snatAddresses: SnatAddress[];
  readonly bindings: BackendBinding[];
}

const states = perApp((app: AppModel) => {
  const all = new Map<string, Collected>();
  const at = (resource: Described | BackendBinding): Collected => {
    const key = keyOf(resource);
    const state = all.get(key) ?? { described: [], crossRegions: [], snatAddresses: [], bindings: [] };
    all.set(key, state);
    return state;
  };
  for (const listener of app.ofKind("clb_listener")) at(listener).described.push(listener);
  for (const crossRegion of app.ofKind("clb_cross_region")) {
    at(crossRegion).described.push(crossRegion);
    at(crossRegion).crossRegions.push(crossRegion);
  }
  for (const address of app.ofKind("clb_snat_address")) {
    at(address).described.push(address);
    at(address).snatAddresses.push(address);
  }
  for (const binding of app.ofKind("clb_backend_binding")) at(binding).bindings.push(binding);
  return all;
});

function keyOf(resource: Described | BackendBinding): string {
  return `${accountAndRegion(resource)}|${identityOf(resource, resource.raw("loadBalancerId"))}`;
}

/** Every load balancer that the app says anything of. */
export function loadBalancerStates(app: AppModel): Iterable<LoadBalancerState> {
  return states(app).values();
}

/** What the app says of the load balancer of a listener. */
export function stateOf(listener: Listener): LoadBalancerState {
  const state = states(listener.app).get(keyOf(listener));
  return state ?? { described: [listener], crossRegions: [], snatAddresses: [], bindings: [] };
}

export type Fact =
  | "region"
  | "generation"
  | "network"
  | "addressType"
  | "scheme"
  | "vpcId"
  | "vip"
  | "created"
  | "crossRegion"
  | "snatAddresses"
  | "accessLogs";

/** A fact of a load balancer, from whatever says it; UNKNOWN where another provider does, undefined where nobody does. */
export function factOf({ described }: Pick<LoadBalancerState, "described">, fact: Fact): unknown {
  // Asked for every back-end: what a thousand listeners do not say is looked for once.
  const facts = knownFacts.get(described) ?? new Map<Fact, unknown>();
  knownFacts.set(described, facts);
  if (!facts.has(fact)) facts.set(fact, firstSaid(described, fact));
  return facts.get(fact);
}

const knownFacts = new WeakMap<readonly Described[], Map<Fact, unknown>>();

function firstSaid(described: readonly Described[], fact: Fact): unknown {
  for (const resource of described) {
    const value = resource.app.follow(rawLoadBalancerFact(resource, fact));
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** Which versions of cross-region binding a load balancer has, or may have. */
export interface Crossing {
  readonly hasFirst: boolean;
  readonly hasSecond: boolean;
  /** Another provider says whether there is one. */
  readonly unknown: boolean;
}

export function crossingOf(state: LoadBalancerState): Crossing {
  const fact = factOf(state, "crossRegion");
  const has = (version: string) =>
    fact === version || state.crossRegions.some((resource) => resource.get("version") === version);
  return {
    hasFirst: has("1.0"),
    hasSecond: has("2.0"),
    unknown: fact === UNKNOWN || state.crossRegions.some((resource) => resource.get("version") === UNKNOWN),
  };
}

/** Whether it has an address that requests to a data centre can come from. */
export function hasSnatAddress(state: LoadBalancerState): boolean {
  const fact = factOf(state, "snatAddresses");
  return state.snatAddresses.length > 0 || fact === UNKNOWN || (Array.isArray(fact) && fact.length > 0);
}

/** One back-end as the rules see it: what is known of it, property by property. */
export interface SeenBackend {
  readonly binding: BackendBinding;
  get(name: keyof BackendFacts): unknown;
  /** Its name for people: `ins-1:80`. */
  readonly text: string;
}

/** What is said of a binding's back-ends. The value may have any form: programs in plain JavaScript are checked, too. */
export function backendsOf(binding: BackendBinding): SeenBackend[] {
  return itemsOf(binding, "facts").map((item) => {
    const get = (name: string): unknown => binding.app.follow(item[name]);
    return { binding, get, text: backendText(get) };
  });
}

export function itemsOf(
  binding: BackendBinding,
  name: "facts" | "backends",
): readonly { readonly [key: string]: Value }[] {
  const list = binding.app.dereference(binding.raw(name));
  if (!Array.isArray(list)) return [];
  return (list as readonly Value[]).flatMap((item) => {
    const end = binding.app.dereference(item);
    return typeof end === "object" && end !== null && !Array.isArray(end)
      ? [end as { readonly [key: string]: Value }]
      : [];
  });
}

/** `ins-1:80`, or `10.0.0.1:80`. */
export function backendText(get: (name: "instanceId" | "address" | "port") => unknown): string {
  const name = [get("instanceId"), get("address")].find((value) => typeof value === "string") ?? "a back-end";
  const port = get("port");
  return typeof port === "number" ? `${String(name)}:${port}` : String(name);
}
