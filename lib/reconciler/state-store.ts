import { randomBytes, randomUUID } from "crypto";
import { existsSync, mkdirSync, readFileSync, statSync } from "fs";
import { join } from "path";
import { ScfError } from "../model/error";
import type { PlannedProvider } from "../model/plan";
import { decodeJournal, Journal, JOURNAL_FILE } from "./journal";
import type { JournalRecord, NewEntry } from "./journal-record";
import type { Difference } from "./difference";
import { isLocked, Lock, describe } from "./lock";
import { BACKUP_FILE, decodeSnapshot, SNAPSHOT_FILE, writeSnapshot } from "./snapshot";
import { STATE_FORMAT, STATE_VERSION, type State } from "./state";
import { unwritable } from "./state-error";
import { StateFold } from "./state-fold";

/** What the files of a state say. */
export interface StoredState {
  readonly fold: StateFold;
  /** Where the whole part of the journal ends. */
  readonly journalLength: number;
  readonly warnings: readonly string[];
}

/** Fingerprints and marks of a stack that has no state yet. */
export interface NewState {
  readonly lineage: string;
  readonly salt: string;
}

export function newState(): NewState {
  return { lineage: randomUUID(), salt: randomBytes(32).toString("hex") };
}

/** What is recorded of one stack, or undefined when nothing ever was. Damage is never read as "nothing". */
export function readState(directory: string): State | undefined {
  return readStored(directory)?.fold.toState();
}

/**
 * @param isOurs whether the caller holds the lock; while another run does, its last record may be seen half written
 * @throws ScfError `STATE_DAMAGED`, `STATE_VERSION`
 */
export function readStored(directory: string, isOurs = false): StoredState | undefined {
  const snapshotPath = join(directory, SNAPSHOT_FILE);
  const journalPath = join(directory, JOURNAL_FILE);
  for (;;) {
    const before = modified(snapshotPath);
    const snapshot = readIfThere(snapshotPath);
    const journal = readIfThere(journalPath);
    // A run that ends at this moment puts another snapshot there and empties the journal.
    if (modified(snapshotPath) !== before) continue;
    if (snapshot === undefined) {
      if (journal === undefined && !existsSync(join(directory, BACKUP_FILE))) return undefined;
      throw damaged(directory, SNAPSHOT_FILE, "it is missing, though other files of the state are there");
    }
    const content = decodeSnapshot(snapshot, snapshotPath);
    if (typeof content === "string") throw damaged(directory, SNAPSHOT_FILE, content);
    const stored = fold(directory, new StateFold(content, content.bookkeeping), journal ?? Buffer.alloc(0));
    const tells = isOurs || !stored.torn || !isLocked(directory);
    return tells ? stored : { ...stored, warnings: [] };
  }
}

function fold(directory: string, state: StateFold, bytes: Buffer): StoredState & { readonly torn: boolean } {
  const warnings: string[] = [];
  const { records, validLength, torn, damage } = decodeJournal(bytes);
  if (damage !== undefined) throw damaged(directory, JOURNAL_FILE, damage);
  let stale = 0;
  for (const record of records) {
    if (record.epoch < state.epoch) stale++;
    if (record.epoch < state.epoch || record.sequence <= state.sequence) continue;
    if (record.sequence !== state.sequence + 1) {
      throw damaged(
        directory,
        JOURNAL_FILE,
        `record ${state.sequence + 1} is missing before record ${record.sequence}`,
      );
    }
    state.take(record);
  }
  if (stale > 0) warnings.push(`${stale} records of a run that had lost its lock are left out.`);
  if (torn) {
    warnings.push(
      `The last record of ${join(directory, JOURNAL_FILE)} is torn: its run was cut off while writing it. ` +
        "It is left out, and what it was about is looked up on the platform.",
    );
  }
  return { fold: state, journalLength: validLength, warnings, torn };
}

function damaged(directory: string, file: string, what: string): ScfError {
  const path = join(directory, file);
  return new ScfError("STATE_DAMAGED", `${path} is damaged: ${what}.`, { fix: wayBack(directory, file) });
}

function wayBack(directory: string, file: string): string {
  const good = file === JOURNAL_FILE ? SNAPSHOT_FILE : BACKUP_FILE;
  const goodPath = join(directory, good);
  const bytes = readIfThere(goodPath);
  const content = bytes === undefined ? "missing" : decodeSnapshot(bytes, goodPath);
  if (typeof content === "string") {
    return `There is no other good snapshot (${goodPath} is not one): restore the folder from where you keep copies of it.`;
  }
  const lead = `The last good snapshot is ${goodPath} (serial ${content.serial})`;
  const then =
    "functions, roles and policies that were made since then are found again by their marks, versions and layers are " +
    "published once more, and anything else that was made since then has to be deleted by hand first";
  return file === JOURNAL_FILE
    ? `${lead}. Restore ${file} from a copy, or move it away to go on from the snapshot: ${then}.`
    : `${lead}. Restore ${file} from a copy, or put the snapshot in its place and move ${JOURNAL_FILE} away: ${then}.`;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ScfError("STATE_UNREADABLE", `${path} cannot be read: ${(cause as Error).message}.`, { cause });
  }
}

