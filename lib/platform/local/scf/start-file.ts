import { inflateRawSync } from "node:zlib";
import { refuse } from "../context";
import type { Package } from "./package";

/** What starts the web server of a web function: WEB-BOOT, WEB-MODE, WEB-SHEBANG, WEB-LF, WEB-PATH. */
const startFile = "scf_bootstrap";

/** The interpreters of the platform's own environments (WEB-PATH). */
const interpreters: Readonly<Record<string, string>> = {
  "Nodejs16.13": "/var/lang/node16/bin/node",
  "Nodejs14.18": "/var/lang/node14/bin/node",
  "Nodejs12.16": "/var/lang/node12/bin/node",
  "Nodejs10.15": "/var/lang/node10/bin/node",
  "Python3.7": "/var/lang/python37/bin/python3",
  "Python3.6": "/var/lang/python3/bin/python3",
  "Python2.7": "/var/lang/python2/bin/python",
  "Php8.0": "/var/lang/php80/bin/php",
  "Php7.4": "/var/lang/php74/bin/php",
  Php7: "/var/lang/php7/bin/php",
  Php5: "/var/lang/php5/bin/php",
  Java11: "/var/lang/java11/bin/java",
  Java8: "/var/lang/java8/bin/java",
};

const modes: readonly number[] = [0o777, 0o755];
const shebangs: readonly string[] = ["#!/bin/bash", "#!/usr/bin/env bash"];

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
  // A program of its own is no text to be looked into.
  if (content.includes(0)) return;
  const text = content.toString("utf8");
  if (text.includes("\r")) wrong(`The lines of ${startFile} end with LF, not with CR`);
  if (!text.endsWith("\n")) wrong(`${startFile} ends with LF`);
  const [first = "", ...lines] = text.split("\n");
  if (isShellScript(first) && !shebangs.includes(first.trimEnd())) {
    wrong(`The first line of ${startFile} is #!/bin/bash; it is "${first.slice(0, 80)}"`);
  }
  checkInterpreter(runtime, isShellScript(first) ? lines : [first.slice(2)]);
}

/** Whatever names no other interpreter in its first line is run by a shell. */
function isShellScript(firstLine: string): boolean {
  return !firstLine.startsWith("#!") || /\b(ba|da|z|k)?sh\b/.test(firstLine);
}

const languages = /^(node|python|python2|python3|php|java)$/;

function checkInterpreter(runtime: string, lines: readonly string[]): void {
  const expected = interpreters[runtime];
  if (expected === undefined) return;
  for (const command of lines.flatMap(commandsOf)) {
    const program = command.split("/").at(-1) ?? "";
    const isOfPlatform = command.startsWith("/var/lang/");
    if (command === expected || !(isOfPlatform || (languages.test(program) && !command.includes("/"))))
      continue;
    wrong(`${startFile} of a function for ${runtime} calls ${expected}; it calls "${command.slice(0, 80)}"`);
  }
}

/** The programs that a line calls, as far as they stand there by name. */
function commandsOf(line: string): string[] {
  if (/^\s*#/.test(line)) return [];
  return line.split(/&&|\|\||[;|&]/).flatMap((part) => {
    const words = part.trim().split(/\s+/);
    const command = words.find((word) => !/^(exec|nohup|env|sudo|[A-Za-z_]\w*=.*)$/.test(word));
    return command === undefined || command === "" ? [] : [command];
  });
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
