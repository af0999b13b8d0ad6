import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from "fs";
import { join } from "path";
import { ScfError } from "../model/error";
import { checksum } from "./checksum";
import { replaceDurably, writeDurably } from "./durable-file";
import { STATE_FORMAT, STATE_VERSION, type State } from "./state";
import type { Bookkeeping, StateFold } from "./state-fold";

export const SNAPSHOT_FILE = "state.json";
export const BACKUP_FILE = "state.backup.json";

type SnapshotContent = State & { readonly bookkeeping: Bookkeeping };

/** The first line holds the checksum of the rest; the whole is JSON that any tool can read. */
const firstLine = /^\{"checksum":"([0-9a-f]{8})",\n/;

export function encodeSnapshot(fold: StateFold): string {
  const content: SnapshotContent = { ...fold.toState(), bookkeeping: fold.bookkeeping() };
  const rest = JSON.stringify(content).slice(1);
  return `{"checksum":"${checksum(Buffer.from(rest, "utf8"))}",\n${rest}\n`;
}

/**
 * @param path for the sentences of errors
 * @throws ScfError `STATE_VERSION` when a newer tool wrote it
 * @returns what it holds, or what is wrong with it
 */
export function decodeSnapshot(bytes: Buffer, path: string): SnapshotContent | string {
  if (bytes.length === 0) return "it is empty";
  const text = bytes.toString("utf8");
  let content: Partial<SnapshotContent> | null;
  try {
    content = JSON.parse(text) as Partial<SnapshotContent> | null;
  } catch (cause) {
    return `it is not JSON (${(cause as Error).message})`;
  }
  if (typeof content !== "object" || content === null || content.format !== STATE_FORMAT) {
    return "it is not a state of cdktf-scf";
  }
  const version: unknown = content.formatVersion;
  if (typeof version === "number" && version > STATE_VERSION) {
    throw new ScfError(
      "STATE_VERSION",
      `${path} has state format ${version}; this cdktf-scf reads formats up to ${STATE_VERSION}.`,
      { fix: "Use the cdktf-scf that wrote it, or a newer one." },
    );
  }
  const head = firstLine.exec(text);
  const rest = head && bytes.subarray(head[0].length, bytes.length - 1);
  if (!head || checksum(rest as Buffer) !== head[1]) return "its content does not fit its checksum";
  return content as SnapshotContent;
}

/** Writes the snapshot in one step; the one before it stays as `state.backup.json`. */
export function writeSnapshot(directory: string, fold: StateFold): void {
  const path = join(directory, SNAPSHOT_FILE);
  const temporary = `${path}.new`;
  writeDurably(temporary, encodeSnapshot(fold));
  if (existsSync(path)) keepAs(path, join(directory, BACKUP_FILE));
  replaceDurably(temporary, path);
}

/** The snapshot must be there under its own name at every moment, so it gets a second name before it is replaced. */
function keepAs(path: string, backup: string): void {
  const second = `${backup}.new`;
  rmSync(second, { force: true });
  try {
    linkSync(path, second);
  } catch {
    // Not every file system has links.
    copyFileSync(path, second);
  }
  renameSync(second, backup);
}
