import type { Properties } from "../model/value";
import { Fingerprints } from "./fingerprint";
import { Secrets } from "./secrets";

/** What keeps the secrets of one state out of everything that is recorded or shown. */
export interface Concealment {
  readonly fingerprints: Fingerprints;
  readonly secrets: Secrets;
}

/**
 * The concealment of a state for those who have no session.
 *
 * @param salt of the state's fingerprints
 * @param environment secrets are read from it
 */
export function concealmentOf(
  salt: string,
  environment: Readonly<Record<string, string | undefined>>,
): Concealment {
  return { fingerprints: new Fingerprints(salt), secrets: new Secrets(environment) };
}

/** The attributes with a fingerprint for every text that holds a secret. */
export function concealAll(attributes: Properties, { fingerprints, secrets }: Concealment): Properties {
  return secrets.conceal(attributes, fingerprints) as Properties;
}
