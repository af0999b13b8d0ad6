import { createHash } from "node:crypto";
import { DRAWS } from "../../model/routing";

const BYTES = 4;

/** What chance decides about one request: the same for the same seed and request, on every machine. */
export class Draws {
  private digest: Buffer | undefined;
  private position = 0;

  constructor(
    private readonly seed: number,
    private readonly request: number,
  ) {}

  /** The next whole number from 0 to 999,999. A request needs two at most: one for the target, one for the version. */
  next(): number {
    this.digest ??= createHash("sha256").update(`${this.seed} ${this.request}`).digest();
    const number = this.digest.readUInt32BE(this.position);
    this.position = (this.position + BYTES) % this.digest.length;
    return Math.floor((number / 2 ** 32) * DRAWS);
  }
}
