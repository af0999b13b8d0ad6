import { randomBytes } from "crypto";
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from "fs";
import { dirname } from "path";

/** How the names of files end that are not what they are to become yet. */
export const TEMPORARY = ".new";

/** Writes a file that no one else reads yet, and waits until it is on the disk. */
export function writeDurably(path: string, text: string): void {
  const descriptor = openSync(path, "w", 0o600);
  try {
    writeWhole(descriptor, Buffer.from(text, "utf8"));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The system may take less than it is given; what it has no room for it refuses the next time. */
export function writeWhole(descriptor: number, bytes: Buffer, position?: number): void {
  let written = 0;
  while (written < bytes.length) {
    const at = position === undefined ? null : position + written;
    written += writeSync(descriptor, bytes, written, bytes.length - written, at);
  }
}

/** Puts text in a file's place: whoever looks, also after a power failure, sees the one or the other whole. */
export function replaceDurably(path: string, text: string): void {
  throughTemporary(path, text, (temporary) => renameSync(temporary, path));
}

/**
 * Makes a file that appears whole or not at all.
 *
 * @returns false when there is one of this name, which stays as it is
 */
export function createDurably(path: string, text: string): boolean {
  return throughTemporary(path, text, (temporary) => linkNew(temporary, path));
}

/** @returns false when there is a file of the new name already */
export function linkNew(existing: string, path: string): boolean {
  try {
    linkSync(existing, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

function throughTemporary<T>(path: string, text: string, put: (temporary: string) => T): T {
  // A name of its own: two processes must not write into each other's file, not even two of one number in two containers.
  const temporary = `${path}.${randomBytes(6).toString("hex")}${TEMPORARY}`;
  let result: T;
  try {
    writeDurably(temporary, text);
    result = put(temporary);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncDirectory(dirname(path));
  return result;
}

export function syncDirectory(directory: string): void {
  // Windows cannot open a folder; its file system orders renames by itself.
  if (process.platform === "win32") return;
  const descriptor = openSync(directory, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
