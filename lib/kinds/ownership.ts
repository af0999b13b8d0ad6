import { limits } from "../model/quotas";
import { OWNER_TAG } from "../model/owner-tag";

/**
 * Descriptions carry the mark where there are no tags: only letters, digits, spaces, commas and periods are allowed there
 * (FN-DESC), so it is words.
 */
const MARK = /(?:^| )cdktfscf (?:([0-9a-f]{16}) )?([0-9A-Za-z]+)$/;

/** @param content hash of what is published, where one resource publishes several objects */
export function markDescription(description: string | undefined, owner: string, content?: string): string {
  const said = description ? `${beforeMark(description)} ` : "";
  return `${said}cdktfscf ${content === undefined ? "" : `${content.slice(0, 16)} `}${owner}`;
}

/** The part of a description that the mark leaves room for. One that is too long by itself is the platform's to refuse. */
function beforeMark(description: string): string {
  const longest = limits.markedDescriptionCharacters;
  if (description.length <= longest) return description;
  const characters = [...description];
  return characters.length > limits.descriptionCharacters
    ? description
    : characters.slice(0, longest).join("");
}

/** The description as the program says it, when what the platform has is the part of it that the mark leaves room for. */
export function wholeDescription(live: string, wanted: unknown): string {
  return typeof wanted === "string" && beforeMark(wanted) === live ? wanted : live;
}

export interface MarkedDescription {
  readonly description: string;
  readonly content?: string;
  readonly owner?: string;
}

export function readMark(text: string | undefined): MarkedDescription {
  const match = MARK.exec(text ?? "");
  if (!match?.[2]) return { description: text ?? "" };
  const [, content, owner] = match;
  return {
    description: (text ?? "").slice(0, match.index),
    ...(content === undefined ? {} : { content }),
    owner,
  };
}

type Tag = { Key?: string | undefined; Value?: string | undefined };

/** Tags as a record, without the mark. */
export function readTags(tags: readonly Tag[] | undefined): { tags: Record<string, string>; owner?: string } {
  const own = tags?.find((tag) => tag.Key === OWNER_TAG);
  const others = (tags ?? []).filter((tag) => tag.Key !== OWNER_TAG);
  return {
    tags: Object.fromEntries(others.map((tag) => [tag.Key ?? "", tag.Value ?? ""])),
    ...(own?.Value ? { owner: own.Value } : {}),
  };
}

export function writeTags(
  tags: Readonly<Record<string, string>> | undefined,
  owner: string,
): { Key: string; Value: string }[] {
  return [
    ...Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    { Key: OWNER_TAG, Value: owner },
  ];
}

/** Whether a mark names the resource of another one, whichever generation of it. */
export function isOfSameResource(mark: string | undefined, owner: string): boolean {
  return mark !== undefined && generationless(mark) === generationless(owner);
}

/** The part of a mark that all generations of one resource share. */
function generationless(owner: string): string {
  return owner.replace(/g\d+$/, "");
}
