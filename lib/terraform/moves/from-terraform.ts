import { byAddress, type Plan } from "../../model/plan";
import { ScfError } from "../../model/error";
import { kinds } from "../../kinds";
import type { Kind } from "../../kinds/kind";
import { terraformAddress } from "../../model/terraform";
import { eachSymbolic, isSecretReference, sameValue, type Properties, type Value } from "../../model/value";
import {
  inOrder,
  ownerMark,
  recordedForm,
  recordedLifecycle,
  recordedOutputs,
  type State,
} from "../../reconciler";
import type { RecordedResource } from "../../reconciler/state";
import type { TerraformObject } from "../plugin/value";
import { decodeKept, type Kept } from "../provider/kept";
import { secretFingerprint, secretsIn } from "../provider/secret-fingerprint";
import { resourceShapeOf, SECRET_FINGERPRINT, type ResourceShape } from "../schema/resource-shape";
import { fromTerraform, toProperties } from "../schema/to-properties";
import { toTerraform } from "../schema/to-terraform";
import { DerivedAnew } from "./derived";
import { withoutOutputs } from "./outputs";
import { resolved } from "./resolution";
import type { MoveContext, Moved } from "./to-terraform";
import {
  addressOf,
  isOurs,
  type TerraformInstance,
  type TerraformResource,
  type TerraformState,
} from "./terraform-state";

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

/** Our resources in Terraform's state, each with the address that it has here. */
export type Ours = ReadonlyMap<string, TerraformResource>;

/**
 * @throws ScfError `TERRAFORM_RESOURCE` for one that cannot be moved as it is
 */
export function oursIn(state: TerraformState, plan: Plan): Ours {
  const addresses = addressesIn(plan);
  const ours = new Map<string, TerraformResource>();
  for (const resource of state.resources.filter(isOurs)) {
    const [instance, ...others] = resource.instances;
    if (!instance) continue;
    const name = addressOf(resource);
    if (others.length > 0 || instance.deposed !== undefined || instance.index_key !== undefined) {
      throw immovable(name, "it has several objects", "Run `terraform apply`, which ends what was begun");
    }
    if (instance.status === "tainted") {
      throw immovable(name, "it is tainted", "Run `terraform apply`, which makes it anew");
    }
    const address = addresses.get(name) ?? markedAddress(resource, instance, plan.stack);
    if (address === undefined) {
      throw immovable(
        name,
        "the program does not have it",
        "Run `terraform apply`, which deletes it, or put it back",
      );
    }
    ours.set(address, resource);
  }
  return ours;
}

/** What there is beside our resources and outputs. */
export function withoutOurs(
  { resources, outputs = {} }: TerraformState,
  ours: Ours,
  plan: Plan,
): Pick<TerraformState, "resources" | "outputs"> {
  const taken = new Set(ours.values());
  return {
    resources: resources.filter((resource) => !taken.has(resource)),
    outputs: withoutOutputs(outputs, plan),
  };
}

/** How the marks of ownership begin that a new state should have: as those of an object that comes into it. */
export function lineageOf(ours: Ours): string | undefined {
  for (const [, { instances }] of ours) {
    const kept = keptOf(instances[0] as TerraformInstance);
    if (kept) return kept.lineage;
  }
  return undefined;
}

/** Whether an object that Terraform's state has is the one that is recorded here. */
export function isSameObject(
  state: State,
  address: string,
  { instances }: Pick<TerraformResource, "instances">,
): boolean {
  const recorded = state.resources[address];
  const kept = instances[0] && keptOf(instances[0]);
  if (!recorded || !kept) return false;
  const { generation, markedAs = address, carries } = recorded;
  if (kept.generation !== generation) return false;
  if (kept.lineage === state.lineage) return kept.markedAs === markedAs;
  return carries !== undefined && carries === (kept.carries ?? markOf(kept));
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
      byName.get(address) ?? stateOf(address.split("/", 1)[0] ?? "")?.resources[address] ?? {};
    return attributes?.[attribute] ?? properties?.[attribute];
  };
  const anew = new DerivedAnew(plan);
  const recording = {
    kinds: kinds as Readonly<Record<string, Kind>>,
    environment,
    salt: state.salt,
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
  if (!kind) {
    throw immovable(
      addressOf(resource),
      "its type is unknown",
      "Use the cdktf-scf that deployed it, or a newer one",
    );
  }
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
    attributes: attributesIn(shape, instance.attributes),
  };
}

function attributesIn(shape: ResourceShape, state: TerraformObject): Properties {
  const known = shape.attributes.flatMap(({ property, name, shape: form }): [string, Value][] => {
    const value = fromTerraform(form, state[name]);
    return value === undefined ? [] : [[property, value]];
  });
  return Object.fromEntries(known);
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

/** The value without every text that holds a secret. */
function withoutSecrets(properties: Properties): Properties {
  return (strip(properties) ?? {}) as Properties;
}

function strip(value: Value): Value | undefined {
  if (typeof value !== "object" || value === null) return value;
  if (isSecretReference(value) || holdsSecretText(value)) return undefined;
  if (Array.isArray(value))
    return value.map((item: Value) => strip(item)).filter((item) => item !== undefined);
  const entries = Object.entries(value as Properties).map(([key, item]) => [key, strip(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined)) as Properties;
}

function holdsSecretText(value: Value): boolean {
  let holds = false;
  if (typeof value === "object" && value !== null && "$join" in value) {
    eachSymbolic(value, (symbolic) => (holds ||= isSecretReference(symbolic)));
  }
  return holds;
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

function markOf({ lineage, markedAs, generation }: Kept): string {
  return ownerMark(lineage, markedAs, generation);
}

function keptOf({ private: bytes = "" }: TerraformInstance): Kept | undefined {
  return decodeKept(Buffer.from(bytes, "base64"));
}

/** The addresses here of all that the program has or had, by those in Terraform. */
function addressesIn(plan: Plan): ReadonlyMap<string, string> {
  const known = addressIndexes.get(plan);
  if (known) return known;
  const addresses = new Map<string, string>();
  for (const { kind, lifecycle } of plan.resources) {
    for (const before of lifecycle?.movedFrom ?? []) addresses.set(terraformAddress(kind, before), before);
  }
  for (const { kind, address } of plan.resources) addresses.set(terraformAddress(kind, address), address);
  addressIndexes.set(plan, addresses);
  return addresses;
}

const addressIndexes = new WeakMap<Plan, ReadonlyMap<string, string>>();

/** Of what has left the program: the address that its mark names, or its name where that says all. */
function markedAddress(
  resource: TerraformResource,
  instance: TerraformInstance,
  stack: string,
): string | undefined {
  const kind = kindOfType(resource.type)?.schema.kind;
  if (kind === undefined) return undefined;
  const candidates = [keptOf(instance)?.markedAs ?? "", `${stack}/${resource.name}`];
  return candidates.find(
    (address) => address.startsWith(`${stack}/`) && terraformAddress(kind, address) === addressOf(resource),
  );
}

let byType: ReadonlyMap<string, Kind> | undefined;

function kindOfType(type: string): Kind | undefined {
  byType ??= new Map(
    Object.values(kinds).map((kind) => [resourceShapeOf(kind.schema).type, kind as unknown as Kind]),
  );
  return byType.get(type);
}

function immovable(name: string, why: string, what: string): ScfError {
  return new ScfError("TERRAFORM_RESOURCE", `${name} of Terraform's state cannot be moved: ${why}.`, {
    fix: `${what}, then run the command again.`,
  });
}
