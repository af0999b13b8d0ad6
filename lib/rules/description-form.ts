import { count, grouped, quote } from "./text";

/**
 * What is wrong with a description. Letters of every script count as letters: the platform's own console accepts Chinese,
 * and the documents do not say "Latin".
 */
export function descriptionProblem(what: string, text: string, longest: number): string | undefined {
  const length = [...text].length;
  if (length > longest) return `${what} has ${count(length, "character")}: ${grouped(longest)} are allowed`;
  const wrong = /[^\p{L}\p{M}\p{N} ,.，。]/u.exec(text)?.[0];
  return wrong === undefined
    ? undefined
    : `${what} contains ${quote(wrong)}: letters, digits, spaces, commas and periods are allowed`;
}
