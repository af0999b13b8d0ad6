/** What Terraform keeps with a resource for the provider alone. */
export interface Kept {
  readonly lineage: string;
  readonly generation: number;
  /** The address that the object's mark of ownership names. */
  readonly markedAs: string;
  /** The mark that it carries, where that is none of ours; empty for none. */
  readonly carries?: string;
  /** When it was written last, on the clock of `Date.now`: reads may lag behind. */
  readonly changedAt?: number;
}

const VERSION = 1;

export function encodeKept(kept: Kept): Uint8Array {
  return Buffer.from(JSON.stringify({ v: VERSION, ...kept }), "utf8");
}

/** Undefined where there is nothing, or nothing that this version understands. */
export function decodeKept(bytes: Uint8Array): Kept | undefined {
  if (bytes.length === 0) return undefined;
  try {
    const kept = JSON.parse(Buffer.from(bytes).toString("utf8")) as Kept & { readonly v?: number };
    return kept.v === VERSION ? kept : undefined;
  } catch {
    return undefined;
  }
}
