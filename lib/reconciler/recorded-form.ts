import type { Kind } from "../kinds/kind";
import { ScfError } from "../model/error";
import { PLAN_FORMAT, PLAN_VERSION, type Plan, type PlannedProvider } from "../model/plan";
import { stackOf } from "../model/stack-of";
import type { Properties, Value } from "../model/value";
import { Fingerprints } from "./fingerprint";
import { plain, Wanted } from "./resolve";
import { Secrets } from "./secrets";
import type { RecordedOutput, State } from "./state";
import { resolveOutput } from "./wanted-outputs";

/** What makes recorded values of a stack. */
export interface Recording {
  readonly kinds: Readonly<Record<string, Kind>>;
  /** Secrets are read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the fingerprints. */
  readonly salt: string;
  /** What is recorded of other stacks. */
  readonly stateOf: (stack: string) => State | undefined;
}

/** A resource whose properties refer to nothing but secrets. */
export interface Resolved {
  readonly address: string;
  readonly kind: string;
  readonly properties: Properties;
}

/**
 * Properties as a state records them: secrets, and all that may be secret, as fingerprints.
 *
 * @throws ScfError `SECRET_MISSING`
 */
export function recordedForm(
  resource: Resolved,
  provider: PlannedProvider,
  recording: Recording,
): Properties {
  const plan: Plan = {
    format: PLAN_FORMAT,
    formatVersion: PLAN_VERSION,
    stack: stackOf(resource.address),
    validated: true,
    provider,
    resources: [{ ...resource, dependsOn: [] }],
    assets: [],
    outputs: {},
    dependsOnStacks: [],
  };
  return wantedOf(plan, recording, () => undefined).wanted.resource(resource.address).recorded;
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
  const { wanted, concealment } = wantedOf(plan, recording, attributeOf);
  const outputs: Record<string, RecordedOutput> = {};
  for (const name of Object.keys(plan.outputs)) {
    try {
      const output = resolveOutput(plan, name, wanted, concealment);
      if ("value" in output) outputs[name] = output;
    } catch (error) {
      if (!ScfError.is(error)) throw error;
    }
  }
  return outputs;
}

function wantedOf(
  plan: Plan,
  { kinds, environment, salt, stateOf }: Recording,
  attributeOf: (address: string, attribute: string) => Value | undefined,
) {
  const concealment = { secrets: new Secrets(environment), fingerprints: new Fingerprints(salt) };
  const wanted = new Wanted({
    plan,
    kinds,
    stateOf,
    ...concealment,
    attributeOf: (address, attribute) => plain(attributeOf(address, attribute)),
  });
  return { wanted, concealment };
}
