import { mkdirSync, readdirSync, rmSync, statSync } from "fs";
import { dirname, join } from "path";
import { ScfError } from "../model/error";
import { linkNew, syncDirectory, TEMPORARY } from "./durable-file";
import { writeHead } from "./head";
import { Journal } from "./journal";
import type { JournalRecord } from "./journal-record";
import { describe } from "./lock-holder";
import { LEASE_MS, Lock, LOCK_FILE } from "./lock";
import { writeSnapshot } from "./snapshot";
import { STATE_VERSION } from "./state";
import { unwritable } from "./state-error";
import { journalName, lastWritten, listStateFiles, snapshotName } from "./state-files";
import type { StateFold } from "./state-fold";
import { LEGACY_JOURNAL, readStored, type StoredState } from "./state-reader";
import type { LockedState, LockRequest, StateStorage } from "./state-storage";

/**
 * The state of one stack in a folder of its own: `.cdktf-scf/<stack>`. The folder is made when the state is locked for the
 * first time.
 */
export function stateIn(directory: string): StateStorage {
  return {
    read: () => readStored(directory),
    lastWritten: () => lastWritten(directory),
    lock: (request) => StateFolder.lock(directory, request),
  };
}

/**
 * The files of a state under their lock. Every run writes files of its own, numbered by its epoch, and changes none of
 * another's: what a run does that has lost its lock and does not know it yet cannot hurt the next one's.
 */
class StateFolder implements LockedState {
  readonly warnings: readonly string[];
  private journal: Journal | undefined;
  private epoch = 0;
  /** Of the newest snapshot: it stays beside the next, which could be lost without harm then. */
  private base: number | undefined;

  private constructor(
    private readonly directory: string,
    private readonly stack: string,
    private readonly lock: Lock,
    readonly stored: StoredState | undefined,
  ) {
    this.base = stored?.base;
    this.warnings = [
      ...(lock.takenOverFrom
        ? [`The lock of ${describe(lock.takenOverFrom)} was taken over: that process is gone.`]
        : []),
      ...(stored?.warnings ?? []),
    ];
  }

  static lock(directory: string, { stack, purpose }: LockRequest): StateFolder {
    makeFolder(directory);
    const lock = Lock.acquire(directory, stack, purpose);
    try {
      return new StateFolder(directory, stack, lock, readStored(directory, true));
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  check(): void {
    this.lock.check();
  }

  begin(fold: StateFold): number {
    const { directory, stack } = this;
    this.lock.check();
    try {
      if (this.base === undefined) this.writeFirstSnapshot(fold);
      this.keepOriginals();
      this.journal = this.claim(fold);
      syncDirectory(directory);
      writeHead(directory, { stack, epoch: this.epoch });
      if (this.stored?.base === undefined) rmSync(join(directory, LEGACY_JOURNAL), { force: true });
      return this.epoch;
    } catch (cause) {
      throw ScfError.is(cause) ? cause : unwritable(directory, cause);
    }
  }

  append(record: JournalRecord): Promise<void> {
    return (this.journal as Journal).append(record);
  }

  async compact(fold: StateFold): Promise<boolean> {
    const { directory, epoch, journal } = this;
    this.lock.check();
    if (!writeSnapshot(directory, epoch, fold)) return false;
    this.journal = undefined;
    await journal?.close();
    this.removeFilesBefore(this.base ?? epoch, epoch);
    this.base = epoch;
    return true;
  }

  async close(): Promise<void> {
    try {
      if (this.journal) await this.journal.close();
    } finally {
      this.lock.release();
    }
  }

  private writeFirstSnapshot(fold: StateFold): void {
    const { directory, stack } = this;
    this.base = fold.epoch;
    if (writeSnapshot(directory, this.base, fold) || this.stored !== undefined) return;
    throw new ScfError("STATE_LOCKED", `Another run has begun the state of ${stack} at this moment.`, {
      fix: "Run the command again.",
    });
  }

  /** What an older tool wrote stays beside what is made of it. */
  private keepOriginals(): void {
    const { directory, stored } = this;
    if (stored === undefined || stored.formatVersion >= STATE_VERSION) return;
    for (const name of stored.files) {
      linkNew(join(directory, name), join(directory, keptName(name, stored.formatVersion)));
    }
  }

  /**
   * Makes the journal file. Whoever takes the lock over after it was checked here sees this file and claims a later epoch, so
   * the order of epochs is the order of those who held the lock.
   */
  private claim(fold: StateFold): Journal {
    const { directory } = this;
    for (;;) {
      const { snapshots, journals } = listStateFiles(directory);
      const epoch = Math.max(fold.epoch, this.stored?.newestEpoch ?? 0, ...snapshots, ...journals) + 1;
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

  /** Nothing here is worth an error: what is left over is passed over when reading, and removed the next time. */
  private removeFilesBefore(base: number, epoch: number): void {
    const { directory } = this;
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
