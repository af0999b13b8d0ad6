import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const DIGEST_BYTES = 32;

/**
 * Files that can be made again at any time. A cache never fails: what cannot be read is absent, what cannot be written is
 * not kept. Each file begins with a digest of the rest: V8 takes damaged code for good, and dies of it.
 */
export class Cache {
  private constructor(readonly directory: string) {}

  /** The project's own cache, or one in the system's temporary folder when it has no node_modules that can be written to. */
  static of(projectDirectory: string): Cache {
    const owner = folderWithModules(projectDirectory) ?? projectDirectory;
    const modules = path.join(owner, "node_modules");
    try {
      fs.accessSync(modules, fs.constants.W_OK);
      // Projects that share a node_modules above them load modules of their own each.
      return new Cache(path.join(modules, ".cache", "cdktf-scf", path.relative(owner, projectDirectory)));
    } catch {
      // One folder per user: what somebody else may have put into a shared folder is code that would run here.
      const user = process.getuid?.() ?? os.userInfo().username;
      const project = path.relative(path.parse(projectDirectory).root, projectDirectory);
      return new Cache(path.join(os.tmpdir(), `cdktf-scf-cache-${user}`, project));
    }
  }

  read(name: string): Buffer | undefined {
    try {
      const file = path.join(this.directory, name);
      const handle = fs.openSync(file, "r");
      try {
        if (!isOwn(fs.fstatSync(handle))) return undefined;
        const bytes = fs.readFileSync(handle);
        const content = bytes.subarray(DIGEST_BYTES);
        return digest([content]).equals(bytes.subarray(0, DIGEST_BYTES)) ? content : undefined;
      } finally {
        fs.closeSync(handle);
      }
    } catch {
      return undefined;
    }
  }

  /** Makes the folder, so that later writes change nothing above it. */
  prepare(): void {
    try {
      fs.mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    } catch {
      // Writing will fail as well, and nothing is kept.
    }
  }

  /** Readers see the old file or the whole new one, never a part. */
  write(name: string, content: string | readonly Uint8Array[]): void {
    const parts = typeof content === "string" ? [Buffer.from(content)] : content;
    const file = path.join(this.directory, name);
    const temporary = `${file}.${process.pid}.tmp`;
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeParts(temporary, [digest(parts), ...parts]);
      fs.renameSync(temporary, file);
    } catch {
      removeQuietly(temporary);
    }
  }
}

function folderWithModules(from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, "node_modules"))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

function isOwn(stats: fs.Stats): boolean {
  return process.getuid === undefined || stats.uid === process.getuid();
}

function digest(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function writeParts(file: string, parts: readonly Uint8Array[]): void {
  const handle = fs.openSync(file, "w");
  try {
    for (const part of parts) fs.writeFileSync(handle, part);
  } finally {
    fs.closeSync(handle);
  }
}

function removeQuietly(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // It lies in a cache.
  }
}
