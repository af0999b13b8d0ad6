import * as fs from "node:fs";
import * as path from "node:path";
import { ScfError } from "../model/error";
import { CodePackage, type PackageFile } from "./package";

/** What version control and file managers leave in a folder; it differs between checkouts and is no code. */
const ignored = new Set([".git", ".svn", ".hg", ".DS_Store", "Thumbs.db"]);

/**
 * Packages a folder: every file below it, executable bits and symbolic links kept, empty folders left out.
 *
 * @throws ScfError `ASSET_MISSING` when there is no such folder, `ASSET_LINK` when a symbolic link leads out of it
 */
export function packageFolder(folder: string): CodePackage {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ScfError("ASSET_MISSING", `There is no folder ${folder} to package.`, {
      fix: "Paths are relative to the folder that the program runs in, where cdktf.json is.",
    });
  }
  const files: PackageFile[] = [];
  collect(folder, "", folder, files);
  return new CodePackage(files);
}

function collect(directory: string, prefix: string, root: string, files: PackageFile[]): void {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    if (ignored.has(entry.name)) continue;
    const absolute = path.join(directory, entry.name);
    // File systems differ in how they spell accents; the platform has one spelling.
    const inside = (prefix + entry.name).normalize("NFC");
    if (entry.isDirectory()) {
      collect(absolute, `${inside}/`, root, files);
    } else if (entry.isSymbolicLink()) {
      files.push(link(absolute, inside, root));
    } else if (entry.isFile()) {
      const content = fs.readFileSync(absolute);
      const executable = isExecutable(absolute, content);
      files.push({ path: inside, bytes: content.byteLength, executable, content });
    }
  }
}

/** Windows keeps no executable bit: there, what other systems could run counts as executable. */
function isExecutable(absolute: string, content: Buffer): boolean {
  if (process.platform === "win32") {
    const start = content.toString("latin1", 0, 4);
    return programStarts.some((known) => start.startsWith(known));
  }
  return (fs.statSync(absolute).mode & 0o100) !== 0;
}

/** Scripts that name their interpreter, and Linux programs. */
const programStarts = ["#!", "\u007fELF"] as const;

function link(absolute: string, inside: string, root: string): PackageFile {
  const target = fs.readlinkSync(absolute);
  const resolved = path.resolve(path.dirname(absolute), target);
  const relative = path.relative(root, resolved);
  if (path.isAbsolute(target) || relative === ".." || relative.startsWith(`..${path.sep}`)) {
    throw new ScfError("ASSET_LINK", `${absolute} is a symbolic link to ${target}, outside of the package.`, {
      fix: "Copy what it points to into the folder, or package a folder that holds both.",
    });
  }
  const text = target.split(path.sep).join("/");
  return { path: inside, bytes: 0, executable: false, link: text, content: Buffer.from(text) };
}
