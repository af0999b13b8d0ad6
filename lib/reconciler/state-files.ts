import { readdirSync, readFileSync, statSync } from "fs";
import { join } from "path";
import { ScfError } from "../model/error";

/** Says that there is a state here, and which journal is the newest. */
export const HEAD_FILE = "state.json";

/** What was recorded up to the end of one run. Written once, never changed. */
export function snapshotName(epoch: number): string {
  return `snapshot.${epoch}.json`;
}

/** What one run recorded. Only the run that made the file writes to it. */
export function journalName(epoch: number): string {
  return `journal.${epoch}.log`;
}

/** The files of a state by the epochs in their names. */
interface StateFiles {
  /** Newest first. */
  readonly snapshots: readonly number[];
  /** Oldest first. */
  readonly journals: readonly number[];
}

export function listStateFiles(directory: string): StateFiles {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return { snapshots: [], journals: [] };
    throw unreadable(directory, cause);
  }
  const epochs = (pattern: RegExp): number[] =>
    names
      .flatMap((name) => pattern.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((left, right) => left - right);
  return {
    snapshots: epochs(/^snapshot\.(\d+)\.json$/).reverse(),
    journals: epochs(/^journal\.(\d+)\.log$/),
  };
}

/** When the state was written last, on the clock of `Date.now`; undefined when it never was. */
export function lastWritten(directory: string): number | undefined {
  const { snapshots, journals } = listStateFiles(directory);
  const times = [HEAD_FILE, ...snapshots.map(snapshotName), ...journals.map(journalName)].flatMap((file) => {
    const found = statSync(join(directory, file), { throwIfNoEntry: false });
    return found ? [found.mtimeMs] : [];
  });
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** @returns undefined when there is no such file */
export function readIfThere(directory: string, name: string): Buffer | undefined {
  const path = join(directory, name);
  try {
    return readFileSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): ScfError {
  return new ScfError("STATE_UNREADABLE", `${path} cannot be read: ${(cause as Error).message}.`, { cause });
}
