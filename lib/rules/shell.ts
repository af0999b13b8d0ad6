/**
 * As much of the shell's language as it takes to tell which programs a script calls, with which arguments. What only a
 * running shell knows stays unknown: nothing is guessed.
 */

/** Stands in a word for what is not known: the value of a variable from outside, what another program prints. */
const UNKNOWN_PART = "\0";

export interface ShellCommand {
  /** The program's name or path; `undefined` where it is not known. Empty for assignments alone. */
  readonly program: string | undefined;
  /** Arguments; `undefined` for those that are not known. */
  readonly args: readonly (string | undefined)[];
  /** Variables that are set for this command, or by it. */
  readonly assigned: ReadonlyMap<string, string | undefined>;
  /** Whether it is sent to the background with `&`. */
  readonly background: boolean;
  /** Line of the script that it begins in, from 1. */
  readonly line: number;
}

export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  /** Folders that the script itself puts into `PATH`; undefined when it leaves `PATH` alone. */
  readonly searchPath: readonly string[] | undefined;
}

/** `bash -c '…'` in `bash -c '…'`: deeper than any start file goes. */
const DEEPEST = 4;

export function readShellScript(text: string): ShellScript {
  const variables = new Map<string, string>();
  const commands = readCommands(text, 1, variables, 0);
  const searchPath = variables.get("PATH");
  return { commands, searchPath: searchPath?.split(":").filter((folder) => folder.startsWith("/")) };
}

function readCommands(
  text: string,
  firstLine: number,
  variables: Map<string, string>,
  depth: number,
): ShellCommand[] {
  return rawCommands(text).flatMap((raw): ShellCommand[] => {
    const command = interpreted(raw, firstLine, variables);
    if (!command) return [];
    const script = depth < DEEPEST ? nestedScript(command) : undefined;
    return script === undefined ? [command] : readCommands(script, command.line, variables, depth + 1);
  });
}

/** The script in `bash -c '…'` and `eval …`. */
function nestedScript({ program, args }: ShellCommand): string | undefined {
  const name = program === undefined ? "" : baseName(program);
  if (name === "eval") return args.includes(undefined) ? undefined : args.join(" ");
  if (name !== "bash" && name !== "sh") return undefined;
  const option = args.findIndex((arg) => arg !== undefined && /^-[a-z]*c$/.test(arg));
  return option < 0 ? undefined : args[option + 1];
}

export function baseName(program: string): string {
  return program.slice(program.lastIndexOf("/") + 1);
}

// Words and operators ------------------------------------------------------------------------------------------------

type Part = string | { readonly variable: string; readonly otherwise?: string } | typeof unknownPart;
const unknownPart = Symbol("unknown");

interface Word {
  readonly parts: readonly Part[];
  readonly quoted: boolean;
}

interface RawCommand {
  readonly words: readonly Word[];
  readonly line: number;
  readonly background: boolean;
}

const blank = /[ \t\r]/;
const wordEnd = /[\s;&|()<>]/;

function rawCommands(text: string): RawCommand[] {
  const commands: RawCommand[] = [];
  const hereDocuments: { readonly delimiter: string; readonly indented: boolean }[] = [];
  let words: Word[] = [];
  let at = 0;
  let line = 1;
  let commandLine = 1;
  let open = 0;

  const finish = (background = false): void => {
    if (words.length > 0) commands.push({ words, line: commandLine, background });
    words = [];
  };

  while (at < text.length) {
    const character = text[at] ?? "";
    if (character === "\\" && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
      at = text.indexOf("\n", at) + 1;
      line++;
    } else if (character === "\n") {
      finish();
      at++;
      line++;
      for (const document of hereDocuments.splice(0)) {
        const end = endOfHereDocument(text, at, document);
        line += linesIn(text.slice(at, end));
        at = end;
      }
    } else if (blank.test(character)) {
      at++;
    } else if (character === "#") {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
    } else if (character === "<" && text.startsWith("<<", at) && text[at + 2] !== "<") {
      const indented = text[at + 2] === "-";
      at += indented ? 3 : 2;
      while (at < text.length && blank.test(text[at] ?? "")) at++;
      const { word, end } = readWord(text, at);
      at = Math.max(end, at + (end === at && text[at] !== "\n" ? 1 : 0));
      hereDocuments.push({ delimiter: word.parts.map(String).join(""), indented });
    } else if (character === "<" || character === ">") {
      dropDescriptor(words, text, at);
      at = skipRedirection(text, at);
    } else if (character === "&" && text[at + 1] === ">") {
      at = skipRedirection(text, at + 1);
    } else if (character === ";" || character === "|" || character === "&") {
      const double = text[at + 1] === character;
      finish(character === "&" && !double);
      at += double ? 2 : 1;
    } else if (character === "(") {
      finish();
      open++;
      at++;
    } else if (character === ")") {
      // Without an opening one it ends a pattern of `case`.
      if (open === 0) words = [];
      else open--;
      finish();
      at++;
    } else {
      if (words.length === 0) commandLine = line;
      const { word, end } = readWord(text, at);
      line += linesIn(text.slice(at, end));
      words.push(word);
      at = Math.max(end, at + 1);
    }
  }
  finish();
  return commands;
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

function endOfHereDocument(
  text: string,
  from: number,
  document: { readonly delimiter: string; readonly indented: boolean },
): number {
  for (let at = from; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 ? text.length : newline + 1;
    const content = text.slice(at, newline < 0 ? text.length : newline).replace(/\r$/, "");
    if ((document.indented ? content.replace(/^\t+/, "") : content) === document.delimiter) return next;
    at = next;
  }
  return text.length;
}

/** `2>` and `2<`: the number belongs to the redirection. */
function dropDescriptor(words: Word[], text: string, at: number): void {
  const last = words[words.length - 1];
  const [only] = last?.parts ?? [];
  const isDescriptor = last?.parts.length === 1 && typeof only === "string" && /^\d$/.test(only);
  if (isDescriptor && text[at - 1] === only) words.pop();
}

function skipRedirection(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[<>&|]/.test(text[at] ?? "")) at++;
  if (text[at] === "(") return skipNested(text, at, "(", ")");
  while (at < text.length && blank.test(text[at] ?? "")) at++;
  return readWord(text, at).end;
}

