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

/** Whether a mark belongs to this state, under whichever address: a construct may have another path than when it was made. */
export function isMarkOfState(mark: string, lineage: string): boolean {
  return mark.startsWith(stateOf(lineage));
}

function stateOf(lineage: string): string {
  return lineage.replaceAll("-", "").slice(0, 8);
}

function ownerOf(lineage: string, address: string): string {
  return stateOf(lineage) + createHash("sha256").update(address).digest("hex").slice(0, 20);
}
