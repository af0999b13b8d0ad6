import type { Value } from "../model/value";
import type { OperationName } from "./events";
import type { NewEntry } from "./journal-record";
import type { Targets } from "./targets";

/** Why a property is to be changed. */
export type ChangeReason =
  /** The program says something else than what is recorded. */
  | "config"
  /** The platform says something else than what is recorded: it was changed elsewhere. */
  | "drift"
  /** The wanted value is known only once another operation is done. */
  | "unknown"
  /** A secret has another value than the one that was sent last. */
  | "secret";

/** What is going to happen to one property, and why. */
export interface PropertyChange {
  readonly name: string;
  /** Recorded value; secrets are fingerprints. */
  readonly before: Value | undefined;
  /** Wanted value; undefined when it is not known yet (`reason` is then `unknown`) or when the property goes away. */
  readonly after: Value | undefined;
  /** What the platform reports, where that differs from what is recorded. */
  readonly live?: Value;
  readonly reason: ChangeReason;
  readonly effect: "update" | "replace";
  /** Values must not be shown. */
  readonly sensitive: boolean;
}

/** What is going to happen to one resource, and why. */
export interface Change {
  readonly address: string;
  readonly kind: string;
  /** For people: "function", "listener". */
  readonly title: string;
  /** Natural key: `default/orders`; the part that is not known yet is `…`. */
  readonly identity: string;
  readonly operation: OperationName;
  /** One sentence when the operation has another cause than its properties: deleted elsewhere, left by an interrupted run. */
  readonly cause?: string;
  /** Whether it is needed turns out only when the values that it waits for are known. */
  readonly tentative?: boolean;
  /** The platform failed to make or change it: the operation repairs it, whatever its properties are. */
  readonly repairs?: boolean;
  /** Somebody else's object stands where ours was, with this mark or none: it is left alone, and the operation fails. */
  readonly stranger?: { readonly owner?: string };
  /** A replacement that cannot stand beside what it replaces. */
  readonly deletesFirst?: boolean;
  readonly properties: readonly PropertyChange[];
  /** What is done one after the other, where the operation has several steps. */
  readonly steps?: readonly string[];
  /** Addresses whose operation comes first. */
  readonly after: readonly string[];
}

/** An object that is no longer managed and stays: its resource said so, and has left the program or is to be destroyed. */
export type Retained = Pick<Change, "address" | "kind" | "title" | "identity">;

/** A value that the plan takes from outside of its stack. */
export type Input = (
  | { readonly environment: string }
  /** A property or attribute of another stack's resource. */
  | { readonly address: string; readonly attribute: string }
) & {
  /** Tells whether it is still the same. */
  readonly fingerprint: string;
};

export interface OutputChange {
  readonly name: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  readonly sensitive: boolean;
}

/** Everything that deploying would do to one stack, in the order in which it would start. */
export interface Difference {
  readonly stack: string;
  /** The state that was compared: applying to a later one is refused. */
  readonly lineage: string;
  readonly serial: number;
  /** The last record of that state: runs that record anything at all make it another one. */
  readonly sequence: number;
  /** Hash of the plan that was compared; undefined when everything is to be removed. */
  readonly planHash: string | undefined;
  /** Salt of the fingerprints in it: a state that it is the first of gets this one. */
  readonly salt: string;
  /** What the plan took from elsewhere: with other values it is another difference. */
  readonly inputs: readonly Input[];
  readonly destroy: boolean;
  /** What it is limited to: everything else was not looked at, and stays. Absent when it is about the whole stack. */
  readonly targets?: Targets;
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly retained: readonly Retained[];
  readonly outputs: readonly OutputChange[];
  /** What people should know before they agree. */
  readonly warnings: readonly string[];
  /** What is to be recorded without any operation: moves, edges, values that the platform has already. */
  readonly notes: readonly NewEntry[];
  /** Addresses of which an interrupted create's object was found: applying takes over these and no others. */
  readonly adopted: readonly string[];
}

/** Whether applying would do anything at all. */
export function hasChanges({ changes, outputs, retained }: Difference): boolean {
  return changes.length > 0 || outputs.length > 0 || retained.length > 0;
}
