import type { JournalRecord } from "./journal-record";
import type { StateFold } from "./state-fold";

/** What is stored of one stack. */
export interface Stored {
  /** Whoever asked may change it: nobody else sees that. */
  readonly fold: StateFold;
  /** What people should know before they rely on it. */
  readonly warnings: readonly string[];
}

/** For whom a state is locked. */
export interface LockRequest {
  readonly stack: string;
  /** For whoever finds it locked: `deploy`. */
  readonly purpose: string;
}

/** Where the state of one stack is kept. */
export interface StateStorage {
  /** What is recorded just now, without a lock; undefined when nothing ever was. Damage is never read as "nothing". */
  read(): Stored | undefined;
  /** When anything was recorded last, on the clock of `Date.now`; undefined when nothing ever was. */
  lastWritten(): number | undefined;
  /**
   * Locks the state for one run.
   *
   * @throws ScfError `STATE_LOCKED` when another run holds the lock
   */
  lock(request: LockRequest): LockedState;
}

/** A stored state in the hand of the one run that may write it. */
export interface LockedState {
  /** What was there when the lock was taken; undefined when nothing ever was recorded. */
  readonly stored: Stored | undefined;
  /** What people should know: of what is stored, and of how the lock was got. */
  readonly warnings: readonly string[];
  /** @throws ScfError `LOCK_LOST` when another run has taken the lock over */
  check(): void;
  /**
   * Begins what one run records.
   *
   * @param fold what there is before its first record
   * @returns the epoch of its records
   */
  begin(fold: StateFold): number;
  /** Resolves when the record is durable. To be called after `begin`. */
  append(record: JournalRecord): Promise<void>;
  /**
   * Folds what this run has recorded into what there was before: what comes next begins anew.
   *
   * @returns false when another run has got there first: everything stays as it is
   */
  compact(fold: StateFold): Promise<boolean>;
  /** Waits for what is being written, and gives the lock back. */
  close(): Promise<void>;
}
