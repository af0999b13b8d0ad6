import * as path from "node:path";

/** How a file is named from a folder, with forward slashes; absolute when it is on another drive. */
export function relativePath(folder: string, file: string): string {
  return path.relative(path.resolve(folder), path.resolve(file)).split(path.sep).join("/");
}
