import type { PlannedProvider } from "../model/plan";
import type { Properties, Value } from "../model/value";

export const STATE_FORMAT = "cdktf-scf/state";
/** Changes when a tool of the version before would misread what is written: with every new type of record, too. */
export const STATE_VERSION = 3;

export interface RecordedResource {
  readonly kind: string;
  /** Counts the objects that this address has had: a replacement is the next one. */
  readonly generation: number;
  /** What was last sent, with secrets as fingerprints. */
  readonly properties: Properties;
  /** What the platform computed. */
  readonly attributes: Properties;
  /** Addresses it refers to: deletes run the other way round. */
  readonly dependencies: readonly string[];
  /** The address that its mark of ownership names, where the construct has another path now. */
  readonly markedAs?: string;
  /** The mark that it carries, where that is none of ours: it was imported, and its kind has no call that writes one. Empty for no mark. */
  readonly carries?: string;
  readonly lifecycle?: RecordedLifecycle;
}

/** What the program said of an object's life when it was deployed last: it holds when the construct is gone, too. */
export interface RecordedLifecycle {
  readonly protect?: boolean;
  readonly retain?: boolean;
}

/**
 * How far the resources of a stack are on their way to Terraform's state or back.
 *
 * - `leaving`: they are recorded here, and may be in Terraform's state already.
 * - `left`: they are in Terraform's state only.
 * - `coming`: they are recorded here, and may still be in Terraform's state.
 */
export type TerraformMove = "leaving" | "left" | "coming";

/** Where the resources are. */
export interface RecordedProvider extends PlannedProvider {
  /** The account that the credentials belonged to, where the platform told. */
  readonly accountId?: string;
}

export interface RecordedOutput {
  /** A fingerprint when sensitive. */
  readonly value: Value;
  readonly sensitive: boolean;
}

/** All that is recorded of one stack. */
export interface State {
  readonly format: typeof STATE_FORMAT;
  readonly formatVersion: typeof STATE_VERSION;
  /** Made once, when the first run starts: two states with different lineages have nothing to do with each other. */
  readonly lineage: string;
  /** Grows with every run that records anything. */
  readonly serial: number;
  /** Salt of the fingerprints of secrets. */
  readonly salt: string;
  readonly stack: string;
  /** Where the resources are, so that they can be destroyed when the program is gone. */
  readonly provider: RecordedProvider;
  readonly resources: { readonly [address: string]: RecordedResource };
  /** Operations that were begun and have not ended: their outcome is to be found out. */
  readonly unfinished: { readonly [address: string]: UnfinishedOperation };
  /** Replaced generations that are still on the platform, by `address#generation`: the next run deletes them. */
  readonly leftovers?: { readonly [key: string]: Leftover };
  readonly outputs: { readonly [name: string]: RecordedOutput };
  /** Absent where Terraform has nothing to do with them. */
  readonly terraform?: TerraformMove;
}

export interface Leftover extends RecordedResource {
  readonly address: string;
}

export interface UnfinishedOperation {
  readonly operation: "create" | "update" | "delete";
  readonly kind: string;
  readonly generation: number;
  readonly properties: Properties;
  /** Ids that were made durable before it was cut off. */
  readonly attributes: Properties;
  readonly dependencies: readonly string[];
  /** Properties that operations before this one may have changed: they were begun as well and have not ended. */
  readonly doubtful?: readonly string[];
  /** The address that the mark of what it makes names, where the construct has another path now. */
  readonly markedAs?: string;
  readonly lifecycle?: RecordedLifecycle;
}
