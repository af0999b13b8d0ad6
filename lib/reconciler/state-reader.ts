import { join } from "path";
import { ScfError } from "../model/error";
import { decodeHead, type Head } from "./head";
import { decodeJournal, type JournalContent } from "./journal";
import { isKnownType, type JournalRecord } from "./journal-record";
import { isLocked } from "./lock";
import { decodeSnapshot, type DecodedSnapshot } from "./snapshot";
import type { State } from "./state";
import { HEAD_FILE, journalName, listStateFiles, readIfThere, snapshotName } from "./state-files";
import { StateFold } from "./state-fold";
import type { Stored } from "./state-storage";
import { refuseNewer, unknownRecord } from "./state-version";

/** Files of format 1 beside `state.json`, which was the snapshot itself. */
export const LEGACY_JOURNAL = "journal.log";
const LEGACY_BACKUP = "state.backup.json";

/** What the files of a state say. */
export interface StoredState extends Stored {
  /** Epoch of the snapshot that the fold begins with; undefined for one of format 1. */
  readonly base: number | undefined;
  /** No epoch up to this one may be used again. */
  readonly newestEpoch: number;
  readonly formatVersion: number;
  /** The files that it was read from. */
  readonly files: readonly string[];
}

/** What is recorded of one stack, or undefined when nothing ever was. Damage is never read as "nothing". */
export function readState(directory: string): State | undefined {
  return readStored(directory)?.fold.toState();
}

/**
 * @param isOurs whether the caller holds the lock; while another run does, its last records may be seen half written
 * @throws ScfError `STATE_DAMAGED`, `STATE_VERSION`
 */
export function readStored(directory: string, isOurs = false): StoredState | undefined {
  for (;;) {
    const stored = new StateReader(directory).read();
    // A run that has ended meanwhile removes what its snapshot holds, too.
    if (stored === "changed") continue;
    const tells = isOurs || stored === undefined || stored.warnings.length === 0 || !isLocked(directory);
    return tells ? stored : { ...stored, warnings: [] };
  }
}

interface ReadJournal extends JournalContent {
  readonly epoch: number;
}

/** Reads the files as they are at one moment. */
class StateReader {
  private readonly warnings: string[] = [];

  constructor(
    private readonly directory: string,
    /** A file that is not looked at. */
    private readonly without = "",
  ) {}

  read(): StoredState | undefined | "changed" {
    // Before the list: a journal that it names was there when it was written.
    const head = this.readHead();
    if (head === "legacy") return this.readLegacy();
    const files = listStateFiles(this.directory);
    const snapshots = files.snapshots.filter((epoch) => snapshotName(epoch) !== this.without);
    const [newest] = snapshots;
    if (newest === undefined) {
      if (head === undefined && files.journals.length === 0 && !this.hasLegacy()) return undefined;
      throw this.damaged("", "its snapshot is missing, though other files of the state are there");
    }
    if (head && head.epoch > newest && !files.journals.includes(head.epoch)) {
      throw this.damaged(
        journalName(head.epoch),
        `it is missing, though ${HEAD_FILE} says that it was begun`,
      );
    }
    const journals = new Map<number, ReadJournal>();
    for (const epoch of snapshots) {
      const snapshot = this.readSnapshot(epoch);
      if (snapshot === "changed") return "changed";
      for (const one of files.journals.filter((other) => other > epoch && !journals.has(other))) {
        const journal = this.readJournal(one);
        if (journal === "changed") return "changed";
        journals.set(one, journal);
      }
      const following = [...journals.values()].sort((left, right) => left.epoch - right.epoch);
      // A run that had lost its lock and did not know it yet may have written a snapshot with what counts no more.
      if (firstOf(following) <= snapshot.content.bookkeeping.sequence) continue;
      const fold = new StateFold(snapshot.content, snapshot.content.bookkeeping);
      this.take(fold, following);
      if (head === undefined && fold.sequence > 0) {
        this.warnings.push(
          `${this.path(HEAD_FILE)} is missing: ${snapshotName(epoch)} and the journals after it are taken. ` +
            "Should the last journal be missing, too, this would not be noticed.",
        );
      }
      return {
        fold,
        base: epoch,
        newestEpoch: Math.max(fold.epoch, newest, head?.epoch ?? 0, ...files.journals),
        formatVersion: snapshot.formatVersion,
        files: [snapshotName(epoch), ...following.map((journal) => journalName(journal.epoch))],
        warnings: this.warnings,
      };
    }
    throw this.damaged(snapshotName(newest), "it holds what a run recorded after it had lost its lock");
  }

  private readHead(): Head | "legacy" | undefined {
    if (this.without === HEAD_FILE) return undefined;
    const bytes = readIfThere(this.directory, HEAD_FILE);
    if (bytes === undefined) return undefined;
    const head = decodeHead(bytes, this.path(HEAD_FILE));
    if (typeof head === "object" && "damage" in head) throw this.damaged(HEAD_FILE, head.damage);
    return head;
  }

  private readSnapshot(epoch: number): DecodedSnapshot | "changed" {
    const name = snapshotName(epoch);
    const bytes = readIfThere(this.directory, name);
    if (bytes === undefined) return "changed";
    const snapshot = decodeSnapshot(bytes, this.path(name));
    if (typeof snapshot === "string") throw this.damaged(name, snapshot);
    return snapshot;
  }

  private readJournal(epoch: number): ReadJournal | "changed" {
    const name = journalName(epoch);
    const bytes = readIfThere(this.directory, name);
    if (bytes === undefined) return "changed";
    const journal = this.decode(name, bytes);
    const foreign = journal.records.find((record) => record.epoch !== epoch);
    if (foreign) throw this.damaged(name, `it holds records of journal ${foreign.epoch}`);
    return { ...journal, epoch };
  }

