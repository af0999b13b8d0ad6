import { ScfError } from "../../model/error";

/** Texts as Terraform's JSON has them: every string is a template, so what only looks like an expression is escaped. */

/** Text that stands in JSON as it is, which most does: no quote, backslash, brace or control character. */
const PLAIN = /^[ !#-[\]-z|~]*$/;

const SECRET_MARKER = /\{\{secret:[^{}]+\}\}/;

/** Literal text, and nothing else, as a JSON string. */
export function literalJson(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(text.includes("{") ? escaped(text) : text);
}

/**
 * `${` begins an expression and `%{` a directive; with the sign doubled they are text.
 *
 * @throws ScfError `SECRET_MARKER` for text that the provider would put a secret in the place of
 */
function escaped(text: string): string {
  const [marker] = SECRET_MARKER.exec(text) ?? [];
  if (marker !== undefined) {
    throw new ScfError(
      "SECRET_MARKER",
      `A text holds ${marker}, which stands for a secret under Terraform and cannot be written as text.`,
      { fix: "Use `Secret.fromEnvironment` for the secret itself, or write the text in another way." },
    );
  }
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** Literal text in front of an expression: dollar signs at its end would escape what follows. */
export function escapedBefore(text: string, next: string): string {
  return next.startsWith("${") ? escaped(text).replace(/\$+$/, (signs) => `\${"${signs}"}`) : escaped(text);
}
