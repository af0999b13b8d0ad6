import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "fs";
import { dirname } from "path";

/** Writes a file that no one else reads yet, and waits until it is on the disk. */
export function writeDurably(path: string, text: string): void {
  const descriptor = openSync(path, "w", 0o600);
  try {
    const bytes = Buffer.from(text, "utf8");
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Puts a file in another's place: whoever looks, also after a power failure, sees the one or the other whole. */
export function replaceDurably(temporary: string, path: string): void {
  renameSync(temporary, path);
  syncDirectory(dirname(path));
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
