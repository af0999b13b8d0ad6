import * as path from "node:path";
import { ScfError } from "../../model/error";
import { mapLocation } from "./source-locations";

/** Our own files, whichever copy of the package a program uses. */
const ownFolder = path.resolve(__dirname, "..", "..");
const MOST_FRAMES = 5;

interface Frame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** Says what a program threw in the program's own terms: its message and its own lines, without those of libraries. */
export function programFailure(thrown: unknown, program: string): ScfError {
  if (!(thrown instanceof Error)) {
    return new ScfError("PROGRAM_FAILED", `${program} threw ${describe(thrown)}, which is not an Error.`, {
      fix: "Throw an Error, so that the line it comes from is known.",
      cause: thrown,
    });
  }
  if (isFindings(thrown)) return thrown;
  if (ScfError.is(thrown) && isAboutTheProgram(thrown)) return thrown;
  const frames = userFrames(thrown);
  const first = frames[0];
  const missing = missingModule(thrown);
  if (missing !== undefined) {
    const place = first ? `${first.file}:${first.line}` : program;
    return new ScfError("PROGRAM_FAILED", `${place} needs ${missing}, which cannot be found.`, {
      fix: /^[./]/.test(missing) ? "Correct the path." : `Run \`npm install ${packageName(missing)}\`.`,
      cause: thrown,
    });
  }
  if (ScfError.is(thrown)) {
    const place = first ? `\n${called(frames)}` : "";
    return new ScfError(thrown.code, `${thrown.message}${place}`, {
      ...(thrown.fix === undefined ? {} : { fix: thrown.fix }),
      cause: thrown,
    });
  }
  const syntax = thrown instanceof SyntaxError ? syntaxErrorPlace(thrown) : undefined;
  const place = syntax ?? (first ? `${first.file}:${first.line}` : program);
  const text = `${place} threw ${article(thrown.name)}: ${thrown.message.trimEnd()}`;
  const below = syntax === undefined && frames.length > 1 ? `\n${called(frames)}` : "";
  return new ScfError("PROGRAM_FAILED", `${/[.!?]$/.test(text) ? text : `${text}.`}${below}`, {
    cause: thrown,
  });
}

/** What synthesis found wrong with the program: it has places of its own. */
export function isFindings(error: unknown): error is ScfError {
  return ScfError.is(error) && error.code === "FINDINGS";
}

function isAboutTheProgram(error: ScfError): boolean {
  return /^(PROGRAM|TYPESCRIPT|TSCONFIG)_/.test(error.code);
}

function called(frames: readonly Frame[]): string {
  const shown = frames.slice(0, MOST_FRAMES).map((frame) => {
    const name = frame.function === "" ? "" : `  ${frame.function}`;
    return `  at ${frame.file}:${frame.line}${name}`;
  });
  if (frames.length > MOST_FRAMES) shown.push(`  and ${frames.length - MOST_FRAMES} more`);
  return shown.join("\n");
}

function userFrames(error: Error): Frame[] {
  return (error.stack ?? "").split("\n").flatMap((line) => {
    const match = /^\s+at (?:(.*?) \()?(?:file:\/\/)?([^()]+?):(\d+):(\d+)\)?$/.exec(line);
    const [, name = "", file = "", row = "", column = ""] = match ?? [];
    if (!path.isAbsolute(file) || isLibrary(file)) return [];
    const mapped = mapLocation(file, Number(row), Number(column));
    const shown = path.relative(process.cwd(), file);
    return [{ function: readable(name), file: shown, line: mapped?.line ?? Number(row) }];
  });
}

function isLibrary(file: string): boolean {
  return file.includes(`${path.sep}node_modules${path.sep}`) || file.startsWith(ownFolder + path.sep);
}

/** `Object.<anonymous>` is the file itself, and `Module._compile` is Node's. */
function readable(name: string): string {
  return /<anonymous>|^Module\./.test(name) ? "" : name;
}

/** Node puts the place of a syntax error on the first line of its stack. */
function syntaxErrorPlace(error: SyntaxError): string | undefined {
  const match = /^(\/.*|[A-Z]:\\.*):(\d+)$/m.exec((error.stack ?? "").split("\n", 1)[0] ?? "");
  return match?.[1] === undefined ? undefined : `${path.relative(process.cwd(), match[1])}:${match[2]}`;
}

function missingModule(error: Error): string | undefined {
  if ((error as { code?: unknown }).code !== "MODULE_NOT_FOUND") return undefined;
  return /^Cannot find module '([^']+)'/.exec(error.message)?.[1];
}

function packageName(request: string): string {
  return request
    .split("/")
    .slice(0, request.startsWith("@") ? 2 : 1)
    .join("/");
}

function article(name: string): string {
  return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
}

function describe(value: unknown): string {
  try {
    return typeof value === "string" ? JSON.stringify(value) : String(value);
  } catch {
    return "something";
  }
}
