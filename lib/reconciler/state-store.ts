import { randomBytes, randomUUID } from "crypto";
import { mkdirSync, readdirSync, rmSync, statSync } from "fs";
import { dirname, join } from "path";
import { ScfError } from "../model/error";
import type { PlannedProvider } from "../model/plan";
import type { Difference } from "./difference";
import { linkNew, syncDirectory, TEMPORARY } from "./durable-file";
import { writeHead } from "./head";
import { Journal } from "./journal";
import type { JournalRecord, NewEntry } from "./journal-record";
import { describe } from "./lock-holder";
import { LEASE_MS, Lock, LOCK_FILE } from "./lock";
import { writeSnapshot } from "./snapshot";
import { STATE_VERSION } from "./state";
import { unwritable } from "./state-error";
import { journalName, listStateFiles, snapshotName } from "./state-files";
import { StateFold } from "./state-fold";
import { LEGACY_JOURNAL, readStored, type StoredState } from "./state-reader";
import { toolVersion } from "./tool-version";

/** Fingerprints and marks of a stack that has no state yet. */
export interface NewState {
  readonly lineage: string;
  readonly salt: string;
}

export function newState(): NewState {
  return { lineage: randomUUID(), salt: randomBytes(32).toString("hex") };
}

interface StoreOptions {
  readonly directory: string;
  readonly stack: string;
  readonly purpose: string;
  readonly fresh: NewState;
  /** Where calls go; throws when that does not fit what is recorded. */
  readonly providerFor: (stored: StateFold | undefined) => PlannedProvider;
  /** Told of every record that could not be made durable. */
  readonly onUnrecorded?: (entry: NewEntry, error: Error) => void;
}

/**
 * The state of one stack while a run holds its lock. Nothing is written before the first record. Every run writes files of
 * its own, numbered by its epoch, and changes none of another's: what a run does that has lost its lock and does not know it
 * yet cannot hurt the next one's.
 */
export class StateStore {
  readonly fold: StateFold;
  readonly warnings: readonly string[];
  private readonly provider: PlannedProvider;
  /** What the files said; undefined when there are none. */
  private readonly stored: StoredState | undefined;
  private journal: Journal | undefined;
  private epoch = 0;
  /** Of the newest snapshot: it stays beside the next, which could be lost without harm then. */
  private base: number | undefined;

  private constructor(
    private readonly options: StoreOptions,
    private readonly lock: Lock,
  ) {
    const { directory, fresh, stack, providerFor } = options;
    const stored = (this.stored = readStored(directory, true));
    this.provider = providerFor(stored?.fold);
    this.fold =
      stored?.fold ??
      StateFold.empty({ lineage: fresh.lineage, salt: fresh.salt, stack, provider: this.provider });
    this.base = stored?.base;
    this.warnings = [
      ...(lock.takenOverFrom
        ? [`The lock of ${describe(lock.takenOverFrom)} was taken over: that process is gone.`]
        : []),
      ...(stored?.warnings ?? []),
    ];
  }

