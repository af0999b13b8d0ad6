import type { Kind, Live } from "../kinds/kind";
import { sameValue, type Properties, type Value } from "../model/value";
import type { Concealment } from "./concealment";
import type { ChangeReason, PropertyChange } from "./difference";
import { hasFingerprint, maskFingerprints } from "./fingerprint";
import type { WantedResource } from "./resolve";

export interface Comparison {
  readonly changes: readonly PropertyChange[];
  /** Whether the resource is to be replaced, or may turn out to be once everything is known. */
  readonly replace: "no" | "maybe" | "surely";
  /** What is wanted and not recorded, though the platform has it already. */
  readonly noticed: readonly string[];
}

/**
 * Compares what is wanted, recorded and live, property by property.
 *
 * @param doubtful properties that an interrupted operation may have changed: what is recorded of them says nothing
 */
export function compare(
  kind: Kind,
  wanted: WantedResource,
  recorded: Properties,
  live: Live | undefined,
  doubtful: ReadonlySet<string>,
  concealment: Concealment,
): Comparison {
  const suspects = suspectsOf(wanted, recorded, live, doubtful);
  if (suspects.length === 0) return NOTHING_CHANGED;
  const changes: PropertyChange[] = [];
  let replace: Comparison["replace"] = "no";
  const noticed: string[] = [];
  for (const name of suspects) {
    const metadata = kind.schema.metadata[name];
    if (metadata?.checkOnly) continue;
    const property = compareProperty(
      name,
      wanted,
      recorded,
      live,
      doubtful.has(name),
      concealment,
      metadata?.sensitive === true,
    );
    if (property === "record") noticed.push(name);
    if (typeof property === "string") continue;
    const effect = metadata?.immutable || !kind.update ? "replace" : "update";
    if (effect === "replace" && replace !== "surely") {
      replace = wanted.unknown.get(name) === "maybe" ? "maybe" : "surely";
    }
    changes.push({ ...property, effect });
  }
  return { changes, replace, noticed };
}

const NOTHING_CHANGED: Comparison = { changes: [], replace: "no", noticed: [] };

/**
 * The properties that are worth a closer look, sorted: not those that are wanted, recorded and live in one form. Of a
 * large stack that is nearly none.
 */
function suspectsOf(
  { recorded: wanted, unknown }: WantedResource,
  recorded: Properties,
  live: Live | undefined,
  doubtful: ReadonlySet<string>,
): readonly string[] {
  let suspects: string[] | undefined;
  const seen = live?.properties ?? NOTHING;
  for (const name in wanted) {
    if (!agrees(name, wanted, recorded, seen, doubtful)) (suspects ??= []).push(name);
  }
  for (const name in recorded) {
    if (!(name in wanted) && !agrees(name, wanted, recorded, seen, doubtful)) (suspects ??= []).push(name);
  }
  for (const name in seen) {
    if (name in wanted || name in recorded) continue;
    if (!agrees(name, wanted, recorded, seen, doubtful)) (suspects ??= []).push(name);
  }
  if (unknown.size > 0) suspects = [...new Set([...(suspects ?? []), ...unknown.keys()])];
  return suspects?.sort() ?? NONE;
}

const NOTHING: Properties = {};
const NONE: readonly string[] = [];

function agrees(
  name: string,
  wanted: Properties,
  recorded: Properties,
  live: Properties,
  doubtful: ReadonlySet<string>,
): boolean {
  return (
    sameValue(wanted[name], recorded[name]) &&
    (name in live ? sameValue(live[name], recorded[name]) : !doubtful.has(name))
  );
}

function compareProperty(
  name: string,
  wanted: WantedResource,
  recorded: Properties,
  live: Live | undefined,
  doubtful: boolean,
  { fingerprints, secrets }: Concealment,
  isSensitive: boolean,
): Omit<PropertyChange, "effect"> | "same" | "record" {
  const want = wanted.recorded[name];
  const before = recorded[name];
  const unknown = wanted.unknown.has(name);
  const readable = live !== undefined && name in live.properties;
  const liveValue = readable ? (live.properties[name] as Value) : undefined;
  const asRecorded = isSensitive
    ? fingerprints.conceal(liveValue)
    : fingerprints.concealLike(before, liveValue);
  const asWanted = isSensitive ? asRecorded : fingerprints.concealLike(want, liveValue);
  const drifted = readable && !sameValue(before, asRecorded);
  const wantsOther = unknown || !sameValue(want, before);
  if (!unknown) {
    if (readable ? sameValue(want, asWanted) : !wantsOther && !doubtful)
      return wantsOther ? "record" : "same";
  }
  const sensitive = isSensitive || wanted.secret.has(name) || hasFingerprint(want) || hasFingerprint(before);
  const show = (value: Value | undefined): Value | undefined =>
    sensitive
      ? fingerprints.conceal(value)
      : value === undefined
        ? value
        : secrets.conceal(value, fingerprints);
  return {
    name,
    before: show(before),
    after: unknown ? undefined : show(want),
    ...(drifted && liveValue !== undefined ? { live: show(liveValue) as Value } : {}),
    reason: unknown ? "unknown" : reasonFor(want, before, wantsOther, wanted.secret.has(name)),
    sensitive,
  };
}

function reasonFor(
  want: Value | undefined,
  before: Value | undefined,
  wantsOther: boolean,
  secret: boolean,
): ChangeReason {
  if (!wantsOther) return "drift";
  return secret && sameValue(maskFingerprints(want), maskFingerprints(before)) ? "secret" : "config";
}

/** All that is wanted, as changes of something that is not there. */
export function asCreated(
  kind: Kind,
  wanted: WantedResource,
  reason: "config" | "drift",
): readonly PropertyChange[] {
  const names = [...Object.keys(wanted.recorded), ...wanted.unknown.keys()].sort();
  return names.map((name) => {
    const after = wanted.recorded[name];
    const unknown = wanted.unknown.has(name);
    return {
      name,
      before: undefined,
      after,
      reason: unknown ? "unknown" : reason,
      effect: "update",
      sensitive:
        kind.schema.metadata[name]?.sensitive === true || wanted.secret.has(name) || hasFingerprint(after),
    };
  });
}
