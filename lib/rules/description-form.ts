import { limits } from "../model/quotas";
import { count, grouped, quote } from "./text";

/**
 * What is wrong with a description. Letters of every script count as letters: the platform's own console accepts Chinese,
 * and the documents do not say "Latin". Line breaks are in the API reference only.
 */
export function descriptionProblem(what: string, text: string, longest: number): string | undefined {
  const length = [...text].length;
  if (length > longest) return `${what} has ${count(length, "character")}: ${grouped(longest)} are allowed`;
  const wrong = /[^\p{L}\p{M}\p{N} ,.，。\n]/u.exec(text)?.[0];
  return wrong === undefined
    ? undefined
    : `${what} contains ${quote(wrong)}: letters, digits, spaces, commas and periods are allowed`;
}

/**
 * What is wrong with the description of a layer or a version, which may hold any characters: a mark of ownership is added
 * to it, which needs the rest of the room.
 */
export function markedDescriptionProblem(what: string, text: string): string | undefined {
  const longest = limits.markedDescriptionCharacters;
  const length = [...text].length;
  if (length <= longest) return undefined;
  return `${what} has ${count(length, "character")}: ${grouped(longest)} are allowed, because a mark of ownership is added, and the platform takes ${grouped(limits.descriptionCharacters)}`;
}
