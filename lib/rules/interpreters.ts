import { interpreters, START_FILE } from "../model/start-file";
import { baseName, type ShellScript } from "./shell";
import type { StartContent } from "./start-file";
import { quote } from "./text";

/** Which interpreter a start file calls, and whether the function's runtime has it there (WEB-PATH). */
export interface InterpreterProblem {
  readonly message: string;
  readonly fix?: string;
  readonly warning?: true;
  readonly line: number;
}

type Language = "Node.js" | "Python" | "PHP" | "Java";

/** Programs of the languages, by the names that people call them. */
const programNames: readonly (readonly [Language, RegExp])[] = [
  ["Node.js", /^node(js)?\d*$/],
  ["Python", /^python(\d(\.\d+)?)?$/],
  ["PHP", /^php\d*(\.\d)?$/],
  ["Java", /^java$/],
];

/** Programs that come with an interpreter, or are modules of it. */
const companions: ReadonlyMap<string, Language> = new Map([
  ["npm", "Node.js"],
  ["npx", "Node.js"],
  ["gunicorn", "Python"],
  ["uvicorn", "Python"],
  ["flask", "Python"],
]);

const runtimeLanguages: readonly (readonly [RegExp, Language])[] = [
  [/^Nodejs/i, "Node.js"],
  [/^Python/i, "Python"],
  [/^Php/i, "PHP"],
  [/^Java/i, "Java"],
];

function languageOfRuntime(runtime: string): Language | undefined {
  return runtimeLanguages.find(([name]) => name.test(runtime))?.[1];
}

function languageOfProgram(name: string): Language | undefined {
  return programNames.find(([, pattern]) => pattern.test(name))?.[0];
}

const LANGUAGES_FOLDER = "/var/lang/";

/** Runtimes by the folder of their interpreter: `/var/lang/node16/bin`. */
const runtimeOfFolder: ReadonlyMap<string, string> = new Map(
  Object.entries(interpreters)
    .reverse()
    .map(([runtime, path]) => [folderOf(path), runtime]),
);

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

interface Call {
  readonly program: string;
  readonly line: number;
}

/** What is wrong with the interpreters that a start file calls, for a function of this runtime. */
export function interpreterProblems(
  content: Extract<StartContent, { type: "text" }>,
  runtime: string,
): InterpreterProblem[] {
  const own = languageOfRuntime(runtime);
  // Go programs and custom runtimes bring what they run with.
  if (own === undefined) return [];
  const calls = content.script ? callsOf(content.script) : shebangCalls(content.interpreter ?? "");
  const judged = calls.map((call) => judge(call, runtime, own, content.script?.searchPath));
  const callsOwn = judged.some(({ language }) => language === own);
  const seen = new Set<string>();
  return judged.flatMap(({ language, problem }, index) => {
    const call = calls[index];
    // A helper in another language is fine beside a server in the function's own.
    if (!problem || !call || (language !== own && callsOwn) || seen.has(call.program)) return [];
    seen.add(call.program);
    return [{ ...problem, line: call.line }];
  });
}

function callsOf(script: ShellScript): Call[] {
  return script.commands.flatMap(({ program, line }) =>
    program === undefined || program === "" ? [] : [{ program, line }],
  );
}

/** `#!/usr/bin/env node` looks the name up, `#!/var/lang/…` does not. */
function shebangCalls(interpreter: string): Call[] {
  const words = interpreter.split(/\s+/);
  const program =
    baseName(words[0] ?? "") === "env" ? words.slice(1).find((word) => !word.startsWith("-")) : words[0];
  return program === undefined ? [] : [{ program, line: 1 }];
}

interface Judgement {
  readonly language: Language | undefined;
  readonly problem?: Omit<InterpreterProblem, "line">;
}

