/** A file of a code package, as it lies in the archive. */
export interface PackageEntry {
  /** Path inside the package, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly executable: boolean;
  /** Permission bits that a ZIP made elsewhere gives the file; absent where it says none, or where this library zips. */
  readonly mode?: number;
  /** Where a symbolic link points. */
  readonly link?: string;
}

/** What is inside a code package, for the rules that open it. */
export interface PackageContents {
  readonly hash: string;
  /** Size of the ZIP in bytes; of a small package that is not zipped yet, the size of its files. */
  readonly zipBytes: number;
  readonly uncompressedBytes: number;
  readonly entries: readonly PackageEntry[];
  /** Whether this library makes the ZIP, so that files have the mode 755 or 644. */
  readonly zippedHere?: boolean;
  /** The bytes of one file, for the few rules that look into one. */
  readonly contentOf?: (path: string) => Uint8Array | undefined;
}
