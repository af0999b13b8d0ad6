import { PLAN_FORMAT, PLAN_VERSION, type Plan } from "../../lib/model/plan";
import type { PlannedStacks } from "../../lib/testing/questions";
import type { Properties, Value } from "../../lib/model/value";

type ByName = Readonly<Record<string, readonly [kind: string, properties: Properties]>>;

/** The plan of stack `shop`. */
export function planOf(resources: ByName, changes: Partial<Plan> = {}): PlannedStacks {
  return { stacks: [stackOf("shop", resources, changes)] };
}

/** A stack from kinds and properties by address, without program and defaults: what is asked stands in a test, and nothing else. */
export function stackOf(stack: string, resources: ByName, changes: Partial<Plan> = {}): Plan {
  return {
    format: PLAN_FORMAT,
    formatVersion: PLAN_VERSION,
    stack,
    validated: true,
    provider: {
      region: "ap-guangzhou",
      account: { type: "standard" },
      platform: { type: "tencentcloud" },
      quotas: {},
    },
    resources: Object.entries(resources).map(([name, [kind, properties]]) => ({
      address: `${stack}/${name}`,
      kind,
      properties,
      dependsOn: [],
    })),
    assets: [],
    outputs: {},
    dependsOnStacks: [],
    ...changes,
  };
}

export const ref = (name: string, attribute: string): Value => ({
  $ref: { address: `shop/${name}`, attribute },
});
export const token: Value = { $token: "${aws_thing.other.value}" };

/** Properties that everything of function `orders` has. */
export const ofOrders = { namespace: "default", functionName: ref("orders", "functionName") } as const;

export const orders: [string, Properties] = [
  "scf_function",
  { namespace: "default", functionName: "orders", memory: 128 },
];

export const currentVersion: [string, Properties] = ["scf_version", { ...ofOrders, content: "hash" }];

/** An alias of `orders`; everything goes to version 1 unless it is said otherwise. */
export function alias(properties: Properties = {}): [string, Properties] {
  return ["scf_alias", { ...ofOrders, name: "live", version: "1", versionsOf: [], ...properties }];
}

export const listener: [string, Properties] = [
  "clb_listener",
  { loadBalancerId: "lb-1", name: "http", protocol: "HTTP", port: 80 },
];

export function rule(domain: Value, path: Value): [string, Properties] {
  return ["clb_rule", { loadBalancerId: "lb-1", listenerId: ref("http", "listenerId"), domain, path }];
}

/** Binds `orders` to a rule. */
export function binding(ruleName: string, qualifier: Value, weight: Value = 10): [string, Properties] {
  return [
    "clb_function_binding",
    {
      loadBalancerId: "lb-1",
      listenerId: ref("http", "listenerId"),
      locationId: ref(ruleName, "locationId"),
      ...ofOrders,
      qualifier,
      qualifierType: "version",
      weight,
    },
  ];
}
