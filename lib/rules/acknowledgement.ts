/** A warning that the program has taken note of, where it arises. */
export interface Acknowledgement {
  /** Id of the rule whose warning is meant. */
  readonly rule: string;
  /** The construct it was placed on: it covers that construct and everything below; empty means the whole app. */
  readonly address: string;
  readonly reason: string;
}