  private decode(name: string, bytes: Buffer): JournalContent {
    const journal = decodeJournal(bytes);
    let tool: string | undefined;
    for (const record of journal.records) {
      if (record.type === "run") {
        ({ tool } = record);
        refuseNewer(this.path(name), record.formatVersion, tool);
      } else if (!isKnownType(record.type)) throw unknownRecord(this.path(name), record.type, tool);
    }
    if (journal.damage !== undefined) throw this.damaged(name, journal.damage);
    return journal;
  }

  /**
   * A journal goes on from what its run had read. What an earlier one has beyond that was written by a run that had lost its
   * lock and did not know it yet.
   */
  private take(fold: StateFold, journals: readonly ReadJournal[]): void {
    let stale = 0;
    for (const [index, { epoch, records, torn }] of journals.entries()) {
      const next = firstOf(journals.slice(index + 1));
      for (const record of records) {
        if (record.sequence >= next) stale++;
        else this.takeNext(fold, record, journalName(epoch));
      }
      if (torn && next === Infinity) this.warnings.push(this.tornWarning(journalName(epoch)));
    }
    if (stale > 0) {
      const what = stale === 1 ? "1 record" : `${stale} records`;
      this.warnings.push(`${what} of a run that had lost its lock ${stale === 1 ? "is" : "are"} left out.`);
    }
  }

  private takeNext(fold: StateFold, record: JournalRecord, name: string): void {
    const expected = fold.sequence + 1;
    if (record.sequence !== expected) {
      throw this.damaged(name, `record ${expected} is missing before record ${record.sequence}`);
    }
    fold.take(record);
  }

  private tornWarning(name: string): string {
    return (
      `The last record of ${this.path(name)} is torn: its run was cut off while writing it. ` +
      "It is left out, and what it was about is looked up on the platform."
    );
  }

  private hasLegacy(): boolean {
    return [LEGACY_JOURNAL, LEGACY_BACKUP].some((name) => readIfThere(this.directory, name) !== undefined);
  }

  private readLegacy(): StoredState | "changed" {
    const bytes = readIfThere(this.directory, HEAD_FILE);
    if (bytes === undefined) return "changed";
    const snapshot = decodeSnapshot(bytes, this.path(HEAD_FILE));
    if (typeof snapshot === "string") throw this.damaged(HEAD_FILE, snapshot);
    const { content } = snapshot;
    const fold = new StateFold(content, content.bookkeeping);
    const journal = readIfThere(this.directory, LEGACY_JOURNAL);
    if (journal) {
      const { records, torn } = this.decode(LEGACY_JOURNAL, journal);
      for (const record of records) {
        if (record.epoch < fold.epoch || record.sequence <= fold.sequence) continue;
        this.takeNext(fold, record, LEGACY_JOURNAL);
      }
      if (torn) this.warnings.push(this.tornWarning(LEGACY_JOURNAL));
    }
    return {
      fold,
      base: undefined,
      newestEpoch: fold.epoch,
      formatVersion: snapshot.formatVersion,
      files: [HEAD_FILE, ...(journal ? [LEGACY_JOURNAL] : [])],
      warnings: this.warnings,
    };
  }

  private path(name: string): string {
    return name === "" ? this.directory : join(this.directory, name);
  }

  private damaged(name: string, what: string): ScfError {
    return new ScfError("STATE_DAMAGED", `${this.path(name)} is damaged: ${what}.`, {
      fix: this.without === "" ? this.wayBack(name) : "",
    });
  }

  private wayBack(name: string): string {
    return (
      (/^(state|snapshot)\./.test(name) ? this.wayBackWithout(name) : undefined) ??
      (/^journal\./.test(name) ? this.wayBackToSnapshot(name) : undefined) ??
      "There is no other good snapshot: restore the folder from where you keep copies of it."
    );
  }

  /** A snapshot that is one file of several holding the same, and what names the newest, can be done without. */
  private wayBackWithout(name: string): string | undefined {
    try {
      const stored = new StateReader(this.directory, name).read();
      if (stored === undefined || stored === "changed") return undefined;
      const [good, ...journals] = stored.files as [string, ...string[]];
      const beside = journals.length === 0 ? "" : ` with ${journals.join(", ")} after it`;
      return (
        `The last good snapshot is ${this.path(good)}${beside} (serial ${stored.fold.serial}): ` +
        `move ${name} away, and nothing is lost.`
      );
    } catch {
      return undefined;
    }
  }

  private wayBackToSnapshot(name: string): string | undefined {
    const { snapshots, journals } = listStateFiles(this.directory);
    const bad = Number(/\d+/.exec(name)?.[0] ?? Infinity);
    const away = [...journals.filter((epoch) => epoch >= bad).map(journalName), HEAD_FILE];
    for (const file of name === LEGACY_JOURNAL ? [HEAD_FILE] : snapshots.map(snapshotName)) {
      const snapshot = decodeSnapshot(readIfThere(this.directory, file) ?? Buffer.alloc(0), this.path(file));
      if (typeof snapshot === "string") continue;
      return (
        `The last good snapshot is ${this.path(file)} (serial ${snapshot.content.serial}). Restore ${name} from a ` +
        `copy, or move ${name === LEGACY_JOURNAL ? name : away.join(" and ")} away to go on from the snapshot: ` +
        "functions, roles and policies that were made since then are found again by their marks, versions and layers " +
        "are published once more, and anything else that was made since then has to be deleted by hand first."
      );
    }
    return undefined;
  }
}

/** The first sequence of the journals that hold anything. */
function firstOf(journals: readonly ReadJournal[]): number {
  return Math.min(Infinity, ...journals.flatMap(({ records }) => records[0]?.sequence ?? []));
}
