import type { PackageContents } from "../model/package-contents";
import type { Plan, PlannedResource } from "../model/plan";
import { effectiveQuotas, type Quotas } from "../model/quotas";
import type { KindName, resourceSchemas } from "../model/resources";
import type { PropertiesOf } from "../model/resource-schema";
import { isForeignToken, isJoin, isReference, isSymbolic, type Properties, type Value } from "../model/value";
import type { PlacedBudget } from "./budget";

/** Marks a value that only the platform or another provider will give. */
export const UNKNOWN = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** References that lead through more properties than this lead in a circle. */
const LONGEST_CHAIN = 32;

/** A resource as rules see it: with typed access to what is known of each property. */
export class ModelResource<K extends KindName = KindName> {
  /** What `perResource` keeps, by its slots. */
  memory: unknown[] | undefined;
  /** Every rule reads some of them. */
  private readonly properties: Properties;

  constructor(
    readonly app: AppModel,
    readonly plan: Plan,
    readonly planned: PlannedResource,
  ) {
    this.properties = planned.properties;
  }

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
    return this.app.quotasOf(this.plan);
  }

  /** The value as it stands in the plan, symbolic parts included. */
  raw(name: PropertyName<K>): Value | undefined {
    return this.properties[name];
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

  /** The resource of a kind that a property refers to, also by way of other resources' properties. */
  targetOfKind<T extends KindName>(name: PropertyName<K>, kind: T): ModelResource<T> | undefined {
    return this.app.targetOfKind(this.raw(name), kind);
  }

  is<Other extends KindName>(kind: Other): this is ModelResource<Other> {
    return this.planned.kind === kind;
  }
}

export type PropertyName<K extends KindName> = keyof PropertiesOf<(typeof resourceSchemas)[K]> & string;

/** All stacks of an app at once, indexed for the rules. */
export class AppModel {
  readonly resources: readonly ModelResource[];
  private readonly byAddress = new Map<string, ModelResource>();
  private readonly byKind = new Map<string, ModelResource[]>();
  private readonly quotas = new Map<Plan, Quotas>();

  constructor(
    readonly plans: readonly Plan[],
    /** What is inside the packages, by hash; a package that could not be opened is absent. */
    readonly packages: ReadonlyMap<string, PackageContents> = new Map(),
    /**
     * When the snapshot of the account was taken that a stack's plan counts with, by stack. No part of the plans: a snapshot
     * that was taken again and says the same makes no other plan.
     */
    readonly snapshotTimes: ReadonlyMap<string, string> = new Map(),
    /** What teams may use, as the program says. No part of the plans: a budget may hold for several stacks. */
    readonly budgets: readonly PlacedBudget[] = [],
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
    return isReference(value) ? this.byAddress.get(value.$ref?.address) : undefined;
  }

  /** The first resource of a kind that a chain of references leads through. */
  targetOfKind<K extends KindName>(value: Value | undefined, kind: K): ModelResource<K> | undefined {
    let end = value;
    for (let step = 0; step < LONGEST_CHAIN && isReference(end); step++) {
      const target = this.targetOf(end);
      if (target?.is(kind)) return target;
      end = target?.planned.properties[end.$ref.attribute];
    }
    return undefined;
  }

  /**
   * The value in the plan at the end of a chain of references to properties; a reference to what only the platform
   * computes is that end.
   */
  dereference(value: Value | undefined): Value | undefined {
    let end = value;
    for (let step = 0; step < LONGEST_CHAIN && isReference(end); step++) {
      const property = this.targetOf(end)?.planned.properties[end.$ref.attribute];
      if (property === undefined) break;
      end = property;
    }
    return end;
  }

  /** The quotas that hold for a stack. */
  quotasOf(plan: Plan): Quotas {
    let quotas = this.quotas.get(plan);
    if (!quotas) this.quotas.set(plan, (quotas = effectiveQuotas(plan.provider)));
    return quotas;
  }

  /** Follows references to properties; a computed attribute, a secret or a foreign token anywhere makes it UNKNOWN. */
  follow(value: Value | undefined, depth = 0): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (depth > LONGEST_CHAIN) return UNKNOWN;
    return this.followObject(value, depth);
  }

  private followObject(value: Value & object, depth: number): unknown {
    if (isReference(value)) {
      const end = this.dereference(value);
      return isReference(end) ? UNKNOWN : this.follow(end, depth + 1);
    }
    if (Array.isArray(value)) return this.followItems(value as readonly Value[], depth);
    if (isSymbolic(value)) {
      if (!isJoin(value) || !Array.isArray(value.$join)) return UNKNOWN;
      const parts = this.followItems(value.$join, depth);
      return parts === UNKNOWN ? UNKNOWN : (parts as readonly unknown[]).join("");
    }
    const fields = value as { readonly [key: string]: Value };
    // An object without a prototype cannot be made into text.
    let followed = Object.getPrototypeOf(fields) === null ? copyOf(fields) : undefined;
    for (const key of Object.keys(fields)) {
      const item = fields[key];
      const known = this.follow(item, depth + 1);
      if (known === UNKNOWN) return UNKNOWN;
      if (known !== item) (followed ??= copyOf(fields))[key] = known;
    }
    return followed ?? value;
  }

  /** The list itself where nothing in it refers to anything. */
  private followItems(items: readonly Value[], depth: number): readonly unknown[] | Unknown {
    let followed: unknown[] | undefined;
    for (let index = 0; index < items.length; index++) {
      const known = this.follow(items[index], depth + 1);
      if (known === UNKNOWN) return UNKNOWN;
      if (known !== items[index]) (followed ??= [...items])[index] = known;
    }
    return followed ?? items;
  }

  /** Whether another provider gives a part of the value, so that it can be checked on deploy only. */
  hasForeignToken(value: Value | undefined, depth = 0): boolean {
    if (typeof value !== "object" || value === null || depth > LONGEST_CHAIN) return false;
    if (isForeignToken(value)) return true;
    if (isReference(value)) {
      const end = this.dereference(value);
      return !isReference(end) && this.hasForeignToken(end, depth + 1);
    }
    const parts: readonly Value[] = Array.isArray(value) ? value : Object.values(value);
    return parts.some((part) => this.hasForeignToken(part, depth + 1));
  }
}

/** A copy whose keys are only keys: `__proto__` among them, too. */
function copyOf(fields: { readonly [key: string]: Value }): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields));
}
