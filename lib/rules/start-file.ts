import type { PackageContents, PackageEntry } from "../model/package-contents";
import { START_FILE } from "../model/start-file";
import type { AppModel, ModelResource } from "./app-model";
import { packageOf } from "./code";
import { isPackageFunction, isWebFunction } from "./function-type";
import { perApp } from "./per-app";
import { readShellScript, type ShellScript } from "./shell";

/** The file that starts a web function's server, as it lies in a package. */
export interface StartFile {
  /** Where it lies at the root under its right name; a link is followed. */
  readonly entry: PackageEntry | undefined;
  /** A link at the root that leads to no file of the package: where it points. */
  readonly brokenLink?: string;
  readonly content: StartContent;
}

export type StartContent =
  /** It could not be opened, or is too large to be a script. */
  | { readonly type: "unread" }
  | { readonly type: "empty" }
  | { readonly type: "program"; readonly system: "Linux" | "Windows" | "macOS" }
  | { readonly type: "utf-16" }
  | {
      readonly type: "text";
      readonly text: string;
      /** What stands behind `#!` in the first line. */
      readonly interpreter: string | undefined;
      /** The commands, when a shell reads it. */
      readonly script: ShellScript | undefined;
    };

/** No script that people write is larger. */
const LARGEST_SCRIPT = 256 * 1024;

export interface StartFileUse {
  readonly resource: ModelResource<"scf_function">;
  readonly contents: PackageContents;
  readonly file: StartFile;
}

/** Web functions that are deployed from a package which could be opened, with their start files. */
export const startFilesOf = perApp((app: AppModel): readonly StartFileUse[] => {
  const known = new Map<string, StartFile>();
  return app.ofKind("scf_function").flatMap((resource): StartFileUse[] => {
    if (!isWebFunction(resource) || !isPackageFunction(resource)) return [];
    const contents = packageOf(resource);
    // A package without any files is COD-ZIP's business.
    if (!contents || contents.entries.length === 0) return [];
    let file = known.get(contents.hash);
    if (!file) {
      file = startFileIn(contents);
      known.set(contents.hash, file);
    }
    return [{ resource, contents, file }];
  });
});

function startFileIn(contents: PackageContents): StartFile {
  const unread = { type: "unread" } as const;
  const named = contents.entries.find(({ path }) => path === START_FILE);
  if (!named) return { entry: undefined, content: unread };
  const target = named.link === undefined ? START_FILE : posixPath(named.link);
  const entry = named.link === undefined ? named : contents.entries.find(({ path }) => path === target);
  if (!entry) return { entry: undefined, brokenLink: named.link ?? "", content: unread };
  // A link to a link is as far as this goes.
  if (entry.link !== undefined || entry.bytes > LARGEST_SCRIPT)
    return { entry, content: headOf(contents, entry) };
  const bytes = contents.contentOf?.(entry.path);
  return { entry, content: bytes ? contentOf(bytes) : unread };
}

/** Of a large file only what kind of program it is. */
function headOf(contents: PackageContents, entry: PackageEntry): StartContent {
  const bytes = entry.link === undefined ? contents.contentOf?.(entry.path) : undefined;
  const system = bytes && systemOf(bytes);
  return system ? { type: "program", system } : { type: "unread" };
}

function contentOf(bytes: Uint8Array): StartContent {
  if (bytes.byteLength === 0) return { type: "empty" };
  const system = systemOf(bytes);
  if (system) return { type: "program", system };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { type: "utf-16" };
  // Some other format that the platform may be able to run.
  if (bytes.includes(0)) return { type: "unread" };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  if (text.trim() === "") return { type: "empty" };
  const firstLine = lineOf(text, 0).replace(/^\uFEFF/, "");
  const interpreter = firstLine.startsWith("#!") ? firstLine.slice(2).trim() : undefined;
  const isShell = interpreter === undefined || shellInterpreter.test(interpreter);
  return { type: "text", text, interpreter, script: isShell ? readShellScript(text) : undefined };
}

/** Interpreters whose scripts are shell scripts: `/bin/sh`, `/usr/bin/env bash`, `/bin/bash -e`. */
const shellInterpreter = /^(\/usr\/bin\/env\s+(-\S+\s+)*)?(\S*\/)?(bash|(da|k|z|a)?sh(\s|$))/;

function systemOf(bytes: Uint8Array): "Linux" | "Windows" | "macOS" | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(4, bytes.byteLength)).toString("latin1");
  if (start === "\u007fELF") return "Linux";
  if (start.startsWith("MZ") && bytes.includes(0)) return "Windows";
  return ["\u00cf\u00fa\u00ed\u00fe", "\u00ca\u00fe\u00ba\u00be"].includes(start) ? "macOS" : undefined;
}

/** One line of a text, from 0, without its ending. */
export function lineOf(text: string, index: number): string {
  return (text.split("\n", index + 1)[index] ?? "").replace(/\r$/, "");
}

function posixPath(link: string): string {
  const parts: string[] = [];
  for (const part of link.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
