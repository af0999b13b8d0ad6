import { count, quote } from "./text";

/** What is wrong with a name, and the closest one that is right. */
export interface NameProblem {
  readonly message: string;
  readonly fix?: string;
}

const SHORTEST = 2;
const LONGEST = 60;

/**
 * The form that functions, layers and aliases share: 2–60 letters, digits, `_` and `-`, beginning with a letter, ending
 * with a letter or digit.
 */
export function nameProblem(what: string, name: string): NameProblem | undefined {
  const problem = problemOf(name);
  if (problem === undefined) return undefined;
  const valid = closestValid(name);
  return {
    message: `${what} ${quote(name)} ${problem}`,
    ...(valid === undefined ? {} : { fix: `use ${quote(valid)}, for example` }),
  };
}

/** Most names have no problem, which this tells at once. */
const RIGHT = /^[A-Za-z][A-Za-z0-9_-]{0,58}[A-Za-z0-9]$/;

function problemOf(name: string): string | undefined {
  if (RIGHT.test(name)) return undefined;
  if (name.length < SHORTEST || name.length > LONGEST) {
    return `has ${count(name.length, "character")}: ${SHORTEST} to ${LONGEST} are allowed`;
  }
  const wrong = /[^A-Za-z0-9_-]/u.exec(name)?.[0];
  if (wrong !== undefined) return `contains ${quote(wrong)}: letters, digits, _ and - are allowed`;
  if (!/^[A-Za-z]/.test(name)) return `begins with ${quote(name[0])}: it must begin with a letter`;
  if (!/[A-Za-z0-9]$/.test(name)) {
    return `ends with ${quote(name[name.length - 1])}: it must end with a letter or digit`;
  }
  return undefined;
}

function closestValid(name: string): string | undefined {
  const valid = name
    .slice(0, LONGEST * 2)
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^[^A-Za-z]+/, "")
    .slice(0, LONGEST)
    .replace(/[^A-Za-z0-9]+$/, "");
  return valid.length >= SHORTEST ? valid : undefined;
}
