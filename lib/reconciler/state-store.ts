import { randomBytes, randomUUID } from "crypto";
import type { PlannedProvider } from "../model/plan";
import type { Difference } from "./difference";
import type { JournalRecord, NewEntry } from "./journal-record";
import { STATE_VERSION } from "./state";
import { StateFold } from "./state-fold";
import type { LockedState, LockRequest, StateStorage } from "./state-storage";
import { toolVersion } from "./tool-version";

/** Fingerprints and marks of a stack that has no state yet. */
export interface NewState {
  readonly lineage: string;
  readonly salt: string;
}

export function newState(): NewState {
  return { lineage: randomUUID(), salt: randomBytes(32).toString("hex") };
}

interface StoreOptions extends LockRequest {
  readonly storage: StateStorage;
  readonly fresh: NewState;
  /** Where calls go; throws when that does not fit what is recorded. */
  readonly providerFor: (stored: StateFold | undefined) => PlannedProvider;
  /** Told of every record that could not be made durable. */
  readonly onUnrecorded?: (entry: NewEntry, error: Error) => void;
}

/** The state of one stack while a run holds its lock. Nothing is written before the first record. */
export class StateStore {
  readonly fold: StateFold;
  readonly warnings: readonly string[];
  private readonly provider: PlannedProvider;
  /** Of the records that are being written; undefined when there are none yet. */
  private epoch: number | undefined;

  private constructor(
    private readonly options: StoreOptions,
    private readonly locked: LockedState,
  ) {
    const { fresh, stack, providerFor } = options;
    const fold = locked.stored?.fold;
    this.provider = providerFor(fold);
    this.fold =
      fold ?? StateFold.empty({ lineage: fresh.lineage, salt: fresh.salt, stack, provider: this.provider });
    this.warnings = locked.warnings;
  }

  /** @throws ScfError `STATE_LOCKED` when another run holds the lock */
  static open(options: StoreOptions): StateStore {
    const locked = options.storage.lock(options);
    try {
      return new StateStore(options, locked);
    } catch (error) {
      void locked.close();
      throw error;
    }
  }

  /** Whether a difference was made from another state than this one. */
  isOther({ lineage, serial, sequence }: Pick<Difference, "lineage" | "serial" | "sequence">): boolean {
    const { fold } = this;
    if (this.locked.stored === undefined) return serial !== 0;
    return lineage !== fold.lineage || serial !== fold.serial || sequence !== fold.sequence;
  }

  /** @throws ScfError `LOCK_LOST` */
  checkLock(): void {
    this.locked.check();
  }

  /** The record counts from now on; resolves when it is durable. */
  append(entry: NewEntry): Promise<void> {
    if (this.epoch === undefined) {
      try {
        this.epoch = this.begin();
      } catch (error) {
        return Promise.reject(error as Error);
      }
    }
    return this.write(this.epoch, entry);
  }

  /** Folds what was recorded into what was there before, unless nothing was recorded. */
  async compact(): Promise<void> {
    if (this.epoch === undefined) return;
    if (await this.locked.compact(this.fold)) this.epoch = undefined;
  }

  close(): Promise<void> {
    return this.locked.close();
  }

  /** Begins the records of this run. */
  private begin(): number {
    const { stack, purpose } = this.options;
    const epoch = this.locked.begin(this.fold);
    const { lineage, serial } = this.fold;
    // Durable together with the record that follows it, which also tells when that fails.
    this.write(epoch, {
      type: "run",
      formatVersion: STATE_VERSION,
      tool: toolVersion(),
      lineage,
      stack,
      serial: serial + 1,
      purpose,
      provider: this.provider,
    }).catch(() => undefined);
    return epoch;
  }

  private write(epoch: number, entry: NewEntry): Promise<void> {
    const record = { ...entry, sequence: this.fold.sequence + 1, epoch } as JournalRecord;
    this.fold.take(record);
    const written = this.locked.append(record);
    const { onUnrecorded } = this.options;
    return onUnrecorded === undefined
      ? written
      : written.catch((error: Error) => {
          onUnrecorded(entry, error);
          throw error;
        });
  }
}
