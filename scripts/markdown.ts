/** What pages are put together from. */

export function blocks(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

export function code(text: string | undefined): string {
  return text === undefined ? "" : `\`${text}\``;
}

/** Statements are clauses; on a page they are sentences. */
export function sentence(clause: string): string {
  const end = /[.?!]$/.test(clause) ? "" : ".";
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${end}`;
}

/** Text in a cell of a table. */
export function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}
