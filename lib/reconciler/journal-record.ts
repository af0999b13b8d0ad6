import type { PlannedProvider } from "../model/plan";
import type { Properties } from "../model/value";
import type {
  RecordedLifecycle,
  RecordedOutput,
  RecordedResource,
  TerraformMove,
  UnfinishedOperation,
} from "./state";

/** What one record says. Resources are named by address and generation, never by position. */
type JournalEntry =
  | {
      readonly type: "run";
      /** Absent in format 1. */
      readonly formatVersion?: number;
      /** The version of cdktf-scf that writes it. */
      readonly tool?: string;
      readonly lineage: string;
      readonly serial: number;
      readonly stack: string;
      readonly purpose: string;
      readonly provider: PlannedProvider;
    }
  /** Durable before the operation's first call. */
  | ({ readonly type: "begin"; readonly address: string } & Omit<
      UnfinishedOperation,
      "attributes" | "doubtful"
    >)
  /** Ids that the platform minted; durable before the operation's next call. */
  | {
      readonly type: "attributes";
      readonly address: string;
      readonly generation: number;
      readonly attributes: Properties;
    }
  /** An object that an interrupted create left: it is recorded, and what its create still lacks is an update. */
  | ({
      readonly type: "adopt";
      readonly address: string;
      /** What is known to be there; the properties the create was begun with stay with the unfinished operation. */
      readonly present: Properties;
      readonly keepsPrevious: boolean;
    } & Omit<UnfinishedOperation, "operation">)
  | ({
      readonly type: "end";
      readonly address: string;
      /** The generation before stays on the platform until nothing refers to it any more. */
      readonly keepsPrevious: boolean;
    } & UnfinishedOperation)
  /** The end of an operation that failed. With `effect` it may have changed something, and stays unfinished. */
  | {
      readonly type: "failed";
      readonly address: string;
      readonly generation: number;
      readonly effect: boolean;
    }
  /** What changed without a call: edges, what the program says of its life, or a value that the platform has already. */
  | {
      readonly type: "record";
      readonly address: string;
      readonly generation: number;
      readonly properties: Properties;
      readonly attributes: Properties;
      readonly dependencies: readonly string[];
      readonly lifecycle?: RecordedLifecycle;
    }
  /** An object that exists and that nobody here has made comes under management. */
  | ({ readonly type: "import"; readonly address: string } & RecordedResource)
  /**
   * What is recorded of one generation is dropped, and the object left alone: it is gone, or somebody else looks after it
   * from now on.
   */
  | { readonly type: "forget"; readonly address: string; readonly generation: number }
  /** The construct of an object has another path now. */
  | { readonly type: "move"; readonly from: string; readonly to: string }
  /** A step of a move to Terraform's state or back; `none` ends one. What has left is recorded here no more. */
  | { readonly type: "terraform"; readonly move: TerraformMove | "none" }
  /** What comes out of Terraform's state, in one record: all of it or nothing. It is newer than what is recorded. */
  | {
      readonly type: "arrival";
      readonly resources: { readonly [address: string]: RecordedResource };
      readonly outputs: { readonly [name: string]: RecordedOutput };
    }
  | { readonly type: "outputs"; readonly outputs: { readonly [name: string]: RecordedOutput } };

export type JournalRecord = JournalEntry & {
  /** Counts all records of a state, compacted ones included: order rests on it, never on a clock. */
  readonly sequence: number;
  /** Of the lock under which it was written. */
  readonly epoch: number;
};

type Distribute<T> = T extends unknown ? Omit<T, "sequence" | "epoch"> : never;

/** A record before it is written. */
export type NewEntry = Distribute<JournalEntry>;

const types: { readonly [type in JournalEntry["type"]]: true } = {
  run: true,
  begin: true,
  attributes: true,
  adopt: true,
  end: true,
  failed: true,
  record: true,
  import: true,
  forget: true,
  move: true,
  terraform: true,
  arrival: true,
  outputs: true,
};

/** A type that is none of these comes from a newer tool. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(types, type);
}
