import type { Surroundings } from "../model/resources/function";
import { isEmpty, isSymbolic, type Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { identityOf } from "./identity";
import type { Report } from "./rule";
import { notKnownYet } from "./unchecked";

/** What the program says of the network, the file systems and the registries around a function. */

/** A part as it stands in the plan; one that is not known as a whole stands for each of its parts. */
export function rawSurrounding(
  resource: ModelResource<"scf_function">,
  part: keyof Surroundings,
): Value | undefined {
  return partOf(resource.app, resource.raw("surroundings"), part);
}

/** A part that is known; what another provider gives is reported as unchecked. */
export function surrounding(
  resource: ModelResource<"scf_function">,
  part: keyof Surroundings,
  report: Report,
): unknown {
  const raw = rawSurrounding(resource, part);
  const value = resource.app.follow(raw);
  if (value !== UNKNOWN) return value ?? undefined;
  if (resource.app.hasForeignToken(raw)) report(notKnownYet(resource.address, part));
  return undefined;
}

/** One part of an object of the plan, with references followed; undefined where there is none. */
export function partOf(app: AppModel, value: Value | undefined, part: string): Value | undefined {
  const whole = app.dereference(value);
  if (isSymbolic(whole)) return whole;
  if (typeof whole !== "object" || whole === null || !Object.hasOwn(whole, part)) return undefined;
  return (whole as { readonly [key: string]: Value })[part];
}

/** Whether two values are the same; unknown where another provider gives one, and nothing says that they are alike. */
export function compared(
  resource: ModelResource<"scf_function">,
  left: Value | undefined,
  right: Value | undefined,
): "same" | "different" | "unknown" | "undecided" {
  const { app } = resource;
  if (isEmpty(left) || isEmpty(right)) return "undecided";
  if (identityOf(resource, left) === identityOf(resource, right)) return "same";
  if (app.follow(left) !== UNKNOWN && app.follow(right) !== UNKNOWN) return "different";
  return app.hasForeignToken(left) || app.hasForeignToken(right) ? "unknown" : "undecided";
}
