import { hash } from "crypto";
import type { Kind, Live } from "../kinds/kind";

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
function isMarkOfState(mark: string, lineage: string): boolean {
  return mark.startsWith(stateOf(lineage));
}

/** The generation that a mark names. */
export function generationOfMark(mark: string): number {
  return Number(mark.slice(mark.lastIndexOf("g") + 1));
}

/** What tells an object as ours. */
export interface Claim {
  readonly lineage: string;
  /** The address that our mark of it names. */
  readonly address: string;
  /** Another mark that ours is known to carry; empty when it is known to carry none. */
  readonly carries?: string | undefined;
}

/** What a record says of an object's mark. */
interface Marked {
  readonly markedAs?: string;
  readonly carries?: string;
}

/** The claim on what is recorded of an address, or on what is going to be made for it. */
export function claimOf(lineage: string, address: string, recorded?: Marked): Claim {
  return { lineage, address: recorded?.markedAs ?? address, carries: recorded?.carries };
}

/** `elsewhere`: it belongs to another resource of this state. `unmarked`: only the record tells whose it is. */
type Belonging = "ours" | "elsewhere" | "stranger" | "unmarked";

/** Whose object it is that was found where ours is expected. */
export function belonging(kind: Kind, live: Live, { lineage, address, carries }: Claim): Belonging {
  const mark = live.owner ?? "";
  if (carries !== undefined && mark === carries) return "ours";
  if (mark === "") return kind.marked ? "stranger" : "unmarked";
  if (isOwnMark(mark, lineage, address)) return "ours";
  return isMarkOfState(mark, lineage) ? "elsewhere" : "stranger";
}

function stateOf(lineage: string): string {
  return lineage.replaceAll("-", "").slice(0, 8);
}

function ownerOf(lineage: string, address: string): string {
  return stateOf(lineage) + hash("sha256", address).slice(0, 20);
}
