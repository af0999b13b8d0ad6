import { closeSync, fdatasync, fsyncSync, ftruncateSync, openSync, writeSync } from "fs";
import { checksum } from "./checksum";
import type { JournalRecord } from "./journal-record";
import { unwritable } from "./state-error";

export const JOURNAL_FILE = "journal.log";

const NEWLINE = 0x0a;
const CHECKSUM_LENGTH = 8;

export function encodeRecord(record: JournalRecord): string {
  const json = JSON.stringify(record);
  return `${checksum(Buffer.from(json, "utf8"))} ${json}\n`;
}

export interface JournalContent {
  readonly records: readonly JournalRecord[];
  /** Length of the part that is whole; what follows was being written when its writer was cut off. */
  readonly validLength: number;
  readonly torn: boolean;
  /** What is wrong before the last record, when something is. */
  readonly damage?: string;
}

/** Reads a journal's records. Only the last one may be torn: everything before it was durable when it was written. */
export function decodeJournal(bytes: Buffer): JournalContent {
  const records: JournalRecord[] = [];
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  let start = 0;
  let line = 0;
  while (start < end) {
    line++;
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline === -1 || newline >= end) break;
    const record = decodeLine(bytes.subarray(start, newline));
    if (record === undefined) {
      if (newline === end - 1) break;
      return {
        records,
        validLength: start,
        torn: false,
        damage: `line ${line} does not fit its checksum`,
      };
    }
    records.push(record);
    start = newline + 1;
  }
  return { records, validLength: start, torn: start < bytes.length };
}

function decodeLine(line: Buffer): JournalRecord | undefined {
  if (line.length <= CHECKSUM_LENGTH + 1 || line[CHECKSUM_LENGTH] !== 0x20) return undefined;
  const json = line.subarray(CHECKSUM_LENGTH + 1);
  if (line.toString("latin1", 0, CHECKSUM_LENGTH) !== checksum(json)) return undefined;
  try {
    return JSON.parse(json.toString("utf8")) as JournalRecord;
  } catch {
    return undefined;
  }
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Appends records and tells when they are durable. Records that arrive while others are being made durable share the
 * next flush, so that many operations at once cost little more than one.
 */
export class Journal {
  private readonly descriptor: number;
  private text: string[] = [];
  private waiting: Waiting[] = [];
  private scheduled = false;
  private flushing = false;
  private broken: Error | undefined;
  private idle: (() => void)[] = [];

  /**
   * @param validLength where the whole part of the file ends; the rest is cut off
   * @param mayWrite throws when another run has taken over
   */
  constructor(
    private readonly path: string,
    validLength: number,
    private readonly mayWrite: () => void,
  ) {
    try {
      this.descriptor = openSync(path, "a", 0o600);
      ftruncateSync(this.descriptor, validLength);
    } catch (cause) {
      throw unwritable(path, cause);
    }
  }

  /** Resolves when the record is durable. */
  append(record: JournalRecord): Promise<void> {
    if (this.broken) return Promise.reject(this.broken);
    this.text.push(encodeRecord(record));
    return new Promise<void>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.schedule();
    });
  }

  /** Empties the journal once a snapshot holds everything in it. */
  empty(): void {
    ftruncateSync(this.descriptor, 0);
    fsyncSync(this.descriptor);
  }

  async close(): Promise<void> {
    if (this.flushing || this.scheduled) await new Promise<void>((resolve) => this.idle.push(resolve));
    closeSync(this.descriptor);
  }

  private schedule(): void {
    if (this.scheduled || this.flushing) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    const batch = this.waiting;
    const bytes = Buffer.from(this.text.join(""), "utf8");
    this.waiting = [];
    this.text = [];
    if (this.broken) {
      this.finish(batch, this.broken);
      return;
    }
    this.flushing = true;
    try {
      this.mayWrite();
      let written = 0;
      while (written < bytes.length) written += writeSync(this.descriptor, bytes, written);
    } catch (cause) {
      this.finish(batch, this.asFailure(cause));
      return;
    }
    fdatasync(this.descriptor, (cause) => this.finish(batch, cause ? this.asFailure(cause) : undefined));
  }

  private finish(batch: readonly Waiting[], failure: Error | undefined): void {
    this.flushing = false;
    if (failure) this.broken = failure;
    for (const { resolve, reject } of batch) {
      if (failure) reject(failure);
      else resolve();
    }
    if (this.waiting.length > 0) this.schedule();
    else for (const resolve of this.idle.splice(0)) resolve();
  }

  private asFailure(cause: unknown): Error {
    return (cause as { name?: string }).name === "ScfError" ? (cause as Error) : unwritable(this.path, cause);
  }
}
