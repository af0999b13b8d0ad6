import { createHash } from "node:crypto";
import type { PackageContents, PackageEntry } from "../model/package-contents";
import { limits } from "../model/quotas";
import { zipFiles } from "./zip";

/** A file on its way into a package. */
export interface PackageFile extends PackageEntry {
  readonly content: Uint8Array;
}

/** A code package: what is in it, its identity, and the ZIP that the platform gets. */
export class CodePackage {
  readonly hash: string;
  readonly entries: readonly PackageEntry[];
  readonly uncompressedBytes: number;
  private archive: Uint8Array | undefined;

  /**
   * @param files in any order
   * @param archive the ZIP as it was given; made from the files, the same bytes everywhere, when absent
   */
  constructor(
    private readonly files: readonly PackageFile[],
    archive?: Uint8Array,
  ) {
    const sorted = [...files].sort((left, right) =>
      left.path < right.path ? -1 : left.path > right.path ? 1 : 0,
    );
    this.hash = contentHash(sorted);
    this.entries = sorted.map(({ content: _, ...entry }) => entry);
    this.uncompressedBytes = sorted.reduce((sum, file) => sum + file.bytes, 0);
    this.archive = archive;
  }

  zip(): Uint8Array {
    this.archive ??= zipFiles(this.files);
    return this.archive;
  }

  /** What the rules look at. The ZIP is made for its size only when the files alone could break a limit. */
  contents(): PackageContents {
    const small = this.uncompressedBytes < limits.uploadBytes / 2;
    const zipBytes = this.archive?.byteLength ?? (small ? this.uncompressedBytes : this.zip().byteLength);
    return { hash: this.hash, zipBytes, uncompressedBytes: this.uncompressedBytes, entries: this.entries };
  }
}

/**
 * SHA-256 over what the platform will see of the files: paths, executable bits, link targets and contents. Times, owners,
 * other mode bits and the way they were compressed do not count, so that every machine, checkout and time zone agrees.
 * Each part is preceded by its length, so that no two packages can read the same.
 */
function contentHash(sorted: readonly PackageFile[]): string {
  const hash = createHash("sha256");
  for (const file of sorted) {
    const type = file.link !== undefined ? "link" : file.executable ? "executable" : "file";
    hash.update(`${type} ${Buffer.byteLength(file.path)} ${file.path} ${file.content.byteLength}\n`);
    hash.update(file.content);
  }
  return hash.digest("hex");
}
