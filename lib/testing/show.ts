import { Matcher } from "./matcher";
import { type Path, Words } from "./comparison";

/** Longer texts are shortened: a policy document would bury what matters. */
const LONGEST_TEXT = 120;
/** What is shown of a long text before the place that matters. */
const BEFORE = 30;
/** Longer than that, an object is shown on several lines. */
const WIDTH = 90;
/** The rest of a path lies inside of text that is JSON. */
export const INSIDE_JSON = "(JSON)";

/** A value or pattern on one line, as a program would write it. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return showText(value);
  if (Matcher.is(value)) return `${value.name}(${value.nested.map(show).join(", ")})`;
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(([name, item]) => `${showName(name)}: ${show(item)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  return String(value);
}

/** The same, on as many lines as it needs to be read: each after the first begins with the indent. */
export function showBlock(value: unknown, indent: string): string {
  const line = show(value);
  if (indent.length + line.length <= WIDTH || Matcher.is(value)) return line;
  const isList = Array.isArray(value);
  if (typeof value !== "object" || value === null) return line;
  const deeper = `${indent}  `;
  const parts = Object.entries(value).map(
    ([name, item]) => `${deeper}${isList ? "" : `${showName(name)}: `}${showBlock(item, deeper)},\n`,
  );
  return `${isList ? "[" : "{"}\n${parts.join("")}${indent}${isList ? "]" : "}"}`;
}

/**
 * Two values that differ. Of long texts, both show the place from which on they do.
 *
 * @param indent of what needs more than one line
 */
export function showPair(
  expected: unknown,
  found: unknown,
  indent: string,
): readonly [expected: string, found: string] {
  if (expected instanceof Words) return [expected.text, showWide(found, indent)];
  if (typeof expected !== "string" || typeof found !== "string") {
    return [showWide(expected, indent), showWide(found, indent)];
  }
  let same = 0;
  while (same < expected.length && expected[same] === found[same]) same += 1;
  const from = same > LONGEST_TEXT - BEFORE ? same - BEFORE : 0;
  return [showText(expected, from), showText(found, from)];
}

/** Far to the right one line is easier to read than many short ones, up to a length. */
function showWide(value: unknown, indent: string): string {
  const line = show(value);
  return line.length <= WIDTH ? line : showBlock(value, indent);
}

function showText(text: string, from = 0): string {
  if (from === 0 && text.length <= LONGEST_TEXT) return JSON.stringify(text);
  const part = text.slice(from, from + LONGEST_TEXT);
  const quoted = JSON.stringify(part).slice(1, -1);
  const end = from + part.length < text.length ? "…" : "";
  return `"${from > 0 ? "…" : ""}${quoted}${end}" (${text.length} characters)`;
}

function showName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

/** `layers[0].version`. */
export function showPath(path: Path): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (key === INSIDE_JSON) text += ` ${key} `;
    else if (!/^[\w$-]+$/.test(key)) text += `[${JSON.stringify(key)}]`;
    else text += text === "" || text.endsWith(" ") ? key : `.${key}`;
  }
  return text.trimEnd();
}
