import { join } from "path";
import { decodeChecked, encodeChecked, fitsChecksum } from "./checked-json";
import { createDurably } from "./durable-file";
import { STATE_FORMAT } from "./state";
import { snapshotName } from "./state-files";
import type { StateFold } from "./state-fold";
import { migrate, type SnapshotContent } from "./state-migrations";
import { refuseNewer } from "./state-version";
import { toolVersion } from "./tool-version";

export function encodeSnapshot(fold: StateFold): string {
  return encodeChecked({ ...fold.toState(), tool: toolVersion(), bookkeeping: fold.bookkeeping() });
}

export interface DecodedSnapshot {
  readonly content: SnapshotContent;
  /** The format that it has in its file. */
  readonly formatVersion: number;
}

/**
 * @param path for the sentences of errors
 * @throws ScfError `STATE_VERSION` when a newer tool wrote it
 * @returns what it holds, or what is wrong with it
 */
export function decodeSnapshot(bytes: Buffer, path: string): DecodedSnapshot | string {
  const content = decodeChecked(bytes);
  if (typeof content === "string") return content;
  if (content["format"] !== STATE_FORMAT) return "it is not a state of cdktf-scf";
  refuseNewer(path, content["formatVersion"], content["tool"]);
  if (!fitsChecksum(bytes)) return "its content does not fit its checksum";
  return { content: migrate(content), formatVersion: content["formatVersion"] as number };
}

/**
 * Writes a snapshot in one step.
 *
 * @returns whether it is there now; false when another run has made one of this epoch
 */
export function writeSnapshot(directory: string, epoch: number, fold: StateFold): boolean {
  return createDurably(join(directory, snapshotName(epoch)), encodeSnapshot(fold));
}
