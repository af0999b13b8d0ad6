import { resourceSchemas } from "../model/resources";
import type { PropertyMetadata } from "../model/resource-schema";
import type { Origin, SourceLocation } from "./finding";

/** A value of a construct that its own program does not write. */
export interface GivenValue {
  /** The construct that has got it. */
  readonly address: string;
  /** As programs call it: `memory`, `name`, `tags.team`. */
  readonly property: string;
  /** As JSON holds it; of what JSON cannot hold, what it is. */
  readonly value: unknown;
  readonly by: Origin["by"];
  /** Where it was set, when that is known. */
  readonly locate: () => SourceLocation | undefined;
}

/** The same with its place, as the report has it. */
export interface ReportedValue extends Omit<GivenValue, "locate"> {
  readonly location?: SourceLocation;
}

export function reportedValue({ locate, ...given }: GivenValue): ReportedValue {
  const location = locate();
  const value = sensitiveProperties().has(given.property) ? "not shown" : given.value;
  return { ...given, value, ...(location ? { location } : {}) };
}

let secrets: ReadonlySet<string> | undefined;

/** Properties whose values may hold secrets. */
function sensitiveProperties(): ReadonlySet<string> {
  return (secrets ??= new Set(
    Object.values(resourceSchemas).flatMap(({ metadata }) =>
      Object.entries(metadata as Readonly<Record<string, PropertyMetadata>>).flatMap(
        ([name, { sensitive }]) => (sensitive ? [name] : []),
      ),
    ),
  ));
}

/** What values are called in plans where programs call them otherwise. */
const namesInPlans: Readonly<Record<string, readonly string[]>> = {
  acceleration: ["code"],
  asyncInvocation: ["retryAttempts", "maximumEventAge"],
  command: ["code"],
  concurrencyMb: ["totalMb"],
  entryPoint: ["code"],
  fileSystems: ["fileSystems", "surroundings"],
  logTopic: ["logTopic", "surroundings"],
  name: ["functionName", "layerName", "roleName", "policyName", "name"],
  port: ["code"],
  sessionPersistence: ["sessionExpireSeconds"],
  vpc: ["vpc", "surroundings"],
  webSocket: ["webSocket", "webSocketIdleTimeout"],
};

/** The properties of a plan that a value becomes. */
export function propertiesOf({ property }: GivenValue): readonly string[] {
  const [name = ""] = property.split(".", 1);
  return namesInPlans[name] ?? [name];
}

/** A value of a program as JSON holds it; of what JSON cannot hold, what it is. */
export function reportable(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "a function" : value;
  const { toSeconds } = value as { readonly toSeconds?: () => number };
  if (typeof toSeconds === "function") return toSeconds.call(value);
  if (Array.isArray(value)) return value.map(reportable);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `a ${value.constructor.name}`;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reportable(item)]));
}
