import { knownKind } from "./known-kind";
import type { Difference, Input } from "./difference";
import type { Kind } from "../kinds/kind";
import { ScfError } from "../model/error";
import { byAddress, type Plan, type PlannedResource } from "../model/plan";
import {
  holdsSymbolic,
  isForeignToken,
  isJoin,
  isReference,
  isSecretReference,
  type Properties,
  type Value,
} from "../model/value";
import { hasFingerprint, type Fingerprints } from "./fingerprint";
import { Inputs } from "./inputs";
import { stackOf } from "../model/stack-of";
import type { Secrets } from "./secrets";
import type { State } from "./state";

/**
 * Why a value is not known yet. `new`: it belongs to an object that is still to be made, so it will be another one than
 * is recorded. `maybe`: it belongs to an object that is to be updated, and may turn out to be the same.
 */
export type Unknown = "new" | "maybe";

/** A value in two forms: as the platform gets it, and as it is recorded and shown. */
export interface Resolved {
  readonly clear: Value | undefined;
  readonly recorded: Value | undefined;
  readonly unknown?: Unknown;
  /** Whether a secret is part of it. */
  readonly secret: boolean;
}

export function plain(value: Value | undefined): Resolved {
  return { clear: value, recorded: value, secret: false };
}

export function unknownValue(unknown: Unknown): Resolved {
  return { clear: undefined, recorded: undefined, unknown, secret: false };
}

/** What is wanted of one resource, as far as it is known. */
export interface WantedResource {
  readonly clear: Properties;
  readonly recorded: Properties;
  readonly unknown: ReadonlyMap<string, Unknown>;
  readonly secret: ReadonlySet<string>;
}

interface WantedOptions {
  readonly plan: Plan;
  readonly kinds: Readonly<Record<string, Kind>>;
  readonly secrets: Secrets;
  readonly fingerprints: Fingerprints;
  readonly stateOf: (stack: string) => State | undefined;
  /** What is going to be done to another stack before this one. */
  readonly pendingOf?: ((stack: string) => Difference | undefined) | undefined;
  /** The value of an attribute that does not follow from the wanted properties. */
  readonly attributeOf: (address: string, attribute: string) => Resolved;
}

type Metadata = Kind["schema"]["metadata"];

/** Where a value stands, for sentences. */
interface Place {
  readonly address: string;
  readonly name: string;
}

/** Resolves the symbolic values of a plan. Every resource is resolved once; ask for what it refers to first. */
export class Wanted {
  private readonly planned: ReadonlyMap<string, PlannedResource>;
  private readonly resolved = new Map<string, WantedResource>();
  private readonly derived = new Map<string, Properties>();
  private readonly inputs: Inputs;

  constructor(private readonly options: WantedOptions) {
    this.planned = byAddress(options.plan);
    this.inputs = new Inputs(options);
  }

  /** What was taken from outside of the stack so far. */
  get taken(): readonly Input[] {
    return this.inputs.taken;
  }

  /** What was taken from outside then and has another value now, by name. */
  changedSince(inputs: readonly Input[]): string[] {
    return this.inputs.changedSince(inputs);
  }

  resource(address: string): WantedResource {
    const planned = this.planned.get(address) as PlannedResource;
    return this.of(planned, knownKind(this.options.kinds, planned.kind, address));
  }

  of(planned: PlannedResource, { schema: { metadata } }: Kind): WantedResource {
    // Remembering takes longer than looking again, and holds on to memory.
    if (isResolved(planned.properties, metadata)) return asItStands(planned.properties);
    let resource = this.resolved.get(planned.address);
    if (!resource) this.resolved.set(planned.address, (resource = this.resolveResource(planned, metadata)));
    return resource;
  }

  /** Attributes that follow from the wanted properties; none while one of those is unknown. */
  derivedAttributes(address: string): Properties {
    const { plan, kinds } = this.options;
    const kind = knownKind(kinds, (this.planned.get(address) as PlannedResource).kind, address);
    if (!kind.derive) return NONE_DERIVED;
    let attributes = this.derived.get(address);
    if (!attributes) {
      const { recorded, unknown } = this.resource(address);
      const context = { uin: plan.provider.account.uin ?? "", region: plan.provider.region };
      attributes =
        unknown.size > 0 ? NONE_DERIVED : (kind.derive(recorded as never, context) as unknown as Properties);
      this.derived.set(address, attributes);
    }
    return attributes;
  }

