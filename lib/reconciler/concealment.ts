import type { Properties } from "../model/value";
import type { Fingerprints } from "./fingerprint";
import type { Secrets } from "./secrets";

/** What keeps the secrets of one state out of everything that is recorded or shown. */
export interface Concealment {
  readonly fingerprints: Fingerprints;
  readonly secrets: Secrets;
}

/** The attributes with a fingerprint for every text that holds a secret. */
export function concealAll(attributes: Properties, { fingerprints, secrets }: Concealment): Properties {
  return secrets.conceal(attributes, fingerprints) as Properties;
}
