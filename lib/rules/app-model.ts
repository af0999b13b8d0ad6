import type { PackageContents } from "../model/package-contents";
import type { Plan, PlannedResource } from "../model/plan";
import { defaultQuotas, type Quotas } from "../model/quotas";
import type { KindName, resourceSchemas } from "../model/resources";
import type { PropertiesOf } from "../model/resource-schema";
import { isConcrete, isReference, isSymbolic, type Value } from "../model/value";

/** Marks a value that only the platform or another provider will give. */
export const UNKNOWN = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** A resource as rules see it: with typed access to what is known of each property. */
export class ModelResource<K extends KindName = KindName> {
  constructor(
    readonly app: AppModel,
    readonly plan: Plan,
    readonly planned: PlannedResource,
  ) {}

  get address(): string {
    return this.planned.address;
  }
  get kind(): K {
    return this.planned.kind as K;
  }
  get region(): string {
    return this.plan.provider.region;
  }
  get quotas(): Quotas {
    return { ...defaultQuotas, ...this.plan.provider.quotas };
  }

  /** The value as it stands in the plan, symbolic parts included. */
  raw(name: PropertyName<K>): Value | undefined {
    return this.planned.properties[name];
  }

  /** The value with references followed; UNKNOWN when any part of it is not known at synthesis; undefined when unset. */
  get<N extends PropertyName<K>>(
    name: N,
  ): PropertiesOf<(typeof resourceSchemas)[K]>[N] | undefined | Unknown {
    const value = this.app.follow(this.raw(name));
    return value as PropertiesOf<(typeof resourceSchemas)[K]>[N] | undefined | Unknown;
  }

  /** The resource that a property refers to, if it is a reference into the app. */
  target(name: PropertyName<K>): ModelResource | undefined {
    return this.app.targetOf(this.raw(name));
  }
}

type PropertyName<K extends KindName> = keyof PropertiesOf<(typeof resourceSchemas)[K]> & string;

/** All stacks of an app at once, indexed for the rules. */
export class AppModel {
  readonly resources: readonly ModelResource[];
  private readonly byAddress = new Map<string, ModelResource>();
  private readonly byKind = new Map<string, ModelResource[]>();

  constructor(
    readonly plans: readonly Plan[],
    /** What is inside the packages, by hash; a package that could not be opened is absent. */
    readonly packages: ReadonlyMap<string, PackageContents> = new Map(),
  ) {
    this.resources = plans.flatMap((plan) =>
      plan.resources.map((planned) => new ModelResource(this, plan, planned)),
    );
    for (const resource of this.resources) {
      this.byAddress.set(resource.address, resource);
      const sameKind = this.byKind.get(resource.kind);
      if (sameKind) sameKind.push(resource);
      else this.byKind.set(resource.kind, [resource]);
    }
  }

  ofKind<K extends KindName>(kind: K): readonly ModelResource<K>[] {
    return (this.byKind.get(kind) ?? []) as unknown as readonly ModelResource<K>[];
  }

  at(address: string): ModelResource | undefined {
    return this.byAddress.get(address);
  }

  targetOf(value: Value | undefined): ModelResource | undefined {
    return isReference(value) ? this.byAddress.get(value.$ref.address) : undefined;
  }

  /** Follows references to properties; a computed attribute, a secret or a foreign token anywhere makes it UNKNOWN. */
  follow(value: Value | undefined): unknown {
    if (isConcrete(value)) return value;
    if (isReference(value)) {
      const target = this.targetOf(value);
      const property = target?.planned.properties[value.$ref.attribute];
      return property === undefined ? UNKNOWN : this.follow(property);
    }
    if (isSymbolic(value)) {
      if (!("$join" in value)) return UNKNOWN;
      const parts = value.$join.map((part) => this.follow(part));
      return parts.includes(UNKNOWN) ? UNKNOWN : parts.join("");
    }
    if (Array.isArray(value)) {
      const items = value.map((item: Value) => this.follow(item));
      return items.includes(UNKNOWN) ? UNKNOWN : items;
    }
    const entries = Object.entries(value as Record<string, Value>).map(
      ([key, item]) => [key, this.follow(item)] as const,
    );
    return entries.some(([, item]) => item === UNKNOWN) ? UNKNOWN : Object.fromEntries(entries);
  }
}
