import * as fs from "node:fs";
import * as path from "node:path";

/**
 * What a file or folder looked like: another text means that it may have changed. The time of the last change of its
 * entry is in it too, because package managers may keep the time of the content.
 */
export function witness(file: string): string {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size}` : "";
}

/** The same for a folder: its time changes when an entry is added, removed or renamed. */
export function folderWitness(folder: string): string {
  const stats = fs.statSync(folder, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs}` : "";
}

/**
 * The folders and the package files that decide what a request resolves to: while none of them changes, no other file can
 * take the place of the one that was found. Undefined for a request that is answered in another way.
 */
export function deciders(
  request: string,
  folder: string,
  found: string,
): { readonly folders: readonly string[]; readonly files: readonly string[] } | undefined {
  if (/^\.{0,2}\//.test(request) || request === "." || request === "..") {
    const named = path.resolve(folder, request);
    const folders = [path.dirname(named), path.dirname(found)];
    return {
      folders,
      files: path.dirname(found) === path.dirname(named) ? [] : [path.join(named, "package.json")],
    };
  }
  const name = request
    .split("/")
    .slice(0, request.startsWith("@") ? 2 : 1)
    .join("/");
  const folders: string[] = [path.dirname(found)];
  for (let from = folder; ; from = path.dirname(from)) {
    const modules = path.join(from, "node_modules");
    const inside = path.join(modules, name);
    if (path.basename(from) !== "node_modules" && fs.existsSync(inside)) {
      folders.push(modules, path.dirname(inside));
      return { folders, files: [path.join(inside, "package.json")] };
    }
    folders.push(from);
    // Named by its own package, or found by NODE_PATH.
    if (from === path.dirname(from)) return undefined;
  }
}
