/** How values stand in messages. */

const LONGEST_QUOTE = 100;

/** A value of the program in quotes, shortened where it is long. */
export function quote(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
  return typeof value === "string" ? JSON.stringify(shown) : shown;
}

/** 86400 as `86,400`. */
export function grouped(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15
    ? String(value).replace(/\B(?=(\d{3})+$)/g, ",")
    : String(value);
}

/** 3 and "layer" as `3 layers`; "alias" and "policy" as `3 aliases` and `3 policies`. */
export function count(amount: number, noun: string): string {
  return `${grouped(amount)} ${amount === 1 ? noun : pluralOf(noun)}`;
}

function pluralOf(noun: string): string {
  if (/[sx]$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** `an alias`; "MPS" is read letter by letter. */
export function withArticle(noun: string): string {
  return `${/^([aeio]|MPS)/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** `a, b and c`. */
export function listed(items: readonly string[], conjunction: "and" | "or" = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${conjunction} ${items[items.length - 1]}`;
}

/** A size in the largest unit that keeps it readable. */
export function bytes(size: number): string {
  if (size < 1024) return count(size, "byte");
  const [unit, name] =
    size < 1024 ** 2 ? [1024, "KB"] : size < 1024 ** 3 ? [1024 ** 2, "MB"] : [1024 ** 3, "GB"];
  return `${Math.round((size / unit) * 100) / 100} ${name}`;
}

/** A size that is over a limit: exact where rounding would make both look the same. */
export function bytesOver(size: number, limit: number): string {
  return bytes(size) === bytes(limit) ? `${grouped(size)} bytes` : bytes(size);
}
