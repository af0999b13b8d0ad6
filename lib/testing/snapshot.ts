import type { Plan, PlannedLifecycle, PlannedResource } from "../model/plan";
import { schemaOf } from "../model/resources";
import { canonicalJson, type Properties } from "../model/value";
import { readable } from "./readable";

/** One resource of a snapshot. */
export interface ResourceSnapshot {
  readonly kind: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Paths of what comes first though no property refers to it. */
  readonly dependsOn?: readonly string[];
  readonly lifecycle?: PlannedLifecycle;
}

/** One stack of a snapshot. */
export interface StackSnapshot {
  readonly region: string;
  /** By construct path. */
  readonly resources: Readonly<Record<string, ResourceSnapshot>>;
  /** By name. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What a deploy depends on, by the id of the stack: plain values, keys sorted. */
export type PlanSnapshot = Readonly<Record<string, StackSnapshot>>;

export function snapshotOf(plans: readonly Plan[]): PlanSnapshot {
  const stacks = plans.map((plan) => [plan.stack, stackSnapshot(plan)]);
  return JSON.parse(canonicalJson(Object.fromEntries(stacks))) as PlanSnapshot;
}

function stackSnapshot({ provider, resources, outputs }: Plan): StackSnapshot {
  const values = Object.entries(outputs).map(([name, { value }]) => [name, readable(value)]);
  return {
    region: provider.region,
    resources: Object.fromEntries(
      resources.map((resource) => [resource.address, resourceSnapshot(resource)]),
    ),
    ...(values.length > 0 ? { outputs: Object.fromEntries(values) as Record<string, unknown> } : {}),
  };
}

function resourceSnapshot({ kind, properties, dependsOn, lifecycle }: PlannedResource): ResourceSnapshot {
  const metadata = schemaOf(kind)?.metadata;
  // What exists for the rules is never sent: a deploy does not depend on it.
  const sent = Object.entries(properties).filter(([name]) => metadata?.[name]?.checkOnly !== true);
  return {
    kind,
    properties: readable(Object.fromEntries(sent) as Properties) as Record<string, unknown>,
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
    ...(lifecycle ? { lifecycle } : {}),
  };
}