function readWord(text: string, from: number): { readonly word: Word; readonly end: number } {
  const parts: Part[] = [];
  let plain = "";
  let quoted = false;
  let at = from;
  const push = (part: Part): void => {
    if (plain !== "") parts.push(plain);
    plain = "";
    parts.push(part);
  };
  while (at < text.length && !wordEnd.test(text[at] ?? "")) {
    const character = text[at] ?? "";
    if (character === "\\") {
      if (text[at + 1] !== "\n") plain += text[at + 1] ?? "";
      at += 2;
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      plain += text.slice(at + 1, end < 0 ? text.length : end);
      quoted = true;
      at = end < 0 ? text.length : end + 1;
    } else if (character === '"') {
      quoted = true;
      at++;
      while (at < text.length && text[at] !== '"') {
        const inside = text[at] ?? "";
        if (inside === "\\") {
          const next = text[at + 1] ?? "";
          plain += /["$`\\]/.test(next) ? next : next === "\n" ? "" : inside + next;
          at += 2;
        } else if (inside === "$" || inside === "`") {
          const { part, end } = readExpansion(text, at);
          push(part);
          at = end;
        } else {
          plain += inside;
          at++;
        }
      }
      at++;
    } else if (character === "$" || character === "`") {
      const { part, end } = readExpansion(text, at);
      push(part);
      at = end;
    } else {
      plain += character;
      at++;
    }
  }
  if (plain !== "" || (parts.length === 0 && quoted)) parts.push(plain);
  return { word: { parts, quoted }, end: Math.min(at, text.length) };
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*/;

function readExpansion(text: string, at: number): { readonly part: Part; readonly end: number } {
  if (text[at] === "`") {
    const end = text.indexOf("`", at + 1);
    return { part: unknownPart, end: end < 0 ? text.length : end + 1 };
  }
  const next = text[at + 1] ?? "";
  if (next === "(") return { part: unknownPart, end: skipNested(text, at + 1, "(", ")") };
  if (next === "{") {
    const end = skipNested(text, at + 1, "{", "}");
    const inside = text.slice(at + 2, end - 1);
    const name = plainName.exec(inside)?.[0];
    if (name === undefined) return { part: unknownPart, end };
    const rest = inside.slice(name.length);
    if (rest === "") return { part: { variable: name }, end };
    const otherwise = /^:?[-=]([^$`"'\\]*)$/.exec(rest)?.[1];
    return { part: otherwise === undefined ? unknownPart : { variable: name, otherwise }, end };
  }
  const name = plainName.exec(text.slice(at + 1, at + 100))?.[0];
  if (name !== undefined) return { part: { variable: name }, end: at + 1 + name.length };
  // `$@`, `$1`, `$?`: arguments and states of a running shell. A lone `$` is one.
  if (/[0-9@*#?$!-]/.test(next)) return { part: unknownPart, end: at + 2 };
  return { part: next === "'" || next === '"' ? "" : "$", end: at + 1 };
}

/** Where what begins at `at` with an opening bracket ends. */
function skipNested(text: string, from: number, opening: string, closing: string): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end > 0) at = end;
    } else if (character === opening) open++;
    else if (character === closing && --open === 0) return at + 1;
  }
  return text.length;
}

// Meaning ------------------------------------------------------------------------------------------------------------

/** Words before a command that are no part of it. */
const reserved = new Set(["if", "then", "else", "elif", "while", "until", "do", "!", "{", "time"]);
/** Words that begin something that calls nothing by itself. */
const noCommand = new Set(["for", "select", "case", "function", "fi", "done", "esac", "}", "in"]);
const declarations = new Set(["export", "declare", "typeset", "readonly", "local"]);
/** Programs that start the program in their arguments. */
const launchers = new Set([
  "exec",
  "nohup",
  "env",
  "setsid",
  "nice",
  "sudo",
  "command",
  "builtin",
  "timeout",
  "stdbuf",
]);
/** Options of launchers that take the next word. */
const launcherOptions = new Set(["-a", "-n", "-u", "-g", "-s", "-k", "-o", "-e", "-i"]);

function interpreted(
  raw: RawCommand,
  firstLine: number,
  variables: Map<string, string>,
): ShellCommand | undefined {
  const line = firstLine + raw.line - 1;
  const assigned = new Map<string, string | undefined>();
  const words = [...raw.words];
  const literal = (word: Word | undefined): string | undefined =>
    word?.parts.length === 1 && typeof word.parts[0] === "string" ? word.parts[0] : undefined;

  while (words.length > 0 && !words[0]?.quoted && reserved.has(literal(words[0]) ?? "")) words.shift();
  if (words.length === 0 || noCommand.has(literal(words[0]) ?? "")) return undefined;

  takeAssignments(words, assigned, variables);
  if (words.length === 0) {
    for (const [name, value] of assigned) remember(variables, name, value);
    return { program: "", args: [], assigned: shown(assigned), background: raw.background, line };
  }
  if (declarations.has(literal(words[0]) ?? "")) {
    const program = literal(words.shift()) ?? "";
    for (const word of words) {
      const assignment = assignmentOf(word, variables);
      if (!assignment) continue;
      assigned.set(assignment.name, assignment.value);
      remember(variables, assignment.name, assignment.value);
    }
    return { program, args: [], assigned: shown(assigned), background: raw.background, line };
  }
  let launcher: string | undefined;
  for (;;) {
    const name = expanded(words[0], variables);
    if (name === undefined || !launchers.has(baseName(name)) || words.length === 1) break;
    launcher = baseName(name);
    const next = expanded(words[1], variables);
    // `command -v node` asks and starts nothing.
    if (launcher === "command" && (next === "-v" || next === "-V")) break;
    words.shift();
    while (words.length > 1) {
      const option = expanded(words[0], variables);
      if (option === undefined) break;
      if (launcherOptions.has(option) && !(launcher === "env" && option === "-i")) words.splice(0, 2);
      else if (option.startsWith("-") || (launcher === "timeout" && /^\d/.test(option))) words.shift();
      else break;
    }
    takeAssignments(words, assigned, variables);
  }
  const [program, ...args] = words.map((word) => known(expanded(word, variables)));
  return { program, args, assigned: shown(assigned), background: raw.background, line };
}

function takeAssignments(
  words: Word[],
  assigned: Map<string, string | undefined>,
  variables: ReadonlyMap<string, string>,
): void {
  let taken = 0;
  for (const word of words) {
    const assignment = assignmentOf(word, variables);
    if (!assignment) break;
    assigned.set(assignment.name, assignment.value);
    taken++;
  }
  words.splice(0, taken);
}

function assignmentOf(
  word: Word,
  variables: ReadonlyMap<string, string>,
): { readonly name: string; readonly value: string } | undefined {
  const [first, ...rest] = word.parts;
  const match = typeof first === "string" ? /^([A-Za-z_][A-Za-z0-9_]*)\+?=/.exec(first) : null;
  if (!match?.[1] || typeof first !== "string") return undefined;
  const value: Word = { parts: [first.slice(match[0].length), ...rest], quoted: word.quoted };
  return { name: match[1], value: expanded(value, variables) ?? "" };
}

function remember(variables: Map<string, string>, name: string, value: string | undefined): void {
  variables.set(name, value ?? UNKNOWN_PART);
}

/** Values longer than this are none that matter: variables that name themselves would double with every line. */
const LONGEST_VALUE = 10_000;

/** The word's text, with `UNKNOWN_PART` for what is not known. */
function expanded(word: Word | undefined, variables: ReadonlyMap<string, string>): string | undefined {
  if (!word) return undefined;
  let text = "";
  for (const part of word.parts) {
    if (typeof part === "string") text += part;
    else if (typeof part === "symbol") text += UNKNOWN_PART;
    else text += variables.get(part.variable) ?? part.otherwise ?? UNKNOWN_PART;
    if (text.length > LONGEST_VALUE) return UNKNOWN_PART;
  }
  return text;
}

function known(text: string | undefined): string | undefined {
  return text === undefined || text.includes(UNKNOWN_PART) ? undefined : text;
}

function shown(assigned: ReadonlyMap<string, string | undefined>): ReadonlyMap<string, string | undefined> {
  return new Map([...assigned].map(([name, value]) => [name, known(value)]));
}
