import { isSymbolic, type Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { functionIdentity, functionName, functionOf } from "./identity";
import { groupBy, perApp } from "./per-app";

/** What is reserved and provisioned, as far as it is known. */

export type Reservation = ModelResource<"scf_reserved_concurrency">;
export type Provisioned = ModelResource<"scf_provisioned_concurrency">;
/** What starts instances of a version: a setting of its own, or an alias that releases versions with theirs. */
export type Starting = Provisioned | ModelResource<"scf_alias">;

/** The version whose instances are started. */
export function startedVersion(resource: Starting): Value | undefined {
  return resource.is("scf_alias") ? resource.raw("version") : (resource as Provisioned).raw("qualifier");
}

/** Memory in MB: UNKNOWN while another provider gives it, undefined when nothing is known or it is no memory. */
type Memory = number | typeof UNKNOWN | undefined;

function memoryIn(value: unknown): Memory {
  if (value === UNKNOWN) return UNKNOWN;
  return typeof value === "number" && value > 0 ? value : undefined;
}

/** The present memory of the function that a reservation or a setting belongs to, when the app declares it. */
export function functionMemory(resource: Reservation | Starting): Memory {
  return memoryIn(functionOf(resource)?.get("memory"));
}

/**
 * Memory of one instance of a version. A version that the app publishes has the function's. One that was published before
 * may have had another: the program can say which, and otherwise the function's present one is the best that is known.
 */
export function versionMemory(resource: Starting): Memory {
  const said = resource.is("scf_alias") ? undefined : memoryIn((resource as Provisioned).get("memory"));
  return said ?? functionMemory(resource);
}

/** Whether the version may have been published with another memory than it is counted with. */
export function isMemoryAssumed(resource: Starting): boolean {
  const said = resource.is("scf_alias") ? undefined : (resource as Provisioned).raw("memory");
  return said === undefined && !resource.app.targetOfKind(startedVersion(resource), "scf_version");
}

/** Parts of an object that a program gives, with references followed; undefined for what is no object. */
export interface Parts {
  part(name: string): unknown;
  raw(name: string): Value | undefined;
  has(name: string): boolean;
}

export function partsOf(app: AppModel, value: Value | undefined): Parts | undefined {
  const given = app.dereference(value);
  if (typeof given !== "object" || given === null || Array.isArray(given) || isSymbolic(given))
    return undefined;
  const object = given as { readonly [name: string]: Value };
  const raw = (name: string): Value | undefined => (Object.hasOwn(object, name) ? object[name] : undefined);
  return {
    raw,
    part: (name) => app.follow(raw(name)),
    has: (name) => raw(name) !== undefined && raw(name) !== null,
  };
}

/** Items of a list that a program gives. */
export function itemsOf(app: AppModel, value: Value | undefined): readonly Value[] {
  const given = app.dereference(value);
  return Array.isArray(given) ? (given as readonly Value[]) : [];
}

const provisioningByResource = perApp(
  (app: AppModel) =>
    new Map(
      app
        .ofKind("scf_provisioned_concurrency")
        .map((resource) => [resource, partsOf(app, resource.raw("provisioning"))] as const),
    ),
);

/** The setting itself; undefined when it is no object that could be looked into. */
export function provisioningOf(resource: Provisioned): Parts | undefined {
  return provisioningByResource(resource.app).get(resource);
}

export interface Action {
  readonly position: number;
  readonly parts: Parts;
}

/** The scheduled actions of a setting. */
export function actionsOf(resource: Provisioned): readonly Action[] {
  const { app } = resource;
  return itemsOf(app, provisioningOf(resource)?.raw("actions")).flatMap((value, position) => {
    const parts = partsOf(app, value);
    return parts ? [{ position, parts }] : [];
  });
}

/** Whether the setting is a dynamic one, also where a program in plain JavaScript says so by its parts alone. */
export function isDynamic(parts: Parts): boolean {
  return parts.part("type") === "dynamic";
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && Number.isFinite(value) ? value : undefined;
}

export interface Amounts {
  /** Instances that certainly count against the region's quota. */
  readonly certain: number | undefined;
  /** The most that there are at any time. */
  readonly most: number | undefined;
}

/** How many instances a setting takes: a dynamic one as many as it may grow to. */
export function amountsOf(resource: Starting): Amounts {
  if (resource.is("scf_alias")) {
    const instances = count(resource.get("provisioned"));
    return { certain: instances, most: instances };
  }
  const parts = provisioningOf(resource as Provisioned);
  if (!parts) return { certain: undefined, most: undefined };
  if (isDynamic(parts)) {
    const maximum = count(parts.part("maximum"));
    return { certain: maximum, most: maximum };
  }
  const base = count(parts.part("instances"));
  const targets = actionsOf(resource as Provisioned).map(
    (action) => count(action.parts.part("instances")) ?? 0,
  );
  return { certain: base, most: base === undefined ? undefined : Math.max(base, ...targets) };
}

/** `orders:3`, `the newest version of orders`. */
export function provisionedName(resource: Starting): string {
  const name = functionName(resource) ?? "a function";
  const qualifier: unknown = resource.app.follow(startedVersion(resource));
  return typeof qualifier === "string" ? `${name}:${qualifier}` : `the newest version of ${name}`;
}

const reservations = perApp((app: AppModel) =>
  groupBy(app.ofKind("scf_reserved_concurrency"), functionIdentity),
);

/** What is reserved for the function of a setting. */
export function reservationOf(resource: Starting): Reservation | undefined {
  return reservations(resource.app).get(functionIdentity(resource))?.[0];
}
