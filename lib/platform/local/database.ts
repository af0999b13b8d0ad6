import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type Libsql from "libsql";
import { ScfError } from "../../model/error";
import { schema, schemaVersion, tables } from "./schema";

/** What a statement takes. libsql ends the process on a boolean, so there are none here: use `flag`. */
export type Binding = string | number | null | Uint8Array;

export function flag(value: boolean): number {
  return value ? 1 : 0;
}

/** The path of a database that ends with its connection. */
export const IN_MEMORY = ":memory:";

/** How long one process waits for another that holds the file. */
const busyMilliseconds = 10_000;

/** The native library takes a while to load and is not installed everywhere: it is loaded when a file is opened. */
function loadLibrary(): typeof Libsql {
  return require("libsql") as typeof Libsql;
}

/** Opens the file, and makes it and its folder when they are not there. */
function connect(path: string): Libsql.Database {
  const Connection = loadLibrary();
  try {
    if (path !== IN_MEMORY) mkdirSync(dirname(path), { recursive: true });
    return new Connection(path);
  } catch (cause) {
    throw new ScfError("LOCAL_PLATFORM_UNWRITABLE", `The local platform cannot be opened at ${path}`, {
      cause,
      fix: "Check that the folder can be written to, or name another file.",
    });
  }
}

/** One SQLite file, with prepared statements kept by their text. */
export class Database {
  private readonly connection: Libsql.Database;
  private readonly statements = new Map<string, Libsql.Statement<unknown[]>>();

  constructor(path: string) {
    this.connection = connect(path);
    try {
      this.configure();
      this.createSchema(path);
    } catch (error) {
      this.connection.close();
      if (ScfError.is(error)) throw error;
      throw new ScfError("LOCAL_PLATFORM_UNREADABLE", `${path} cannot be used as a local platform`, {
        cause: error,
        fix: "Name a file that the local platform made, or one that does not exist yet.",
      });
    }
  }

  get<Row>(sql: string, ...bindings: Binding[]): Row | undefined {
    return this.prepare(sql).get(bindings) as Row | undefined;
  }

  all<Row>(sql: string, ...bindings: Binding[]): Row[] {
    return this.prepare(sql).all(bindings) as Row[];
  }

  /** Runs a statement that changes rows; answers how many. */
  run(sql: string, ...bindings: Binding[]): number {
    return this.prepare(sql).run(bindings).changes;
  }

  insert(sql: string, ...bindings: Binding[]): number {
    return Number(this.prepare(sql).run(bindings).lastInsertRowid);
  }

  /** Runs `work` alone on the file: other processes wait, and see all of its changes or none. */
  transaction<Result>(work: () => Result): Result {
    return this.atomic("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", work);
  }

  /** Inside a transaction: takes back only what `work` changed when it throws. */
  savepoint<Result>(work: () => Result): Result {
    return this.atomic("SAVEPOINT work", "RELEASE work", "ROLLBACK TO work; RELEASE work", work);
  }

  /** SQLite ends a transaction by itself on some errors, such as a full disk. */
  get inTransaction(): boolean {
    return this.connection.inTransaction;
  }

  /** Writes a copy of everything to a file that is not there yet. Outside of transactions only. */
  copyTo(path: string): void {
    this.connection.prepare("VACUUM INTO ?").run([path]);
  }

  /** A copy of everything that ends with its own connection. */
  copyInMemory(): Database {
    const copy = new Database(IN_MEMORY);
    copy.connection.pragma("foreign_keys = OFF");
    const triggers = copy.all<{ name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    );
    // What they count is copied as well.
    for (const { name } of triggers) copy.connection.exec(`DROP TRIGGER ${name}`);
    copy.transaction(() => {
      for (const table of tables) {
        for (const row of this.all<Record<string, Binding>>(`SELECT * FROM ${table}`)) {
          const names = Object.keys(row);
          const values = names.map(() => "?").join(", ");
          copy.run(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${values})`, ...Object.values(row));
        }
      }
    });
    for (const { sql } of triggers) copy.connection.exec(sql);
    copy.connection.pragma("foreign_keys = ON");
    return copy;
  }

  close(): void {
    if (!this.connection.open) return;
    this.statements.clear();
    this.connection.close();
  }

  private atomic<Result>(begin: string, commit: string, rollback: string, work: () => Result): Result {
    this.connection.exec(begin);
    let result: Result;
    try {
      result = work();
      this.connection.exec(commit);
    } catch (error) {
      // The error to report is the first one.
      if (this.connection.inTransaction) this.connection.exec(rollback);
      throw error;
    }
    return result;
  }

  private prepare(sql: string): Libsql.Statement<unknown[]> {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.connection.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private configure(): void {
    this.connection.pragma(`busy_timeout = ${busyMilliseconds}`);
    this.connection.pragma("journal_mode = WAL");
    this.connection.pragma("synchronous = NORMAL");
    this.connection.pragma("foreign_keys = ON");
  }

  private createSchema(path: string): void {
    const version = (): number =>
      (this.connection.prepare("PRAGMA user_version").get([]) as { user_version: number }).user_version;
    if (version() === 0) {
      this.transaction(() => {
        // Another process may have been faster.
        if (version() !== 0) return;
        this.connection.exec(schema);
        this.connection.exec(`PRAGMA user_version = ${schemaVersion}`);
      });
    }
    const found = version();
    if (found !== schemaVersion) {
      throw new ScfError(
        "LOCAL_PLATFORM_VERSION",
        `${path} has format ${found}, this version reads format ${schemaVersion}`,
        { fix: "Use the version of this library that made the file, or name another file." },
      );
    }
  }
}
