import type { ResourceElement } from "../cdktf";
import { misfit } from "../model/misfit";
import type { Resolvable } from "../model/resource-schema";
import type { Code, CodeUser } from "./code";
import type { Duration } from "./duration";
import type { IVersion } from "./invocable";
import type { ILayer } from "./layer";
import type { Runtime } from "./runtime";

/**
 * What constructs make of properties whose types are classes of ours. Programs in plain JavaScript, and casts, may give
 * anything instead: that becomes a finding of TYPE, with the construct and its line, and not a crash.
 */

/** Seconds of a length of time. */
export function secondsOf<T>(duration: Duration | undefined, otherwise: T): number | T {
  const given: unknown = duration;
  if (given === undefined || given === null) return otherwise;
  if (typeof (given as Duration).toSeconds === "function") return (given as Duration).toSeconds();
  const example = typeof given === "number" ? given : 10;
  return misfit("a Duration", given, `say the unit: Duration.seconds(${example})`) as unknown as number;
}

/** The plan's form of code; packages are staged on the way. */
export function boundCode(code: Code, element: ResourceElement, user: CodeUser): object {
  const given: unknown = code;
  if (typeof (given as Code | undefined)?.bind === "function") return (given as Code).bind(element, user);
  const folder = typeof given === "string" ? given : "src";
  return misfit("a Code", given, `use Code.fromAsset(${JSON.stringify(folder)})`);
}

/** The layers that a function binds. */
export function boundLayers(layers: readonly ILayer[] | undefined): unknown {
  const given: unknown = layers;
  if (given === undefined || given === null) return undefined;
  const fix = 'use a Layer, or Layer.fromVersion("deps", 1)';
  if (!Array.isArray(given)) return misfit("a list of layers", given, fix);
  return given.map(
    (layer: unknown) => (layer as ILayer | undefined)?.binding ?? misfit("a layer", layer, fix),
  );
}

/** The number of a version, or `$LATEST`. */
export function qualifierOf(version: IVersion): Resolvable<string> {
  const given: unknown = version;
  if (given === undefined || given === null) return given as unknown as string;
  const qualifier = (given as IVersion).qualifier as Resolvable<string> | undefined;
  if (qualifier !== undefined) return qualifier;
  const number = typeof given === "string" || typeof given === "number" ? String(given) : "1";
  const fix = `use ${number === "$LATEST" ? "`latest`" : `version(${JSON.stringify(number)})`} of the function`;
  return misfit("a version", given, fix) as unknown as string;
}

export function runtimeNames(runtimes: readonly Runtime[]): unknown {
  const given: unknown = runtimes;
  if (given === undefined || given === null) return undefined;
  return Array.isArray(given)
    ? given.map(String)
    : misfit("a list of runtimes", given, `write it in brackets: [${String(given as Runtime)}]`);
}