function judge(
  { program }: Call,
  runtime: string,
  own: Language,
  searchPath: readonly string[] | undefined,
): Judgement {
  const path = program.replace(/\/{2,}/g, "/");
  const name = baseName(path);
  const language = languageOfProgram(name) ?? companions.get(name);
  const right = Object.hasOwn(interpreters, runtime) ? interpreters[runtime] : undefined;
  const fix = fixFor(right, runtime, own, name);
  if (!path.includes("/")) return bareName(path, language, runtime, own, searchPath, fix);
  if (/^(\.\/)?var\/lang\//.test(path)) {
    return {
      language,
      problem: {
        message: `${START_FILE} calls ${quote(program)}, which is no absolute path: it lacks the slash in front`,
        fix: `use /${path.replace(/^\.\//, "")}`,
      },
    };
  }
  if (path.startsWith(LANGUAGES_FOLDER)) return inLanguagesFolder(path, language, runtime, own, right, fix);
  if (language === own && /^\/(usr\/(local\/)?)?s?bin\//.test(path)) {
    return {
      language,
      problem: {
        message: `${START_FILE} calls ${quote(program)}, where the platform has no ${own} of runtime ${runtime}`,
        fix,
      },
    };
  }
  return { language };
}

function fixFor(right: string | undefined, runtime: string, own: Language, name: string): string {
  if (right === undefined) return `use the absolute path of ${own} for ${runtime}, below ${LANGUAGES_FOLDER}`;
  if (!companions.has(name)) return `use ${right}`;
  return own === "Python" ? `use ${right} -m ${name}` : `use ${right} ${folderOf(right)}/${name}`;
}

function bareName(
  name: string,
  language: Language | undefined,
  runtime: string,
  own: Language,
  searchPath: readonly string[] | undefined,
  fix: string,
): Judgement {
  if (language === undefined) return { language };
  if (language !== own) {
    return companions.has(name)
      ? { language }
      : {
          language,
          problem: {
            message: `${START_FILE} calls ${quote(name)}, and the function's runtime is ${runtime}`,
            fix,
          },
        };
  }
  const wrong = searchPath?.find((folder) => otherVersion(folder, runtime));
  if (wrong !== undefined) {
    return {
      language,
      problem: {
        message: `${START_FILE} puts ${wrong} into PATH, which belongs to ${runtimeOfFolder.get(wrong)}, and the function's runtime is ${runtime}`,
        fix,
      },
    };
  }
  const message = `${START_FILE} calls ${quote(name)} by its name, and the platform finds interpreters by their absolute path only`;
  // The script says itself where to look, or it is a module's program: both can work.
  const uncertain = searchPath !== undefined || companions.has(name);
  return { language, problem: { message, fix, ...(uncertain ? { warning: true } : {}) } };
}

function otherVersion(folder: string, runtime: string): boolean {
  const owner = runtimeOfFolder.get(folder);
  return (
    owner !== undefined &&
    languageOfRuntime(owner) === languageOfRuntime(runtime) &&
    interpreters[owner] !== interpreters[runtime]
  );
}

function inLanguagesFolder(
  path: string,
  named: Language | undefined,
  runtime: string,
  own: Language,
  right: string | undefined,
  fix: string,
): Judgement {
  if (path === right) return { language: own };
  const folder = folderOf(path);
  const owner = runtimeOfFolder.get(folder);
  const language = (owner === undefined ? undefined : languageOfRuntime(owner)) ?? named;
  if (owner !== undefined && (language !== own || otherVersion(folder, runtime))) {
    return {
      language,
      problem: {
        message: `${START_FILE} calls ${path}, which belongs to ${owner}, and the function's runtime is ${runtime}`,
        fix,
      },
    };
  }
  if (language !== undefined && language !== own) {
    return {
      language,
      problem: { message: `${START_FILE} calls ${path}, and the function's runtime is ${runtime}`, fix },
    };
  }
  // A tool beside the interpreter, something like `nscd`, or a runtime that is newer than the documents.
  if (language === undefined || right === undefined) return { language };
  const inRightFolder = folder === folderOf(right);
  const isRightVersion =
    inRightFolder &&
    (languageOfProgram(baseName(path)) === undefined ||
      isSpelledWithVersion(baseName(path), baseName(right)));
  if (isRightVersion) return { language };
  return {
    language,
    problem: { message: `${START_FILE} calls ${path}, and there is no such interpreter for ${runtime}`, fix },
  };
}

/** `python3.7` for `python3`, `python2` for `python`. */
function isSpelledWithVersion(name: string, right: string): boolean {
  return name.startsWith(right) && /^[\d.]+$/.test(name.slice(right.length));
}
