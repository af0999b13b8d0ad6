import { createHash } from "crypto";

/**
 * The mark of ownership of one generation of one resource: letters and digits only, at most 40. All generations of an
 * address in one state share what comes before the `g`.
 */
export function ownerMark(lineage: string, address: string, generation: number): string {
  return `${ownerOf(lineage, address)}g${generation}`;
}

/** Whether a mark belongs to this address of this state, whichever generation it names. */
export function isOwnMark(mark: string, lineage: string, address: string): boolean {
  return mark.startsWith(`${ownerOf(lineage, address)}g`);
}

function ownerOf(lineage: string, address: string): string {
  const state = lineage.replaceAll("-", "").slice(0, 8);
  return state + createHash("sha256").update(address).digest("hex").slice(0, 20);
}
