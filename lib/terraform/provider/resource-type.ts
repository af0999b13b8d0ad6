import { randomUUID } from "node:crypto";
import type { Kind } from "../../kinds/kind";
import { isEmpty, sameValue, type Properties, type Value } from "../../model/value";
import type { DrivenResource, Driven, HeldResource } from "../../reconciler";
import type { AttributePath, TerraformObject, TerraformValue } from "../plugin/value";
import { UNKNOWN } from "../plugin/value";
import { resourceShapeOf, SECRET_FINGERPRINT, type ResourceShape } from "../schema/resource-shape";
import { fromTerraform, holdsUnknown, toAttributes, toProperties } from "../schema/to-properties";
import type { Kept } from "./kept";
import { propertiesWithSecrets, secretFingerprint, secretsIn } from "./secret-fingerprint";
import type { Settings } from "./settings";

/** Cannot stand in any property. */
const UNKNOWN_TEXT = "\u0000";

/** What one resource type is to Terraform: what is planned of it, and how its state is made. Calls nobody. */
export class ResourceType {
  readonly shape: ResourceShape;

  constructor(
    readonly kind: Kind,
    private readonly settings: Settings,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    /** Properties with fingerprints for secrets. */
    private readonly concealed: (resource: DrivenResource) => Properties,
  ) {
    this.shape = resourceShapeOf(kind.schema);
  }

  /** As the reconciler's operations take it. */
  driven(object: TerraformObject, timeoutMs?: number): DrivenResource {
    const { properties } = toProperties(this.shape, object);
    return { ...this.resource(properties), timeoutMs };
  }

  held(state: TerraformObject, kept: Kept | undefined, timeoutMs?: number): HeldResource {
    const driven = this.driven(state, timeoutMs);
    const { lineage = driven.lineage, generation = 1, markedAs = driven.address, carries } = kept ?? {};
    return {
      ...driven,
      lineage,
      generation,
      markedAs,
      attributes: toAttributes(this.shape, state),
      ...(carries === undefined ? {} : { carries }),
    };
  }

  /** What will be there once it is made, as far as that is known before. */
  plannedCreate(proposed: TerraformObject): TerraformObject {
    const { properties, unknown } = toProperties(this.shape, proposed);
    return {
      ...proposed,
      ...this.unknownAttributes(),
      ...this.derived(properties, unknown),
      id: this.identity(properties, unknown),
      instance: UNKNOWN,
      ...this.fingerprint(properties, unknown, undefined),
    };
  }

  /** What a change will have made of it, and which attributes can only be had by making it anew. */
  plannedUpdate(
    prior: TerraformObject,
    proposed: TerraformObject,
  ): { readonly planned: TerraformObject; readonly replace: readonly AttributePath[] } {
    const changed = this.changed(prior, proposed);
    const { properties, unknown } = toProperties(this.shape, proposed);
    const fingerprint = this.fingerprint(properties, unknown, textOf(prior[SECRET_FINGERPRINT]));
    const hasNewSecret = (fingerprint[SECRET_FINGERPRINT] ?? null) !== (prior[SECRET_FINGERPRINT] ?? null);
    if (changed.length === 0 && !hasNewSecret) {
      return { planned: this.withDerived(proposed, properties, unknown), replace: [] };
    }
    const planned = { ...proposed, ...fingerprint, ...this.derived(properties, unknown) };
    const replacing = this.replacing(changed, prior, proposed);
    if (replacing.length > 0 && this.kind.keepsReplaced) {
      return { planned: { ...planned, ...this.unknownAttributes(), instance: UNKNOWN }, replace: [] };
    }
    const volatile = this.unknownAttributes(
      (name) => this.kind.schema.attributeMetadata[name]?.volatile === true,
    );
    return {
      planned: { ...planned, ...volatile, ...this.derived(properties, unknown) },
      replace: replacing.map((name) => [{ attribute: this.nameOf(name) }]),
    };
  }

  /** Names of the properties that differ, and of those whose secrets do. */
  changed(prior: TerraformObject, planned: TerraformObject): readonly string[] {
    const differing = this.shape.properties
      .filter(({ name, shape }) => !isSame(fromTerraform(shape, prior[name]), planned[name], shape))
      .map(({ property }) => property);
    const hasNewSecret =
      !holdsUnknown(prior[SECRET_FINGERPRINT]) &&
      (planned[SECRET_FINGERPRINT] ?? null) !== (prior[SECRET_FINGERPRINT] ?? null);
    if (!hasNewSecret) return differing;
    const { properties } = toProperties(this.shape, planned);
    return [...new Set([...differing, ...propertiesWithSecrets(properties)])];
  }