  static open(options: StoreOptions): StateStore {
    const { directory, stack, purpose } = options;
    makeFolder(directory);
    const lock = Lock.acquire(directory, stack, purpose);
    try {
      return new StateStore(options, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Whether a difference was made from another state than this one. */
  isOther({ lineage, serial, sequence }: Pick<Difference, "lineage" | "serial" | "sequence">): boolean {
    const { fold } = this;
    if (this.stored === undefined) return serial !== 0;
    return lineage !== fold.lineage || serial !== fold.serial || sequence !== fold.sequence;
  }

  /** @throws ScfError `LOCK_LOST` */
  checkLock(): void {
    this.lock.check();
  }

  /** The record counts from now on; resolves when it is durable. */
  append(entry: NewEntry): Promise<void> {
    if (this.journal === undefined) {
      try {
        this.journal = this.begin();
      } catch (error) {
        return Promise.reject(error as Error);
      }
    }
    return this.write(this.journal, entry);
  }

  /** Folds the journal into a new snapshot, unless nothing was recorded. */
  async compact(): Promise<void> {
    const { journal, epoch } = this;
    const { directory } = this.options;
    if (journal === undefined) return;
    this.lock.check();
    if (!writeSnapshot(directory, epoch, this.fold)) return;
    this.journal = undefined;
    await journal.close();
    this.removeFilesBefore(this.base ?? epoch, epoch);
    this.base = epoch;
  }

  async close(): Promise<void> {
    try {
      await this.journal?.close();
    } finally {
      this.lock.release();
    }
  }

  /** Begins the journal of this run. */
  private begin(): Journal {
    const { directory, stack, purpose } = this.options;
    this.lock.check();
    try {
      if (this.base === undefined) this.writeFirstSnapshot();
      this.keepOriginals();
      const journal = this.claim();
      syncDirectory(directory);
      writeHead(directory, { stack, epoch: this.epoch });
      if (this.stored?.base === undefined) rmSync(join(directory, LEGACY_JOURNAL), { force: true });
      const { lineage, serial } = this.fold;
      // Durable together with the record that follows it, which also tells when that fails.
      this.write(journal, {
        type: "run",
        formatVersion: STATE_VERSION,
        tool: toolVersion(),
        lineage,
        stack,
        serial: serial + 1,
        purpose,
        provider: this.provider,
      }).catch(() => undefined);
      return journal;
    } catch (cause) {
      throw ScfError.is(cause) ? cause : unwritable(directory, cause);
    }
  }

  private writeFirstSnapshot(): void {
    const { directory, stack } = this.options;
    this.base = this.fold.epoch;
    if (writeSnapshot(directory, this.base, this.fold) || this.stored !== undefined) return;
    throw new ScfError("STATE_LOCKED", `Another run has begun the state of ${stack} at this moment.`, {
      fix: "Run the command again.",
    });
  }

  /** What an older tool wrote stays beside what is made of it. */
  private keepOriginals(): void {
    const { stored } = this;
    const { directory } = this.options;
    if (stored === undefined || stored.formatVersion >= STATE_VERSION) return;
    for (const name of stored.files) {
      linkNew(join(directory, name), join(directory, keptName(name, stored.formatVersion)));
    }
  }

  /**
   * Makes the journal file. Whoever takes the lock over after it was checked here sees this file and claims a later epoch, so
   * the order of epochs is the order of those who held the lock.
   */
  private claim(): Journal {
    const { directory } = this.options;
    for (;;) {
      const { snapshots, journals } = listStateFiles(directory);
      const epoch = Math.max(this.fold.epoch, this.stored?.newestEpoch ?? 0, ...snapshots, ...journals) + 1;
      const path = join(directory, journalName(epoch));
      let journal: Journal;
      try {
        journal = new Journal(path, () => this.lock.check());
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw unwritable(path, cause);
        this.lock.check();
        continue;
      }
      this.lock.check();
      this.epoch = epoch;
      return journal;
    }
  }

  private write(journal: Journal, entry: NewEntry): Promise<void> {
    const record = { ...entry, sequence: this.fold.sequence + 1, epoch: this.epoch } as JournalRecord;
    this.fold.take(record);
    const written = journal.append(record);
    const { onUnrecorded } = this.options;
    return onUnrecorded === undefined
      ? written
      : written.catch((error: Error) => {
          onUnrecorded(entry, error);
          throw error;
        });
  }

  /** Nothing here is worth an error: what is left over is passed over when reading, and removed the next time. */
  private removeFilesBefore(base: number, epoch: number): void {
    const { directory } = this.options;
    const { snapshots, journals } = listStateFiles(directory);
    const names = [
      ...snapshots.filter((one) => one < epoch && one !== base).map(snapshotName),
      ...journals.filter((one) => one <= base).map(journalName),
      ...readdirSync(directory).filter((name) => isTemporary(name) && isOld(join(directory, name))),
    ];
    for (const name of names) rmSync(join(directory, name), { force: true });
  }
}

function isTemporary(name: string): boolean {
  return name.endsWith(TEMPORARY) || name.startsWith(`${LOCK_FILE}.`);
}

/** Whoever made it has ended without removing it. */
function isOld(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > LEASE_MS;
}

function keptName(name: string, version: number): string {
  return name.replace(/(\.\w+)$/, `.v${version}$1`);
}

/** A folder that a power failure takes away again would take the journal in it with it. */
function makeFolder(directory: string): void {
  try {
    const first = mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = directory; ; made = dirname(made)) {
      syncDirectory(dirname(made));
      if (made === first) return;
    }
  } catch (cause) {
    throw unwritable(directory, cause);
  }
}
