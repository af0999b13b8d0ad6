import { PLAN_FORMAT, PLAN_VERSION, type Plan, type PlannedAsset, type PlannedProvider } from "../model/plan";
import type { Properties } from "../model/value";

/** A resource that stands alone: its properties refer to nothing but secrets. */
export interface SingleResource {
  readonly address: string;
  readonly kind: string;
  /** As a plan has them: secrets are named. */
  readonly properties: Properties;
}

/** What a plan of a single resource has around it. */
export interface SinglePlanOptions {
  readonly stack: string;
  readonly provider: PlannedProvider;
  /** Asked when a package is needed. */
  readonly assets?: () => readonly PlannedAsset[];
}

/** The plan of a single resource, or of none, for those who do not have one from synthesis. */
export function singlePlan(
  { stack, provider, assets = () => [] }: SinglePlanOptions,
  resource?: SingleResource,
): Plan {
  return {
    format: PLAN_FORMAT,
    formatVersion: PLAN_VERSION,
    stack,
    validated: true,
    provider,
    resources: resource ? [plannedAlone(resource)] : [],
    get assets() {
      return assets();
    },
    outputs: {},
    dependsOnStacks: [],
  };
}

function plannedAlone({ address, kind, properties }: SingleResource): Plan["resources"][number] {
  return { address, kind, properties, dependsOn: [] };
}
