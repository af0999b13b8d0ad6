import type { Kind } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Plan, PlannedProvider } from "../model/plan";
import { stackOf } from "../model/stack-of";
import type { Properties, Value } from "../model/value";
import type { Concealment } from "./concealment";
import { plain, Wanted } from "./resolve";
import { singlePlan, type SingleResource } from "./single-plan";
import type { RecordedOutput, State } from "./state";
import { resolveOutput } from "./wanted-outputs";

/** What makes recorded values of a stack. */
export interface Recording {
  readonly kinds: Readonly<Record<string, Kind>>;
  readonly concealment: Concealment;
  /** What is recorded of other stacks. */
  readonly stateOf: (stack: string) => State | undefined;
}

/**
 * Properties as a state records them: secrets, and all that may be secret, as fingerprints.
 *
 * @throws ScfError `SECRET_MISSING`
 */
export function recordedForm(
  resource: SingleResource,
  provider: PlannedProvider,
  recording: Recording,
): Properties {
  const plan = singlePlan({ stack: stackOf(resource.address), provider }, resource);
  return wantedOf(plan, recording, () => undefined).resource(resource.address).recorded;
}

/**
 * The outputs of a plan as a state records them. Left out are those that cannot be known here.
 *
 * @param attributeOf what the platform computed
 */
export function recordedOutputs(
  plan: Plan,
  recording: Recording,
  attributeOf: (address: string, attribute: string) => Value | undefined,
): { readonly [name: string]: RecordedOutput } {
  const wanted = wantedOf(plan, recording, attributeOf);
  const outputs: Record<string, RecordedOutput> = {};
  for (const name of Object.keys(plan.outputs)) {
    try {
      const output = resolveOutput(plan, name, wanted, recording.concealment);
      if ("value" in output) outputs[name] = output;
    } catch (error) {
      if (!ScfError.is(error)) throw error;
    }
  }
  return outputs;
}

function wantedOf(
  plan: Plan,
  { kinds, concealment, stateOf }: Recording,
  attributeOf: (address: string, attribute: string) => Value | undefined,
): Wanted {
  return new Wanted({
    plan,
    kinds,
    stateOf,
    ...concealment,
    attributeOf: (address, attribute) => plain(attributeOf(address, attribute)),
  });
}
