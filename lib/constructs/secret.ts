import type { SecretReference } from "../model/value";

/**
 * A value that must not be seen: the plan names where it comes from, state holds a salted fingerprint, and nothing ever
 * shows it.
 */
export class Secret {
  /** Read from an environment variable of whoever deploys. */
  static fromEnvironment(name: string): Secret {
    return new Secret(name);
  }

  readonly $secret: SecretReference["$secret"];

  private constructor(environment: string) {
    this.$secret = { environment };
  }
}
