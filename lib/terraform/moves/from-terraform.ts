import { byAddress } from "../../model/plan";
import { kinds } from "../../kinds";
import type { Kind } from "../../kinds/kind";
import { stackOf } from "../../model/stack-of";
import { sameValue, type Properties, type Value } from "../../model/value";
import {
  concealmentOf,
  inOrder,
  recordedForm,
  recordedLifecycle,
  recordedOutputs,
  type State,
} from "../../reconciler";
import type { RecordedResource } from "../../reconciler/state";
import type { Kept } from "../provider/kept";
import { kindOfType } from "../provider/kind-of-type";
import { secretFingerprint, secretsIn } from "../provider/secret-fingerprint";
import { resourceShapeOf, SECRET_FINGERPRINT } from "../schema/resource-shape";
import { fromTerraform, toAttributes, toProperties } from "../schema/to-properties";
import { toTerraform } from "../schema/to-terraform";
import { DerivedAnew } from "./derived";
import { addressesIn, immovable, keptOf, markOf, type Ours } from "./our-resources";
import { resolved } from "./resolution";
import type { MoveContext, Moved } from "./to-terraform";
import { withoutSecrets } from "./without-secrets";
import { addressOf, type TerraformInstance, type TerraformResource } from "./terraform-state";

/** A resource of Terraform's state, in our words. */
interface Found {
  readonly address: string;
  readonly kind: Kind;
  readonly kept: Kept;
  readonly instance: TerraformInstance;
  readonly dependencies: readonly string[];
  readonly properties: Properties;
  readonly attributes: Properties;
}

/**
 * Our resources as they are recorded here.
 *
 * @param state that they are to be recorded in
 */
export function toRecordedResources(
  ours: Ours,
  state: Pick<State, "lineage" | "salt">,
  context: MoveContext,
): Moved<Pick<State, "resources" | "outputs">> {
  const { plan, environment, stateOf } = context;
  const found = [...ours].map(([address, resource]) => findingOf(address, resource, ours, context));
  const byName = new Map(found.map((one) => [one.address, one]));
  const planned = byAddress(plan);
  const lookup = (address: string, attribute: string): Value | undefined => {
    const { properties, attributes } =
      byName.get(address) ?? stateOf(stackOf(address))?.resources[address] ?? {};
    return attributes?.[attribute] ?? properties?.[attribute];
  };
  const anew = new DerivedAnew(plan);
  const recording = {
    kinds: kinds as Readonly<Record<string, Kind>>,
    concealment: concealmentOf(state.salt, environment),
    stateOf,
  };
  const notes: string[] = [];
  const recorded = found.map((one) => {
    const said = planned.get(one.address)?.properties ?? {};
    const trusted = trustedSecrets(one, environment);
    if (!trusted) notes.push(secretNote(one));
    const properties = asWritten(one, said, lookup);
    const known = trusted ? properties : withoutSecrets(properties);
    const { schema } = one.kind;
    const form = recordedForm(
      { address: one.address, kind: schema.kind, properties: known },
      plan.provider,
      recording,
    );
    return { one, form, attributes: anew.attributes(one.kind, form, one.attributes) };
  });
  const dependencies = new Map(
    inOrder(plan, recording.kinds).map((resource) => [resource.planned.address, resource.dependencies]),
  );
  const resources = Object.fromEntries(
    recorded.map(({ one, form, attributes }): [string, RecordedResource] => {
      const { address, kind, kept, instance } = one;
      const lifecycle = recordedLifecycle({
        ...planned.get(address)?.lifecycle,
        retain: instance.attributes["retain"] === true,
      });
      return [
        address,
        {
          kind: kind.schema.kind,
          generation: kept.generation,
          properties: anew.properties(form),
          attributes,
          dependencies: dependencies.get(address) ?? one.dependencies,
          ...ownershipOf(kept, address, state.lineage),
          ...(Object.keys(lifecycle).length === 0 ? {} : { lifecycle }),
        },
      ];
    }),
  );
  const outputs = recordedOutputs(plan, recording, (address, name) => resources[address]?.attributes[name]);
  return { moved: { resources, outputs }, notes };
}

function findingOf(address: string, resource: TerraformResource, ours: Ours, { plan }: MoveContext): Found {
  const instance = resource.instances[0] as TerraformInstance;
  const kept = keptOf(instance);
  if (!kept) {
    throw immovable(
      addressOf(resource),
      "its private data is missing or comes from another version",
      "Use the cdktf-scf that deployed it, or a newer one",
    );
  }
  const kind = kindOfType(resource.type);
  const shape = resourceShapeOf(kind.schema);
  const addresses = addressesIn(plan);
  const dependencies = (instance.dependencies ?? []).flatMap((name) => {
    const dependency = addresses.get(name);
    return dependency !== undefined && ours.has(dependency) ? [dependency] : [];
  });
  return {
    address,
    kind,
    kept,
    instance,
    dependencies: dependencies.sort(),
    properties: toProperties(shape, instance.attributes).properties,
    attributes: toAttributes(shape, instance.attributes),
  };
}

/** Terraform has one form for what a program can write in several: the program's stands where it means the same. */
function asWritten(
  { kind, properties }: Found,
  said: Properties,
  lookup: (address: string, attribute: string) => Value | undefined,
): Properties {
  const shape = resourceShapeOf(kind.schema);
  const written: Record<string, Value> = { ...properties };
  for (const { property, name, shape: form } of shape.properties) {
    const wanted = resolved(said[property], lookup);
    if (wanted === undefined || !isSendable(kind, property)) continue;
    const there = toTerraform(shape, { [property]: wanted }, {})[name];
    if (sameValue(fromTerraform(form, there), properties[property])) written[property] = wanted;
  }
  return written;
}

function isSendable(kind: Kind, property: string): boolean {
  return kind.schema.metadata[property]?.checkOnly !== true;
}

/** Whether the secrets that the object was given last are those of the environment. */
function trustedSecrets(
  { kind, properties, instance, address }: Found,
  environment: MoveContext["environment"],
): boolean {
  const names = secretsIn(properties);
  if (names.length === 0) return true;
  if (names.some((name) => environment[name] === undefined)) return false;
  if (!resourceShapeOf(kind.schema).own.includes(SECRET_FINGERPRINT)) return true;
  const before = instance.attributes[SECRET_FINGERPRINT];
  return typeof before === "string" && secretFingerprint(names, environment, address, before) === before;
}

function secretNote({ address, properties }: Found): string {
  const names = secretsIn(properties).join(", ");
  return `${address}: ${names} cannot be read from the environment, or has changed. The next deploy sends it again.`;
}

/** An object whose mark begins otherwise than those of the state it comes into is known by its whole mark. */
function ownershipOf(
  kept: Kept,
  address: string,
  lineage: string,
): Pick<RecordedResource, "markedAs" | "carries"> {
  if (kept.lineage !== lineage) return { carries: kept.carries ?? markOf(kept) };
  return {
    ...(kept.markedAs === address ? {} : { markedAs: kept.markedAs }),
    ...(kept.carries === undefined ? {} : { carries: kept.carries }),
  };
}
