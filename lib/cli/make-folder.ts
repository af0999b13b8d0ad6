import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Makes a folder and those above it that are missing. The `recursive` of Node never ends where the system refuses with ENOENT, as
 * it does in /proc.
 *
 * @param made gets the folders that were missing, the outermost first
 */
export function makeFolder(folder: string, made: string[] = []): void {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (folder !== path.dirname(folder)) makeFolder(path.dirname(folder), made);
  fs.mkdirSync(folder);
  made.push(folder);
}
