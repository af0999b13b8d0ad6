import type { KindName } from "../model/resources";
import { UNKNOWN, type AppModel, type ModelResource, type PropertyName } from "./app-model";
import type { Report, Violation } from "./rule";

/** The finding for a value that another provider gives: it can be checked on deploy only. */
export function notKnownYet(address: string, property: string): Violation {
  return {
    severity: "unchecked",
    message: `\`${property}\` is a value of another provider and not known yet`,
    places: [{ address }],
    fix: "nothing to do now: it is checked again on deploy",
  };
}

/**
 * Calls `check` with every value of a property that is set and known. A value that another provider gives is reported as
 * unchecked; one that the platform computes is right by itself. The value may have any type: programs in plain JavaScript
 * are checked, too.
 */
export function eachValue<K extends KindName>(
  app: AppModel,
  report: Report,
  kind: K,
  property: PropertyName<K>,
  check: (value: unknown, resource: ModelResource<K>) => void,
): void {
  for (const resource of app.ofKind(kind)) {
    const value: unknown = resource.get(property);
    if (value === UNKNOWN) {
      if (app.hasForeignToken(resource.raw(property))) report(notKnownYet(resource.address, property));
    } else if (value !== undefined && value !== null) {
      check(value, resource);
    }
  }
}

/** `eachValue` for properties that hold text. */
export function eachText<K extends KindName>(
  app: AppModel,
  report: Report,
  kind: K,
  property: PropertyName<K>,
  check: (value: string, resource: ModelResource<K>) => void,
): void {
  eachValue(app, report, kind, property, (value, resource) => {
    if (typeof value === "string") check(value, resource);
  });
}

/** `eachValue` for properties that hold a number. */
export function eachNumber<K extends KindName>(
  app: AppModel,
  report: Report,
  kind: K,
  property: PropertyName<K>,
  check: (value: number, resource: ModelResource<K>) => void,
): void {
  eachValue(app, report, kind, property, (value, resource) => {
    // Of what is no number at all, TYPE speaks.
    if (typeof value === "number" && Number.isFinite(value)) check(value, resource);
  });
}
