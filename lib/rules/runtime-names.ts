import { IMAGE_RUNTIME, runtimes } from "../model/runtime";
import { closest } from "./edit-distance";
import type { Severity } from "./finding";
import { quote } from "./text";

/**
 * Names that the documents do not print and the platform takes all the same: those of the API reference, and the ones that
 * the documents describe without spelling them.
 */
const furtherNames = [
  "Nodejs18.15",
  "Nodejs8.9",
  "Nodejs6.10",
  "Python3.10",
  "Python3.9",
  "Php7.2",
  "Php5.6",
  "CustomRuntime",
  IMAGE_RUNTIME,
];

export const runtimeNames: readonly string[] = [...Object.keys(runtimes), ...furtherNames];
const known = new Set(runtimeNames);

/** What people call a language or a runtime, where that is far from the platform's name. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["golang", "Go"],
  ["custom", "CustomRuntime"],
  ["node", "Nodejs"],
]);

/** The newest of a language, for a name without a version. */
const newest: ReadonlyMap<string, string> = new Map([
  ["go", "Go1"],
  ["nodejs", "Nodejs16.13"],
  ["python", "Python3.7"],
  ["php", "Php8.0"],
  ["java", "Java11"],
]);

export interface RuntimeProblem {
  readonly message: string;
  readonly fix: string;
  readonly severity: Severity;
}

/**
 * What is wrong with the name of a runtime. A version newer than all that are known, or another language, can be one that
 * the platform has added since: that is a warning, so that it stays usable. Anything else is a misspelling.
 */
export function runtimeProblem(name: string): RuntimeProblem | undefined {
  if (known.has(name)) return undefined;
  if (mayBeNew(name)) {
    return {
      severity: "warning",
      message: `runtime ${quote(name)} is not one that the documents name`,
      fix: "acknowledge this warning if the platform offers the runtime by now",
    };
  }
  const { language, version } = parsed(name.replace(/[^A-Za-z0-9.]/g, ""));
  const corrected = otherNames.get(language.toLowerCase()) ?? language;
  const meant =
    (version.length === 0 ? newest.get(corrected.toLowerCase()) : undefined) ??
    closest(`${corrected}${version.join(".")}`, runtimeNames);
  return {
    severity: "error",
    message: `there is no runtime ${quote(name)}`,
    fix:
      meant === undefined
        ? `use one of ${Object.keys(runtimes).join(", ")}, CustomRuntime`
        : `did you mean ${meant}?`,
  };
}

function mayBeNew(name: string): boolean {
  if (!/^[A-Z][A-Za-z]{1,20}\d+(\.\d+){0,2}$/.test(name)) return false;
  if (runtimeNames.some((other) => other.replace(".", "") === name.replace(".", ""))) return false;
  const { language, version } = parsed(name);
  const versions = runtimeNames.map(parsed).filter((other) => other.language === language);
  if (versions.length > 0) return versions.every((other) => isNewer(version, other.version));
  return closest(language, languages) === undefined && otherNames.get(language.toLowerCase()) === undefined;
}

interface ParsedName {
  readonly language: string;
  readonly version: readonly number[];
}

function parsed(name: string): ParsedName {
  const match = /^([A-Za-z]+)([\d.]*)$/.exec(name);
  const version = match?.[2] ?? "";
  return { language: match?.[1] ?? name, version: version === "" ? [] : version.split(".").map(Number) };
}

const languages: readonly string[] = [...new Set(runtimeNames.map((name) => parsed(name).language))];

function isNewer(version: readonly number[], than: readonly number[]): boolean {
  for (let index = 0; index < Math.max(version.length, than.length); index++) {
    const difference = (version[index] ?? 0) - (than[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
