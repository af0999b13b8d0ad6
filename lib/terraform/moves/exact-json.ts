/** Stands in front of the digits of a number that JavaScript would not give back as it was. */
const EXACT = "\u0000number ";

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** Reads JSON in which numbers of any size stand: those of other people's resources must come back as they were. */
export function parseExactly(text: string): unknown {
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (token) =>
      token.startsWith('"') || String(Number(token)) === token ? token : JSON.stringify(EXACT + token),
    ),
  );
}

/** Writes what `parseExactly` has read. */
export function stringifyExactly(value: unknown): string {
  const mark = JSON.stringify(EXACT).slice(1, -1).replace("\\", "\\\\");
  return JSON.stringify(value, undefined, 2).replace(
    new RegExp(`"${mark}([\\d.eE+-]+)"`, "g"),
    (_, digits: string) => digits,
  );
}
