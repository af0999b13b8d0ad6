import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { Database, IN_MEMORY } from "./database";

interface ReplicaRow {
  readonly id: number;
  readonly file: string;
}

/**
 * Copies of the platform from before a write, for reads that are to lag behind. Each is a file beside the platform's own, so
 * that every process that shares the platform reads the same old state; those of a platform in memory are in memory. Reads
 * never go back in time: the oldest copy that still counts is the one they see.
 */
export class Replicas {
  private readonly opened = new Map<string, Database>();

  constructor(
    private readonly database: Database,
    private readonly path: string,
  ) {}

  /** Copies the platform as it is now. Outside of transactions only. */
  copy(): string {
    const file = `${this.path}.lag-${randomBytes(6).toString("hex")}`;
    if (this.isInMemory) this.opened.set(file, this.database.copyInMemory());
    else this.database.copyTo(file);
    return file;
  }

  /** Lets reads see a copy until an instant. */
  show(file: string, until: number): void {
    this.database.run("INSERT INTO replicas (file, until) VALUES (?, ?)", file, Math.ceil(until));
  }

  /** What reads see at an instant, when that is not the present. */
  at(now: number): Database | undefined {
    const row = this.database.get<ReplicaRow>(
      "SELECT id, file FROM replicas WHERE until > ? ORDER BY id LIMIT 1",
      now,
    );
    if (!row) return undefined;
    let replica = this.opened.get(row.file);
    if (!replica) this.opened.set(row.file, (replica = new Database(row.file)));
    return replica;
  }

  /** Removes copies that count no longer. */
  removeUntil(now: number): void {
    const over = this.database.all<ReplicaRow>("SELECT id, file FROM replicas WHERE until <= ?", now);
    for (const { id, file } of over) {
      this.database.run("DELETE FROM replicas WHERE id = ?", id);
      this.discard(file);
    }
  }

  discard(file: string): void {
    this.opened.get(file)?.close();
    this.opened.delete(file);
    if (this.isInMemory) return;
    for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });
  }

  close(): void {
    for (const replica of this.opened.values()) replica.close();
    this.opened.clear();
  }

  private get isInMemory(): boolean {
    return this.path === IN_MEMORY;
  }
}
