/** Texts as Terraform's JSON has them: every string is a template, so what only looks like an expression is escaped. */

/** Literal text, and nothing else, as a JSON string. */
export function literalJson(text: string): string {
  return JSON.stringify(text.includes("{") ? escaped(text) : text);
}

/** `${` begins an expression and `%{` a directive; doubled, they are text. */
export function escaped(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** Literal text in front of an expression: dollar signs at its end would escape what follows. */
export function escapedBefore(text: string, next: string): string {
  return next.startsWith("${") ? escaped(text).replace(/\$+$/, (signs) => `\${"${signs}"}`) : escaped(text);
}
