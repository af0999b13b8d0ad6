interface Run {
  readonly text: string;
  /** The turn it was joined in. */
  readonly turn: number;
}

/** More texts than any kind has properties. */
const MOST = 1000;

/**
 * Joins list after list of texts that are mostly the same as in the list before: what stays the same is joined once, for text
 * made of many small parts is slow to write.
 */
export class JoinedTexts {
  private turn = 0;
  private previous: readonly string[] = [];
  /** The turn that the text at an index was new in. */
  private readonly newIn: number[] = [];
  private readonly runs = new Map<number, Run>();

  join(texts: readonly string[]): string {
    this.turn += 1;
    let joined = "";
    let start = 0;
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index] as string;
      if (text === this.previous[index]) continue;
      this.newIn[index] = this.turn;
      joined += this.run(texts, start, index) + text;
      start = index + 1;
    }
    joined += this.run(texts, start, texts.length);
    this.previous = texts;
    return joined;
  }

  /** The texts from one index to another, none of which is new. */
  private run(texts: readonly string[], start: number, end: number): string {
    if (end - start < 2) return end === start ? "" : (texts[start] as string);
    const key = start * MOST + end;
    const known = this.runs.get(key);
    if (known && !this.isNewSince(known.turn, start, end)) return known.text;
    const text = texts.slice(start, end).join("");
    this.runs.set(key, { text, turn: this.turn });
    return text;
  }

  private isNewSince(turn: number, start: number, end: number): boolean {
    for (let index = start; index < end; index++) if ((this.newIn[index] as number) > turn) return true;
    return false;
  }
}
