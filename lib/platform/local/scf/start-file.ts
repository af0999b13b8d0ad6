import { inflateRawSync } from "node:zlib";
import { interpreters, START_FILE, utilities } from "../../../model/start-file";
import { refuse } from "../context";
import type { Package } from "./package";
import { readScript } from "./shell-script";
import type { Script } from "./shell-script";

/** WEB-BOOT, WEB-MODE, WEB-SHEBANG, WEB-LF, WEB-PATH. */
const startFile = START_FILE;

const modes: readonly number[] = [0o777, 0o755];
const shebang = /^#!\s*(\/bin\/bash(\s+-\S.*)?|\/usr\/bin\/env\s+bash)\s*$/;

/** Refuses code of a web function that could not start. Code in a bucket is out of reach and not looked into. */
export function checkStartFile(runtime: string, code: Package): void {
  if (!code.archive || !code.paths) return;
  if (!code.paths.has(startFile)) {
    const elsewhere = [...code.paths].find((path) => path.endsWith(`/${startFile}`));
    wrong(
      `A web function's package has the file ${startFile} at its root` +
        (elsewhere === undefined ? "" : `; it is at ${elsewhere}`),
    );
  }
  const { mode, content } = readFile(code.archive, startFile);
  if (mode === undefined || !modes.includes(mode)) {
    const actual = mode === undefined ? "none" : mode.toString(8);
    wrong(`The mode of ${startFile} is 777 or 755; it is ${actual}`);
  }
  if (content.length === 0) wrong(`${startFile} is empty`);
  const foreign = foreignProgram(content);
  if (foreign !== undefined) wrong(`${startFile} is ${foreign}: functions run on Linux`);
  // A program of its own is no text to be looked into.
  if (content.includes(0)) return;
  const text = content.toString("utf8");
  if (text.trim() === "") wrong(`${startFile} is empty`);
  if (text.includes("\r")) wrong(`The lines of ${startFile} end with LF, not with CR`);
  if (!text.endsWith("\n")) wrong(`${startFile} ends with LF`);
  const first = text.slice(0, text.indexOf("\n"));
  if (!isShellScript(first)) {
    checkInterpreters(runtime, { calls: [{ program: interpreterIn(first) }], searchPath: undefined });
    return;
  }
  if (!shebang.test(first)) {
    wrong(`The first line of ${startFile} is #!/bin/bash; it is "${first.slice(0, 80)}"`);
  }
  const script = readScript(text);
  if (!script.calls.some(({ program }) => mayServe(program))) wrong(`${startFile} starts no program`);
  checkInterpreters(runtime, script);
}

