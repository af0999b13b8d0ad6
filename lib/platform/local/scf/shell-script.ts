/** What a shell would make of a script, as far as it can be told without running it. */
export interface Call {
  /** The program as the script names it; undefined when only the running script knows. */
  readonly program: string | undefined;
}

export interface Script {
  readonly calls: readonly Call[];
  /** Folders that the script puts into PATH; undefined when it leaves PATH alone. */
  readonly searchPath: readonly string[] | undefined;
}

const deepest = 4;
/** Stands in a word for what only the running script knows. */
const unknown = "\0";

export function readScript(text: string): Script {
  const variables = new Map<string, string>();
  const calls = callsOf(text, variables, 0);
  const path = variables.get("PATH");
  return { calls, searchPath: path?.split(":").filter((folder) => folder.startsWith("/")) };
}

function callsOf(text: string, variables: Map<string, string>, depth: number): Call[] {
  return [...commandsOf(text.replace(/\\\n/g, ""))].flatMap((words) => {
    const found = callOf(words, variables);
    if (!found) return [];
    const nested = depth < deepest ? nestedScript(found.words) : undefined;
    return nested === undefined ? [found] : callsOf(nested, variables, depth + 1);
  });
}

/** The script in `bash -c '…'` and `eval …`. */
function nestedScript([program = "", ...args]: readonly string[]): string | undefined {
  if (args.some((word) => word.includes(unknown))) return undefined;
  if (program === "eval") return args.join(" ");
  if (!/^(.*\/)?(ba)?sh$/.test(program)) return undefined;
  const option = args.findIndex((word) => /^-[a-z]*c$/.test(word));
  return option < 0 ? undefined : args[option + 1];
}

// Words --------------------------------------------------------------------------------------------------------------

/** A word as it is written, quotes and all. */
const wordForm =
  /(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`|[^\s;&|()<>'"\\`])+/y;
const redirection = /\d?(?:&>>?|>>?&?\d?|<<<|<&?\d?)[ \t]*(?=[^\s]|$)/y;
const hereDocument = /<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|([^\s;&|()<>]+))/y;

/** The words of each command, in quotes as they stand there. */
function* commandsOf(text: string): Generator<string[]> {
  const documents: { readonly end: string; readonly indented: boolean }[] = [];
  let words: string[] = [];
  let at = 0;
  const match = (form: RegExp): RegExpExecArray | null => {
    form.lastIndex = at;
    const found = form.exec(text);
    if (found) at = form.lastIndex;
    return found;
  };
  while (at < text.length) {
    const character = text[at] ?? "";
    if (character === "\n") {
      yield words;
      words = [];
      at++;
      for (const document of documents.splice(0)) at = endOf(document, text, at);
    } else if (/\s/.test(character)) {
      at++;
    } else if (character === "#") {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith("<<", at) && text[at + 2] !== "<") {
      const found = match(hereDocument);
      if (!found) at += 2;
      else documents.push({ end: found[2] ?? found[3] ?? found[4] ?? "", indented: found[1] === "-" });
    } else if (match(redirection)) {
      // What is written to or read from is no word of the command.
      match(wordForm);
    } else if (";&|()".includes(character)) {
      // A bracket that was not opened ends a pattern of `case`.
      yield words;
      words = [];
      at++;
    } else {
      const found = match(wordForm);
      if (found) words.push(found[0]);
      else at++;
    }
  }
  yield words;
}

function endOf(
  { end, indented }: { readonly end: string; readonly indented: boolean },
  text: string,
  from: number,
): number {
  for (let at = from; at < text.length;) {
    const newline = text.indexOf("\n", at);
    const line = text.slice(at, newline < 0 ? text.length : newline).replace(/\r$/, "");
    at = newline < 0 ? text.length : newline + 1;
    if ((indented ? line.replace(/^\t+/, "") : line) === end) return at;
  }
  return text.length;
}

const part =
  /\\([^])|'([^']*)'|"((?:\\[^]|[^"\\])*)"|\$(\w+)|\$\{(\w+)\}|\$\{[^}]*\}|\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`|([^])/g;

/** A word without its quotes, with what is known of variables. */
function valueOf(word: string, variables: ReadonlyMap<string, string>): string {
  return word.replace(part, (_, escaped, single, double, name, braced, plain): string => {
    const texts = [escaped, single, plain] as (string | undefined)[];
    const literal = texts.find((text) => text !== undefined);
    if (literal !== undefined) return literal;
    if (typeof double === "string") return valueOf(double.replace(/'/g, "\\'"), variables);
    const variable: unknown = name ?? braced;
    return (typeof variable === "string" ? variables.get(variable) : undefined) ?? unknown;
  });
}

// Commands -----------------------------------------------------------------------------------------------------------

const opening = /^(if|then|else|elif|while|until|do|!|\{|time)$/;
const structure = /^(for|select|case|function|fi|done|esac|\}|in)$/;
const assignment = /^([A-Za-z_]\w*)\+?=([^]*)$/;
/** Programs that start the program behind their own options, and how many words their options take. */
const launchers = /^(?:.*\/)?(exec|nohup|env|setsid|nice|sudo|command|builtin|timeout|stdbuf)$/;

function callOf(
  written: readonly string[],
  variables: Map<string, string>,
): (Call & { readonly words: readonly string[] }) | undefined {
  const rest = [...written];
  while (opening.test(rest[0] ?? "")) rest.shift();
  if (structure.test(rest[0] ?? "")) return undefined;
  const assigned: [string, string][] = [];
  const takeAssignments = (): void => {
    for (let found; (found = assignment.exec(rest[0] ?? "")); rest.shift()) {
      assigned.push([found[1] ?? "", valueOf(found[2] ?? "", variables)]);
    }
  };
  takeAssignments();
  const declares = /^(export|declare|typeset|readonly|local)$/.test(rest[0] ?? "");
  if (declares) rest.shift();
  if (declares) while (rest.length > 0 && !assignment.test(rest[0] ?? "")) rest.shift();
  if (declares) takeAssignments();
  if (rest.length === 0 || declares) {
    for (const [name, value] of assigned) variables.set(name, value);
    return undefined;
  }
  const words = rest.map((word) => valueOf(word, variables));
  while (words.length > 1 && launchers.test(words[0] ?? "") && !/^-[vV]$/.test(words[1] ?? "")) {
    const isTimeout = words.shift() === "timeout";
    while (words.length > 1) {
      const [word = ""] = words;
      if (/^-[nugskoea]$/.test(word)) words.splice(0, 2);
      else if (word.startsWith("-") || assignment.test(word) || (isTimeout && /^\d/.test(word)))
        words.shift();
      else break;
    }
  }
  const [program = ""] = words;
  return { program: program.includes(unknown) ? undefined : program, words };
}