  /** Of changed properties, those that need a new object. What cannot be read was never different from what is wanted. */
  replacing(changed: readonly string[], prior: TerraformObject, planned: TerraformObject): readonly string[] {
    const { metadata } = this.kind.schema;
    return changed.filter((name) => {
      if (!metadata[name]?.immutable && this.kind.update) return false;
      const [before, after] = [prior[this.nameOf(name)], planned[this.nameOf(name)]];
      return !(metadata[name]?.unreadable && before === null) && !(isOff(before) && isOff(after));
    });
  }

  /** The state after an operation: what was planned, with what is known now. */
  after(planned: TerraformObject, { attributes }: Driven, isNew: boolean): TerraformObject {
    const { properties } = toProperties(this.shape, planned);
    const state: Record<string, TerraformValue> = { ...planned };
    for (const { property, name } of this.shape.attributes) {
      if (state[name] === UNKNOWN) state[name] = (attributes[property] ?? null) as TerraformValue;
    }
    if (state["id"] === UNKNOWN) state["id"] = this.identity(properties, new Set());
    if (state["instance"] === UNKNOWN || isNew) state["instance"] = randomUUID();
    if (state[SECRET_FINGERPRINT] === UNKNOWN) {
      const names = secretsIn(properties);
      state[SECRET_FINGERPRINT] =
        names.length > 0 ? secretFingerprint(names, this.environment, this.address(properties)) : null;
    }
    return state;
  }

  /** Its properties, with some text for those that are not known yet. */
  assumed(proposed: TerraformObject): Properties {
    const { properties, unknown } = toProperties(this.shape, proposed);
    return { ...properties, ...Object.fromEntries([...unknown].map((name) => [name, "…"])) };
  }

  identity(properties: Properties, unknown: ReadonlySet<string>): TerraformValue {
    const assumed = Object.fromEntries([...unknown].map((name) => [name, UNKNOWN_TEXT]));
    const identity = this.kind.identity({ ...properties, ...assumed } as never);
    return identity.includes(UNKNOWN_TEXT) ? UNKNOWN : identity;
  }

  nameOf(property: string): string {
    return this.shape.properties.find((field) => field.property === property)?.name ?? property;
  }

  private address(properties: Properties): string {
    return `${this.shape.type} ${String(this.identity(properties, new Set()))}`;
  }

  private unknownAttributes(counts: (name: string) => boolean = () => true): TerraformObject {
    const names = this.shape.attributes.filter(({ property }) => counts(property)).map(({ name }) => name);
    return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
  }

  /** Attributes that follow from properties alone, unless one of those is unknown. */
  private derived(properties: Properties, unknown: ReadonlySet<string>): TerraformObject {
    const { kind, settings } = this;
    if (!kind.derive || unknown.size > 0) return {};
    const { region, account } = settings.provider;
    const concealed = this.concealed(this.resource(properties));
    const context = { uin: account.uin ?? "", region };
    const attributes = kind.derive(concealed as never, context) as unknown as Properties;
    const named = this.shape.attributes.filter(({ property }) => attributes[property] !== undefined);
    return Object.fromEntries(
      named.map(({ name, property }) => [name, attributes[property] as TerraformValue]),
    );
  }

  /** What was imported lacks what follows from the configuration; everything else has it, and stays the object that it is. */
  private withDerived(
    proposed: TerraformObject,
    properties: Properties,
    unknown: ReadonlySet<string>,
  ): TerraformObject {
    if (!this.shape.attributes.some(({ name }) => proposed[name] === null)) return proposed;
    const missing = Object.entries(this.derived(properties, unknown)).filter(
      ([name]) => proposed[name] === null,
    );
    return missing.length === 0 ? proposed : { ...proposed, ...Object.fromEntries(missing) };
  }

  private resource(properties: Properties): DrivenResource {
    const { lineage } = this.settings;
    return { address: this.address(properties), kind: this.kind.schema.kind, properties, lineage };
  }

  /** Whatever stands for a secret in the state, where the type has a place for it. */
  private fingerprint(
    properties: Properties,
    unknown: ReadonlySet<string>,
    prior: string | undefined,
  ): TerraformObject {
    if (!this.shape.own.includes(SECRET_FINGERPRINT)) return {};
    const names = secretsIn(properties);
    if (names.length === 0) return { [SECRET_FINGERPRINT]: unknown.size > 0 ? UNKNOWN : null };
    const now = secretFingerprint(names, this.environment, this.address(properties), prior);
    return { [SECRET_FINGERPRINT]: now === prior && unknown.size === 0 ? prior : UNKNOWN };
  }
}

/** What is switched off need not be said, and the platform does not say it. */
function isOff(value: unknown): boolean {
  return value === null || value === undefined || value === false;
}

/** Whether a planned value means what is there: what is not known yet does not. */
function isSame(
  before: Value | undefined,
  planned: TerraformValue | undefined,
  shape: Parameters<typeof fromTerraform>[0],
): boolean {
  if (holdsUnknown(planned)) return false;
  const after = fromTerraform(shape, planned);
  return sameValue(before, after) && isEmpty(before) === isEmpty(after);
}

function textOf(value: TerraformValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
