import type { PackageFile } from "./package";

/**
 * Makes a ZIP whose bytes depend on the files alone. The archiver is written in JavaScript: zlib of another Node version
 * may compress to other bytes. Its clock is local, so the fixed time is a local one as well.
 */
export function zipFiles(files: readonly PackageFile[]): Uint8Array {
  const { zipSync } = require("fflate") as typeof import("fflate"); // loaded only when a package is really made
  const mtime = new Date(1980, 0, 1, 12, 0, 0);
  const entries: Record<string, [Uint8Array, { mtime: Date; os: number; attrs: number }]> =
    Object.create(null);
  for (const file of [...files].sort((left, right) => (left.path < right.path ? -1 : 1))) {
    entries[file.path] = [file.content, { mtime, os: UNIX, attrs: unixMode(file) << 16 }];
  }
  return zipSync(entries, { level: 6 });
}

const UNIX = 3;
const REGULAR_FILE = 0o100000;
const SYMBOLIC_LINK = 0o120000;

function unixMode(file: PackageFile): number {
  if (file.link !== undefined) return SYMBOLIC_LINK | 0o777;
  return REGULAR_FILE | (file.executable ? 0o755 : 0o644);
}