  output(name: string): Resolved {
    const output = this.options.plan.outputs[name];
    return this.value(output?.value ?? null, { address: this.options.plan.stack, name: `output ${name}` });
  }

  private resolveResource(planned: PlannedResource, metadata: Metadata): WantedResource {
    const clear: Record<string, Value> = {};
    const recorded: Record<string, Value> = {};
    const unknown = new Map<string, Unknown>();
    const secret = new Set<string>();
    for (const name of Object.keys(planned.properties)) {
      if (metadata[name]?.checkOnly) continue;
      const value = this.value(planned.properties[name] as Value, { address: planned.address, name });
      if (metadata[name]?.instruction) {
        if (value.clear !== undefined) clear[name] = value.clear;
        continue;
      }
      if (value.secret) secret.add(name);
      if (value.unknown) {
        unknown.set(name, value.unknown);
      } else if (value.clear !== undefined) {
        clear[name] = value.clear;
        recorded[name] = (
          metadata[name]?.sensitive ? this.options.fingerprints.conceal(value.clear) : value.recorded
        ) as Value;
      }
    }
    return { clear, recorded, unknown, secret };
  }

  private value(value: Value, place: Place): Resolved {
    if (typeof value !== "object" || value === null) return plain(value);
    if (isReference(value)) return this.reference(value.$ref.address, value.$ref.attribute, place);
    if (isSecretReference(value)) {
      const clear = this.inputs.secret(value.$secret.environment, `${place.address} (\`${place.name}\`)`);
      return { clear, recorded: this.options.fingerprints.conceal(clear), secret: true };
    }
    if (isForeignToken(value)) {
      throw new ScfError(
        "FOREIGN_TOKEN",
        `${place.address}: \`${place.name}\` needs \`${value.$token}\`, a value of another Terraform provider, which ` +
          "only Terraform can resolve.",
        {
          fix: "Give the value as a literal or from an environment variable, or deploy this stack with Terraform.",
        },
      );
    }
    if (isJoin(value)) return this.join(value.$join, place);
    if (Array.isArray(value)) return this.list(value as readonly Value[], place);
    return this.record(value as { readonly [key: string]: Value }, place);
  }

  private join(parts: readonly Value[], place: Place): Resolved {
    const { value, unknown, secret } = this.all(parts, place);
    if (unknown) return { ...unknownValue(unknown), secret };
    const clear = value.map(({ clear: part }) => textOf(part)).join("");
    const concealed = value.some(({ recorded }) => hasFingerprint(recorded));
    const recorded = concealed ? this.options.fingerprints.conceal(clear) : clear;
    return { clear, recorded, secret };
  }

  private list(items: readonly Value[], place: Place): Resolved {
    const { value, unknown, secret } = this.all(items, place);
    if (unknown) return { ...unknownValue(unknown), secret };
    const present = value.filter(({ clear }) => clear !== undefined);
    return {
      clear: present.map(({ clear }) => clear as Value),
      recorded: present.map(({ recorded }) => recorded as Value),
      secret,
    };
  }

  private record(record: { readonly [key: string]: Value }, place: Place): Resolved {
    const keys = Object.keys(record);
    const { value, unknown, secret } = this.all(
      keys.map((key) => record[key] as Value),
      place,
    );
    if (unknown) return { ...unknownValue(unknown), secret };
    const clear: Record<string, Value> = {};
    const recorded: Record<string, Value> = {};
    keys.forEach((key, index) => {
      const item = value[index] as Resolved;
      if (item.clear === undefined) return;
      clear[key] = item.clear;
      recorded[key] = item.recorded as Value;
    });
    return { clear, recorded, secret };
  }

