import * as path from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceLocation } from "../rules/finding";

/** Set by a program loader that translates files itself: where a position in translated code stands in the source. */
const MAP_LOCATION = Symbol.for("cdktf-scf/map-location");
type MapLocation = (file: string, line: number, column: number) => SourceLocation | undefined;

const ourFolder = path.resolve(__dirname, "..");
/** A template calls a template calls a construct: deep enough for the user's own line to be among the frames. */
const FRAMES = 30;

/**
 * Remembers where the running constructor was called from. Taking the frames is cheap; reading them is not, and happens
 * only for a construct that a finding is about.
 */
export function captureLocation(): () => SourceLocation | undefined {
  const holder: { stack?: string } = {};
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(holder, captureLocation);
  Error.stackTraceLimit = before;
  return () => userFrame(holder.stack ?? "");
}

function userFrame(stack: string): SourceLocation | undefined {
  const frames = stack.split("\n").flatMap((line) => parseFrame(line) ?? []);
  const outside = frames.filter((frame) => !isOurs(frame.file) && !frame.file.startsWith("node:"));
  const chosen =
    outside.find((frame) => !frame.file.includes(`${path.sep}node_modules${path.sep}`)) ?? outside[0];
  if (!chosen) return undefined;
  const map = (globalThis as { [MAP_LOCATION]?: MapLocation })[MAP_LOCATION];
  return map?.(chosen.file, chosen.line, chosen.column) ?? { file: chosen.file, line: chosen.line };
}

function isOurs(file: string): boolean {
  return file.startsWith(ourFolder + path.sep);
}

function parseFrame(line: string): { file: string; line: number; column: number } | undefined {
  // Names of folders may hold spaces and parentheses: only the first ` (` can end the name of the function.
  const match = /^\s*at (?:.*? \((?=.*\)$))?(.+?):(\d+):(\d+)\)?$/.exec(line);
  if (!match?.[1]) return undefined;
  const file = match[1].startsWith("file:") ? fileURLToPath(match[1]) : match[1];
  return { file, line: Number(match[2]), column: Number(match[3]) };
}
