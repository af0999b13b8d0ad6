import { closeSync, fdatasync, openSync } from "fs";
import { checksum } from "./checksum";
import { writeWhole } from "./durable-file";
import type { JournalRecord } from "./journal-record";
import { unwritable } from "./state-error";

const NEWLINE = 0x0a;

/**
 * A journal that has become this long reserves as much again, up to MOST, with zeros: flushing what lies within a file
 * takes the disk about two thirds of the time that making the file longer takes.
 */
const RESERVE_FROM = 64 * 1_024;
const RESERVE_MOST = 1_024 * 1_024;

/**
 * One line: the records that one flush made durable together, as a JSON array behind its checksum and its length. They count
 * together or not at all.
 */
export function encodeBatch(records: readonly JournalRecord[]): Buffer {
  return frame(records.map((record) => JSON.stringify(record)));
}

function frame(records: readonly string[]): Buffer {
  const json = Buffer.from(`[${records.join(",")}]\n`, "utf8");
  const length = json.length - 1;
  return Buffer.concat([Buffer.from(`${checksum(json.subarray(0, length))} ${length} `, "latin1"), json]);
}

/** In format 1 there was no length, and each line was one record. */
const lineHead = /^([0-9a-f]{8}) (?:(\d{1,10}) )?/;
const LONGEST_HEAD = 20;

export interface JournalContent {
  readonly records: readonly JournalRecord[];
  /** Whether there is something behind the last whole line: it was being written when its writer was cut off. */
  readonly torn: boolean;
  /** What is wrong before the last line, when something is. */
  readonly damage?: string;
}

/**
 * Reads a journal's records. Only the last line may be torn or have holes: every other was durable before the next was
 * written.
 */
export function decodeJournal(bytes: Buffer): JournalContent {
  const records: JournalRecord[] = [];
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  let start = 0;
  for (let line = 1; start < end; line++) {
    const { next, batch, ends } = decodeLine(bytes, start, end);
    if (!batch) {
      const isLast = ends >= end && !hasWholeLine(bytes, next, end);
      if (isLast) return { records, torn: true };
      return { records, torn: false, damage: `line ${line} does not fit its checksum` };
    }
    for (const record of batch) records.push(record);
    start = next;
  }
  const isReserved = bytes.length % RESERVE_FROM === 0;
  return { records, torn: start < bytes.length && !isReserved };
}

function hasWholeLine(bytes: Buffer, from: number, end: number): boolean {
  for (let start = from; start < end;) {
    const { next, batch } = decodeLine(bytes, start, end);
    if (batch) return true;
    start = next;
  }
  return false;
}

interface Line {
  /** Where the next line begins. */
  readonly next: number;
  /** Where the line says that it ends, when it says so. */
  readonly ends: number;
  readonly batch?: readonly JournalRecord[];
}

function decodeLine(bytes: Buffer, start: number, end: number): Line {
  const newline = bytes.indexOf(NEWLINE, start);
  const next = newline === -1 || newline >= end ? end : newline + 1;
  const head = lineHead.exec(bytes.toString("latin1", start, start + LONGEST_HEAD));
  if (!head) return { next, ends: Infinity };
  const from = start + head[0].length;
  const to = head[2] === undefined ? next - 1 : from + Number(head[2]);
  const ends = head[2] === undefined ? Infinity : to + 1;
  const json = bytes.subarray(from, to);
  if (to >= end || bytes[to] !== NEWLINE || checksum(json) !== head[1]) return { next, ends };
  try {
    const content = JSON.parse(json.toString("utf8")) as JournalRecord | readonly JournalRecord[];
    const batch = Array.isArray(content) ? (content as JournalRecord[]) : [content as JournalRecord];
    return { next: to + 1, ends, batch };
  } catch {
    return { next, ends };
  }
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Appends records to a file of its own and tells when they are durable. Records that arrive while others are being made
 * durable share the next flush, so that many operations at once cost little more than one.
 */
export class Journal {
  private readonly descriptor: number;
  private length = 0;
  private reserved = 0;
  private text: string[] = [];
  private waiting: Waiting[] = [];
  private scheduled = false;
  private flushing = false;
  private broken: Error | undefined;
  private idle: (() => void)[] = [];

  /**
   * @param path of a file that is not there yet: two runs never write to one journal
   * @param mayWrite throws when another run has taken over
   * @throws the system's EEXIST
   */
  constructor(
    private readonly path: string,
    private readonly mayWrite: () => void,
  ) {
    this.descriptor = openSync(path, "wx", 0o600);
  }

  /** Resolves when the record is durable. */
  append(record: JournalRecord): Promise<void> {
    if (this.broken) return Promise.reject(this.broken);
    this.text.push(JSON.stringify(record));
    return new Promise<void>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.schedule();
    });
  }

  /** Waits for what is being written. */
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
    const { text } = this;
    this.waiting = [];
    this.text = [];
    if (this.broken) {
      this.finish(batch, this.broken);
      return;
    }
    this.flushing = true;
    try {
      this.mayWrite();
      this.write(frame(text));
    } catch (cause) {
      this.finish(batch, this.asFailure(cause));
      return;
    }
    fdatasync(this.descriptor, (cause) => this.finish(batch, cause ? this.asFailure(cause) : undefined));
  }

  private write(bytes: Buffer): void {
    writeWhole(this.descriptor, bytes, this.length);
    this.length += bytes.length;
    if (this.length < RESERVE_FROM || this.length <= this.reserved) return;
    const target = this.length + Math.min(this.length, RESERVE_MOST);
    const reserved = Math.ceil(target / RESERVE_FROM) * RESERVE_FROM;
    try {
      writeWhole(this.descriptor, Buffer.alloc(reserved - this.length), this.length);
      this.reserved = reserved;
    } catch {
      // On a disk that is almost full what was recorded has found room; whether the next does is seen then.
    }
  }

  private finish(batch: readonly Waiting[], failure: Error | undefined): void {
    this.flushing = false;
    // Never tried again: after a failed flush nobody knows what the disk holds.
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
