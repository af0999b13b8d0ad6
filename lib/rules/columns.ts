/** Text in a terminal, where Chinese characters take two columns each. */

const NARROW = /^[\u0020-\u02ff]*$/;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;

/** How many columns a text takes. */
export function columns(text: string): number {
  if (NARROW.test(text)) return text.length;
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

/** The text with spaces behind it up to a column. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

/**
 * Breaks a sentence between words; without a width it stays one line.
 *
 * @param firstIndent columns that are taken before the first line
 * @param indent columns that are taken before every other line
 */
export function wrapped(
  sentence: string,
  width: number | undefined,
  firstIndent: number,
  indent: number,
): string[] {
  if (width === undefined) return [sentence];
  const lines: string[] = [];
  let line = "";
  for (const word of sentence.split(" ")) {
    const before = lines.length === 0 ? firstIndent : indent;
    if (line !== "" && before + columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
