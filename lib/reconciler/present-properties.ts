import type { Kind, Live } from "../kinds/kind";
import { sameValue, type Properties, type Value } from "../model/value";
import type { Concealment } from "./concealment";

/** Which of the intended properties a live object certainly has, in recorded form. */
export function presentProperties(
  kind: Kind,
  intended: Properties,
  live: Live,
  { fingerprints, secrets }: Concealment,
): Properties {
  const present: Record<string, Value> = {};
  for (const name of new Set([...Object.keys(intended), ...Object.keys(live.properties)])) {
    const metadata = kind.schema.metadata[name];
    const intent = intended[name];
    if (!(name in live.properties)) {
      // Nothing could be done about a property that can neither be read nor changed.
      if (intent !== undefined && (metadata?.immutable || !kind.update)) present[name] = intent;
      continue;
    }
    const value = live.properties[name] as Value;
    const concealed = metadata?.sensitive
      ? fingerprints.conceal(value)
      : fingerprints.concealLike(intent, value);
    const recorded = sameValue(intent, concealed)
      ? intent
      : secrets.conceal(concealed as Value, fingerprints);
    if (recorded !== undefined) present[name] = recorded;
  }
  return present;
}