/** Text in another encoding, or a program for another system. */
function foreignProgram(content: Buffer): string | undefined {
  const start = content.toString("latin1", 0, 4);
  if (start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff")) return "UTF-16 text";
  if (start.startsWith("MZ") && content.includes(0)) return "a program for Windows";
  const mac = ["\u00cf\u00fa\u00ed\u00fe", "\u00ca\u00fe\u00ba\u00be"];
  return mac.includes(start) ? "a program for macOS" : undefined;
}

/** Whatever names no other interpreter in its first line is run by a shell. */
function isShellScript(firstLine: string): boolean {
  return (
    !firstLine.startsWith("#!") ||
    /^#!\s*(\/usr\/bin\/env\s+(-\S+\s+)*)?(\S*\/)?(ba|da|k|z|a)?sh(\s|$)/.test(firstLine)
  );
}

/** `#!/usr/bin/env node` looks for the program, `#!/var/lang/…` names it. */
function interpreterIn(firstLine: string): string | undefined {
  const [first = "", ...others] = firstLine.slice(2).trim().split(/\s+/);
  return nameOf(first) === "env" ? others.find((word) => !word.startsWith("-")) : first;
}

/** Programs that may call others are taken to do so. */
function mayServe(program: string | undefined): boolean {
  if (program === undefined) return true;
  const name = nameOf(program);
  return /^(\.|source|eval|xargs|find)$/.test(name) || !utilities.has(name);
}

function nameOf(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}

interface Language {
  /** How names of its runtimes begin. */
  readonly runtimes: RegExp;
  readonly programs: RegExp;
  readonly companions: readonly string[];
}

const languages: readonly Language[] = [
  { runtimes: /^Nodejs/i, programs: /^node(js)?\d*$/, companions: ["npm", "npx"] },
  { runtimes: /^Python/i, programs: /^python(\d(\.\d+)?)?$/, companions: ["gunicorn", "uvicorn", "flask"] },
  { runtimes: /^Php/i, programs: /^php\d*(\.\d)?$/, companions: [] },
  { runtimes: /^Java/i, programs: /^java$/, companions: [] },
];

/** Interpreters by their folder below /var/lang. */
const folders = new Map(
  Object.entries(interpreters).map(([runtime, path]) => [folderOf(path), { runtime, path }]),
);

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/**
 * A runtime has its own interpreter only, and no shell finds it by its name. Programs of other languages, and what lies
 * beside an interpreter, may be called by a script that calls the right one as well.
 */
function checkInterpreters(runtime: string, { calls, searchPath }: Script): void {
  const own = languages.find(({ runtimes }) => runtimes.test(runtime));
  if (!own) return;
  const right = Object.hasOwn(interpreters, runtime) ? interpreters[runtime] : undefined;
  const programs = calls.flatMap(({ program }) => (program ? [program.replace(/\/{2,}/g, "/")] : []));
  const judged = programs.map((program) => ({ program, language: languageOf(program) }));
  const callsOwn = judged.some(({ language }) => language === own);
  for (const { program, language } of judged) {
    const isWrong =
      language === own
        ? isWrongProgram(program, own, right, searchPath)
        : !callsOwn && language !== undefined && isForeign(program, language);
    if (isWrong || /^(\.\/)?var\/lang\//.test(program)) {
      wrong(
        `${startFile} of a function for ${runtime} calls ${right ?? "the interpreter by its path"}; it calls "${program.slice(0, 80)}"`,
      );
    }
  }
}

function languageOf(program: string): Language | undefined {
  const owner = folders.get(folderOf(program));
  if (owner) return languages.find(({ runtimes }) => runtimes.test(owner.runtime));
  const name = nameOf(program);
  return languages.find(({ programs, companions }) => programs.test(name) || companions.includes(name));
}

function isForeign(program: string, { companions }: Language): boolean {
  if (program.startsWith("/var/lang/")) return true;
  return !program.includes("/") && !companions.includes(program);
}

function isWrongProgram(
  program: string,
  { programs, companions }: Language,
  right: string | undefined,
  searchPath: readonly string[] | undefined,
): boolean {
  const isRightFolder = (folder: string): boolean => {
    const owner = folders.get(folder);
    return owner === undefined || owner.path === right;
  };
  const name = nameOf(program);
  if (!program.includes("/")) {
    // Modules bring programs of their own; a script that says where to look finds what is there.
    const ownFolders = searchPath?.filter((folder) => languageOf(`${folder}/`) === languageOf(name));
    return ownFolders ? !ownFolders.every(isRightFolder) : !companions.includes(name);
  }
  if (!program.startsWith("/var/lang/")) return /^\/(usr\/(local\/)?)?s?bin\//.test(program);
  if (right === undefined) return false;
  if (folders.has(folderOf(program)) && !isRightFolder(folderOf(program))) return true;
  if (!programs.test(name) || program === right) return false;
  return folderOf(program) !== folderOf(right) || !/^[\d.]+$/.test(program.slice(right.length));
}

function wrong(message: string): never {
  refuse("InvalidParameterValue.Code", message);
}

/** One file of an archive that has been found readable. Only the central directory knows its mode. */
function readFile(archive: Buffer, name: string): { mode: number | undefined; content: Buffer } {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(at + 28);
    if (archive.toString("utf8", at + 46, at + 46 + nameLength) === name) {
      const madeOnUnix = archive.readUInt8(at + 5) === 3;
      const mode = madeOnUnix ? (archive.readUInt32LE(at + 38) >>> 16) & 0o777 : undefined;
      const compressed = archive.readUInt16LE(at + 10) !== 0;
      const size = archive.readUInt32LE(at + 20);
      const local = archive.readUInt32LE(at + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const bytes = archive.subarray(start, start + size);
      return { mode, content: compressed ? inflateRawSync(bytes) : bytes };
    }
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return wrong(`${name} cannot be read`);
}