  private all(
    values: readonly Value[],
    place: Place,
  ): {
    readonly value: readonly Resolved[];
    readonly unknown: Unknown | undefined;
    readonly secret: boolean;
  } {
    const value = values.map((item) => this.value(item, place));
    let unknown: Unknown | undefined;
    for (const item of value) {
      if (item.unknown === "new" || (item.unknown && !unknown)) unknown = item.unknown;
    }
    return { value, unknown, secret: value.some(({ secret }) => secret) };
  }

  private reference(address: string, attribute: string, place: Place): Resolved {
    const { plan, kinds } = this.options;
    if (stackOf(address) !== plan.stack) return this.elsewhere(address, attribute, place);
    const planned = this.planned.get(address);
    if (!planned) {
      throw new ScfError(
        "REFERENCE_BROKEN",
        `${place.address}: \`${place.name}\` refers to ${address}, which is not in the plan.`,
        { fix: "Run `cdktf-scf synth` to write the plan again." },
      );
    }
    if (attribute in knownKind(kinds, planned.kind, address).schema.metadata) {
      const target = this.resource(address);
      const unknown = target.unknown.get(attribute);
      return {
        clear: target.clear[attribute],
        recorded: target.recorded[attribute],
        secret: target.secret.has(attribute),
        ...(unknown ? { unknown } : {}),
      };
    }
    const derived = this.derivedAttributes(address)[attribute];
    return derived === undefined ? this.options.attributeOf(address, attribute) : plain(derived);
  }

  /** What an attribute of another stack is going to be, when something is going to be done to its resource. */
  private pending(stack: string, address: string, attribute: string): Resolved | undefined {
    const change = this.options
      .pendingOf?.(stack)
      ?.changes.find((candidate) => candidate.address === address && candidate.operation !== "delete");
    if (!change) return undefined;
    const isNew = change.operation !== "update";
    const property = change.properties.find(({ name, sensitive }) => name === attribute && !sensitive);
    if (property)
      return property.after === undefined ? unknownValue(isNew ? "new" : "maybe") : plain(property.after);
    const { metadata, attributeMetadata } = knownKind(this.options.kinds, change.kind, address).schema;
    if (attribute in metadata) return change.operation === "create" ? unknownValue("new") : undefined;
    if (isNew) return unknownValue(change.tentative ? "maybe" : "new");
    return attributeMetadata[attribute]?.volatile ? unknownValue("maybe") : undefined;
  }

  private elsewhere(address: string, attribute: string, place: Place): Resolved {
    const stack = stackOf(address);
    const pending = this.pending(stack, address, attribute);
    if (pending) return pending;
    const value = this.inputs.recorded(address, attribute);
    if (value === undefined) {
      throw new ScfError(
        "STACK_NOT_DEPLOYED",
        `${place.address}: \`${place.name}\` needs \`${attribute}\` of ${address}, which is not deployed yet: ` +
          `deploy stack ${stack} first.`,
        { fix: `Run \`cdktf-scf deploy ${stack}\`, then this command again.` },
      );
    }
    if (hasFingerprint(value)) {
      throw new ScfError(
        "SECRET_NOT_RECORDED",
        `${place.address}: \`${place.name}\` needs \`${attribute}\` of ${address}, which holds a secret. Secrets are ` +
          "not recorded, so another stack cannot read it.",
        { fix: "Give the secret to this stack too, from the environment." },
      );
    }
    return plain(value);
  }
}

const NONE_DERIVED: Properties = {};
const NONE_UNKNOWN: ReadonlyMap<string, Unknown> = new Map();
const NONE_SECRET: ReadonlySet<string> = new Set();

/** Whether properties are recorded and sent as the plan has them: so are those of most resources of a large one. */
function isResolved(properties: Properties, metadata: Metadata): boolean {
  for (const name in properties) {
    const described = metadata[name];
    if (
      described?.checkOnly ||
      described?.instruction ||
      described?.sensitive ||
      holdsSymbolic(properties[name])
    )
      return false;
  }
  return true;
}

function asItStands(properties: Properties): WantedResource {
  return { clear: properties, recorded: properties, unknown: NONE_UNKNOWN, secret: NONE_SECRET };
}

function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
