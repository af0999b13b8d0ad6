import { randomUUID } from "node:crypto";
import { kinds } from "../../kinds";
import type { Kind } from "../../kinds/kind";
import { byAddress, type Plan } from "../../model/plan";
import { terraformAddress, terraformName } from "../../model/terraform";
import { stackOf } from "../../model/stack-of";
import type { Properties, Value } from "../../model/value";
import { concealmentOf, isFingerprint, knownKind, recordedForm, type State } from "../../reconciler";
import type { RecordedResource } from "../../reconciler/state";
import { encodeKept } from "../provider/kept";
import { secretFingerprint, secretsIn } from "../provider/secret-fingerprint";
import { resourceShapeOf, SECRET_FINGERPRINT, type ResourceShape } from "../schema/resource-shape";
import { toTerraform } from "../schema/to-terraform";
import { DerivedAnew } from "./derived";
import { Disclosure, type Undisclosed } from "./disclosure";
import { terraformOutputs } from "./outputs";
import { resolved } from "./resolution";
import {
  ourResource,
  type TerraformInstance,
  type TerraformResource,
  type TerraformState,
} from "./terraform-state";

/** What a move needs to know beside the two states. */
export interface MoveContext {
  readonly plan: Plan;
  /** Secrets are read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What is recorded of other stacks. */
  readonly stateOf: (stack: string) => State | undefined;
  /** Of what is new with every object. Tests give their own. */
  readonly newInstance?: () => string;
}

/** What is to be moved, and what is to be said of it. */
export interface Moved<T> {
  readonly moved: T;
  readonly notes: readonly string[];
}

interface Disclosed {
  readonly address: string;
  readonly recorded: RecordedResource;
  readonly kind: Kind;
  readonly properties: Properties;
  readonly attributes: Properties;
  readonly undisclosed: Undisclosed;
}

/**
 * The recorded resources of a stack as Terraform's state has them.
 *
 * @param salt of the provider's fingerprints, which attributes follow from
 */
export function toTerraformResources(
  state: State,
  salt: string,
  context: MoveContext,
): Moved<Required<Pick<TerraformState, "resources" | "outputs">>> {
  const { plan, environment, stateOf } = context;
  const planned = byAddress(plan);
  const recordedOf = (address: string): RecordedResource | undefined =>
    (stackOf(address) === state.stack ? state : stateOf(stackOf(address)))?.resources[address];
  const lookup = (address: string, attribute: string): Value | undefined => {
    const { attributes, properties } = recordedOf(address) ?? {};
    const value = attributes?.[attribute] ?? properties?.[attribute];
    // A secret of another resource of this stack is what the program says of it.
    return isFingerprint(value) ? resolved(planned.get(address)?.properties[attribute], lookup) : value;
  };
  const { fingerprints } = concealmentOf(state.salt, environment);
  const disclosure = new Disclosure(fingerprints, environment, lookup);
  const anew = new DerivedAnew(plan);
  const recording = {
    kinds: kinds as Readonly<Record<string, Kind>>,
    concealment: concealmentOf(salt, environment),
    stateOf,
  };
  const disclosed = Object.entries(state.resources).map(([address, recorded]): Disclosed => {
    const kind = knownKind(recording.kinds, recorded.kind, address);
    const undisclosed: Undisclosed = { missing: new Set(), changed: new Set() };
    const said = planned.get(address)?.properties ?? {};
    const properties = disclosure.properties(recorded.properties, said, undisclosed);
    const isWhole = undisclosed.missing.size + undisclosed.changed.size === 0;
    const attributes = isWhole
      ? anew.attributes(
          kind,
          recordedForm({ address, kind: recorded.kind, properties }, plan.provider, recording),
          recorded.attributes,
        )
      : recorded.attributes;
    return { address, recorded, kind, properties, attributes, undisclosed };
  });
  const resources = disclosed.map((one) =>
    resourceOf({ ...one, properties: anew.properties(one.properties) }, state, context),
  );
  const outputs = terraformOutputs(
    plan,
    Object.keys(state.outputs),
    lookup,
    (address) => recordedOf(address)?.kind,
  );
  return { moved: { resources, outputs }, notes: disclosed.flatMap(notesOn) };
}

function resourceOf(one: Disclosed, state: State, context: MoveContext): TerraformResource {
  const { address, kind } = one;
  const { type } = resourceShapeOf(kind.schema);
  return ourResource(type, terraformName(address), instanceOf(one, state, context));
}

function instanceOf(
  { address, recorded, kind, properties, attributes, undisclosed }: Disclosed,
  state: State,
  { environment, newInstance = randomUUID }: MoveContext,
): TerraformInstance {
  const shape = resourceShapeOf(kind.schema);
  const { generation, markedAs = address, carries, lifecycle, dependencies } = recorded;
  const isReadable = undisclosed.missing.size === 0;
  return {
    schema_version: 0,
    attributes: {
      ...toTerraform(shape, properties, attributes),
      id: kind.identity(properties as never),
      instance: newInstance(),
      ...(lifecycle?.retain ? { retain: true } : {}),
      ...(isReadable ? fingerprintOf(shape, properties, environment, address) : {}),
    },
    sensitive_attributes: sensitivePaths(shape, properties),
    private: Buffer.from(
      encodeKept({
        lineage: state.lineage,
        generation,
        markedAs,
        ...(carries === undefined ? {} : { carries }),
      }),
    ).toString("base64"),
    dependencies: dependenciesOf(dependencies, state),
  };
}

function fingerprintOf(
  shape: ResourceShape,
  properties: Properties,
  environment: MoveContext["environment"],
  address: string,
): { readonly [SECRET_FINGERPRINT]?: string } {
  const names = shape.own.includes(SECRET_FINGERPRINT) ? secretsIn(properties) : [];
  return names.length === 0 ? {} : { [SECRET_FINGERPRINT]: secretFingerprint(names, environment, address) };
}

/** Without these Terraform would plan to hide what it has shown before. */
function sensitivePaths(shape: ResourceShape, properties: Properties): unknown {
  return shape.properties
    .filter(({ sensitive, property }) => sensitive && properties[property] !== undefined)
    .map(({ name }) => [{ type: "get_attr", value: name }]);
}

function dependenciesOf(addresses: readonly string[], { resources }: State): readonly string[] {
  return addresses
    .flatMap((address) => {
      const kind = resources[address]?.kind;
      return kind === undefined ? [] : [terraformAddress(kind, address)];
    })
    .sort();
}

function notesOn({ address, undisclosed: { missing, changed } }: Disclosed): string[] {
  const notes: string[] = [];
  if (missing.size > 0) {
    const names = [...missing].sort().join(", ");
    notes.push(
      `${address}: ${names} cannot be read from the environment. Terraform's next plan sends it again.`,
    );
  }
  for (const name of changed) {
    notes.push(
      `${address}: \`${name}\` is recorded as a fingerprint, and the program has another value now. Terraform's next plan shows it.`,
    );
  }
  return notes;
}
