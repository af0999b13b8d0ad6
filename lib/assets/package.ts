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
  private made: Uint8Array | undefined;

  /**
   * @param files in any order
   * @param given the ZIP as it was given; made from the files, the same bytes everywhere, when absent
   */
  constructor(
    private readonly files: readonly PackageFile[],
    private readonly given?: Uint8Array,
  ) {
    const sorted = [...files].sort((left, right) =>
      left.path < right.path ? -1 : left.path > right.path ? 1 : 0,
    );
    this.hash = contentHash(sorted);
    this.entries = sorted.map(({ content: _, ...entry }) => entry);
    this.uncompressedBytes = sorted.reduce((sum, file) => sum + file.bytes, 0);
  }

  /** Size of the ZIP, where the user has given one. */
  get givenBytes(): number | undefined {
    return this.given?.byteLength;
  }

  zip(): Uint8Array {
    if (this.given) return this.given;
    this.made ??= zipFiles(this.files);
    return this.made;
  }

  /** What the rules look at. The ZIP is made for its size only when the files alone could break a limit. */
  contents(): PackageContents {
    const small = this.uncompressedBytes < limits.uploadBytes / 8;
    const zipBytes = this.givenBytes ?? (small ? this.uncompressedBytes : this.zip().byteLength);
    return {
      hash: this.hash,
      zipBytes,
      uncompressedBytes: this.uncompressedBytes,
      entries: this.entries,
      zippedHere: this.given === undefined,
      contentOf: (path) => this.files.find((file) => file.path === path)?.content,
    };
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
