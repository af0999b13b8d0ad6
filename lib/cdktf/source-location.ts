import { findSourceMap } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import type { SourceLocation } from "../rules/finding";

/** Set by a program loader that translates files itself: where a position in translated code stands in the source. */
const MAP_LOCATION = Symbol.for("cdktf-scf/map-location");
type MapLocation = (file: string, line: number, column: number) => SourceLocation | undefined;

const ourFolder = path.resolve(__dirname, "..");
/** Mostly the user's own line is next to the constructors of ours. */
const FIRST_FRAMES = 3;
/** A template calls a template calls a construct: deep enough for the user's own line to be among the frames. */
const FRAMES = 30;

type Frame = NodeJS.CallSite;

type Constructor = abstract new (...values: never[]) => unknown;

/**
 * The place that a running constructor was called from. One frame is kept, and no more of the stack: there are as many as
 * resources. Where it stands in the source is looked up only for a construct that a finding is about.
 */
export function callingFrame(running: Constructor): Frame | undefined {
  return firstOfProgram(frames(running, FIRST_FRAMES)) ?? outermost(frames(running, FRAMES));
}

/** The nearest place outside of this library that a running function was called from, in the program or in a package. */
export function nearestFrame(running: unknown): Frame | undefined {
  return frames(running as Constructor, FIRST_FRAMES).find((frame) => ownerOf(frame) !== "neither");
}

function outermost(all: readonly Frame[]): Frame | undefined {
  return firstOfProgram(all) ?? all.find((frame) => ownerOf(frame) === "package");
}

function firstOfProgram(all: readonly Frame[]): Frame | undefined {
  return all.find((frame) => ownerOf(frame) === "program");
}

function frames(running: Constructor, limit: number): readonly Frame[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const holder: { readonly stack?: readonly Frame[] } = {};
  Error.stackTraceLimit = limit;
  Error.prepareStackTrace = untouched;
  Error.captureStackTrace(holder, running);
  // Made when it is read.
  const all = holder.stack ?? [];
  Error.stackTraceLimit = stackTraceLimit;
  Error.prepareStackTrace = prepareStackTrace;
  return all;
}

function untouched(_: Error, all: Frame[]): readonly Frame[] {
  return all;
}

type Owner = "program" | "package" | "neither";

const owners = new Map<string | null | undefined, Owner>();

function ownerOf(frame: Frame): Owner {
  const name = frame.getFileName();
  let owner = owners.get(name);
  if (!owner) owners.set(name, (owner = ownerOfFile(name)));
  return owner;
}

function ownerOfFile(name: string | null | undefined): Owner {
  if (!name || name.startsWith("node:")) return "neither";
  const file = pathOf(name);
  if (file.startsWith(ourFolder + path.sep)) return "neither";
  return file.includes(`${path.sep}node_modules${path.sep}`) ? "package" : "program";
}

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a frame stands in the source, also of a program that was translated before it ran. */
export function locationOf(frame: Frame | undefined): SourceLocation | undefined {
  const position = frame && (mappedByHook(frame) ?? mappedByNode(frame));
  if (!position) return undefined;
  const { file, line, column } = position;
  const map = (globalThis as { [MAP_LOCATION]?: MapLocation })[MAP_LOCATION];
  return map?.(file, line, column) ?? { file, line };
}

/** ts-node and others put the positions of the sources into the text of stacks; Jest does so from outside of the tests' world. */
function mappedByHook(frame: Frame): Position | undefined {
  const outside = runInThisContext("Error") as ErrorConstructor;
  const prepareStackTrace = Error.prepareStackTrace ?? outside.prepareStackTrace;
  if (!prepareStackTrace) return undefined;
  const text: unknown = prepareStackTrace(new Error(), [frame]);
  const lines = typeof text === "string" ? text.split("\n") : [];
  return lines.flatMap((line) => parseFrame(line) ?? [])[0];
}

/** Node maps positions itself when it is told to: `--enable-source-maps`. */
function mappedByNode(frame: Frame): Position | undefined {
  const [name, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (!name || line === null || column === null) return undefined;
  const origin = findSourceMap(name)?.findEntry(line - 1, column - 1);
  return origin && "originalSource" in origin
    ? {
        file: pathOf(origin.originalSource),
        line: origin.originalLine + 1,
        column: origin.originalColumn + 1,
      }
    : { file: pathOf(name), line, column };
}

function parseFrame(line: string): Position | undefined {
  // Names of folders may hold spaces and parentheses: only the first ` (` can end the name of the function.
  const match = /^\s*at (?:.*? \((?=.*\)$))?(.+?):(\d+):(\d+)\)?$/.exec(line);
  if (!match?.[1]) return undefined;
  return { file: pathOf(match[1]), line: Number(match[2]), column: Number(match[3]) };
}

function pathOf(name: string): string {
  return name.startsWith("file:") ? fileURLToPath(name) : name;
}