function modified(path: string): string {
  try {
    const { ino, mtimeMs } = statSync(path);
    return `${ino} ${mtimeMs}`;
  } catch {
    return "";
  }
}

/** When the state was written last, on the clock of `Date.now`; undefined when it never was. */
export function lastWritten(directory: string): number | undefined {
  const times = [SNAPSHOT_FILE, JOURNAL_FILE].flatMap((file) => {
    try {
      return [statSync(join(directory, file)).mtimeMs];
    } catch {
      return [];
    }
  });
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** The state of one stack while a run holds its lock. Nothing is written before the first record. */
export class StateStore {
  readonly fold: StateFold;
  readonly warnings: readonly string[];
  private readonly provider: PlannedProvider;
  private readonly isNew: boolean;
  private readonly journalLength: number;
  private journal: Journal | undefined;
  private epoch = 0;

  private constructor(
    private readonly directory: string,
    private readonly lock: Lock,
    private readonly purpose: string,
    stack: string,
    fresh: NewState,
    providerFor: (stored: StateFold | undefined) => PlannedProvider,
  ) {
    const stored = readStored(directory, true);
    this.provider = providerFor(stored?.fold);
    this.isNew = stored === undefined;
    this.journalLength = stored?.journalLength ?? 0;
    this.fold =
      stored?.fold ??
      new StateFold({
        format: STATE_FORMAT,
        formatVersion: STATE_VERSION,
        lineage: fresh.lineage,
        salt: fresh.salt,
        serial: 0,
        stack,
        provider: this.provider,
        resources: {},
        unfinished: {},
        outputs: {},
      });
    this.warnings = [
      ...(lock.takenOverFrom
        ? [`The lock of ${describe(lock.takenOverFrom)} was taken over: that process is gone.`]
        : []),
      ...(stored?.warnings ?? []),
    ];
  }

  static open(options: {
    readonly directory: string;
    readonly stack: string;
    readonly purpose: string;
    readonly fresh: NewState;
    /** Where calls go; throws when that does not fit what is recorded. */
    readonly providerFor: (stored: StateFold | undefined) => PlannedProvider;
  }): StateStore {
    const { directory, stack, purpose, fresh, providerFor } = options;
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw unwritable(directory, cause);
    }
    const lock = Lock.acquire(directory, stack, purpose);
    try {
      return new StateStore(directory, lock, purpose, stack, fresh, providerFor);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Whether a difference was made from another state than this one. */
  isOther({ lineage, serial, sequence }: Pick<Difference, "lineage" | "serial" | "sequence">): boolean {
    const { fold } = this;
    if (this.isNew) return serial !== 0;
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
        this.journal = this.open();
      } catch (error) {
        return Promise.reject(error as Error);
      }
    }
    return this.write(this.journal, entry);
  }

  /** Folds the journal into the snapshot, unless nothing was recorded. */
  async compact(): Promise<void> {
    if (this.journal === undefined) return;
    this.lock.check();
    writeSnapshot(this.directory, this.fold);
    this.journal.empty();
  }

  async close(): Promise<void> {
    try {
      await this.journal?.close();
    } finally {
      this.lock.release();
    }
  }

  private open(): Journal {
    this.lock.check();
    if (this.isNew) {
      try {
        writeSnapshot(this.directory, this.fold);
      } catch (cause) {
        throw unwritable(this.directory, cause);
      }
    }
    const journal = new Journal(join(this.directory, JOURNAL_FILE), this.journalLength, () =>
      this.lock.check(),
    );
    this.epoch = Math.max(this.fold.epoch + 1, this.lock.holder.epoch);
    const { lineage, stack, serial } = this.fold;
    const { purpose, provider } = this;
    // Durable together with the record that follows it, which also tells when that fails.
    this.write(journal, { type: "run", lineage, stack, serial: serial + 1, purpose, provider }).catch(
      () => undefined,
    );
    return journal;
  }

  private write(journal: Journal, entry: NewEntry): Promise<void> {
    const record = { ...entry, sequence: this.fold.sequence + 1, epoch: this.epoch } as JournalRecord;
    this.fold.take(record);
    return journal.append(record);
  }
}
