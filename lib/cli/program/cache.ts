import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/**
 * Files that can be made again at any time. A cache never fails: what cannot be read is absent, what cannot be written is
 * not kept.
 */
export class Cache {
  private constructor(readonly directory: string) {}

  /** The project's own cache, or one in the system's temporary folder where the project has no node_modules to write to. */
  static of(projectDirectory: string): Cache {
    const modules = path.join(projectDirectory, "node_modules");
    try {
      fs.accessSync(modules, fs.constants.W_OK);
      return new Cache(path.join(modules, ".cache", "cdktf-scf"));
    } catch {
      // One folder per user: what somebody else may have put into a shared folder is code that would run here.
      const user = process.getuid?.() ?? os.userInfo().username;
      return new Cache(path.join(os.tmpdir(), `cdktf-scf-cache-${user}`));
    }
  }

  read(name: string): Buffer | undefined {
    try {
      const file = path.join(this.directory, name);
      const handle = fs.openSync(file, "r");
      try {
        if (!isOwn(fs.fstatSync(handle))) return undefined;
        return fs.readFileSync(handle);
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
    const file = path.join(this.directory, name);
    const temporary = `${file}.${process.pid}.tmp`;
    try {
      fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      if (typeof content === "string") fs.writeFileSync(temporary, content);
      else writeParts(temporary, content);
      fs.renameSync(temporary, file);
    } catch {
      removeQuietly(temporary);
    }
  }
}

function isOwn(stats: fs.Stats): boolean {
  return process.getuid === undefined || stats.uid === process.getuid();
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
