import { limits } from "../model/quotas";
import type { Violation } from "./rule";
import { count, grouped, quote } from "./text";

/**
 * What is wrong with a description. Letters of every script count as letters: the platform's own console accepts Chinese,
 * and the documents do not say "Latin". Line breaks are in the API reference only.
 */
export function descriptionProblem(what: string, text: string, longest: number): string | undefined {
  const length = text.length > longest ? [...text].length : text.length;
  if (length > longest) return `${what} has ${count(length, "character")}: ${grouped(longest)} are allowed`;
  const wrong = /[^\p{L}\p{M}\p{N} ,.，。\n]/u.exec(text)?.[0];
  return wrong === undefined
    ? undefined
    : `${what} contains ${quote(wrong)}: letters, digits, spaces, commas and periods are allowed`;
}

/**
 * What is wrong with a description that a mark of ownership is added to, such as that of a version, which may hold any
 * characters: what the documents allow and the mark leaves no room for is cut, which is worth knowing and no mistake.
 */
export function markedDescriptionProblem(what: string, text: string): Omit<Violation, "places"> | undefined {
  const { descriptionCharacters, markedDescriptionCharacters } = limits;
  const length = [...text].length;
  if (length > descriptionCharacters) {
    return {
      message: `${what} has ${count(length, "character")}: ${grouped(descriptionCharacters)} are allowed`,
      fix: `shorten it by ${count(length - descriptionCharacters, "character")}`,
    };
  }
  if (length <= markedDescriptionCharacters) return undefined;
  return {
    severity: "warning",
    message: `${what} has ${count(length, "character")}: the platform gets the first ${grouped(markedDescriptionCharacters)}, because a mark of ownership is added`,
    fix: `shorten it by ${count(length - markedDescriptionCharacters, "character")}, or acknowledge this warning`,
  };
}
