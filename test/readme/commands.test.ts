import * as fs from "node:fs";
import * as path from "node:path";
import { CommanderError, type Command } from "commander";
import { defineCommands } from "../../lib/cli/commands";
import { blocksOf, pageNames, root } from "./page";

interface Typed {
  readonly place: string;
  readonly words: readonly string[];
}

const pages = pageNames();

/** Every command in a block of shell, without what its shell does with it. */
const commands: readonly Typed[] = pages.flatMap((page) =>
  blocksOf(page)
    .filter(({ language }) => language === "sh")
    .flatMap(({ line, text }) =>
      text
        .split("\n")
        .flatMap((typed, index) =>
          wordsOf(typed).map((words) => ({ place: `${page}:${line + 1 + index}`, words })),
        ),
    ),
);

/** Every command that is named in a sentence. What it and its last option are given may be left out there. */
const named: readonly Typed[] = pages.flatMap((page) =>
  [...fs.readFileSync(path.join(root, page), "utf8").matchAll(/`((?:npx )?cdktf-scf [^`\n]+)`/g)].flatMap(
    ([, typed = ""]) => wordsOf(typed).map((words) => ({ place: `${page}: ${typed}`, words })),
  ),
);

const leftOut = ["commander.missingArgument", "commander.optionMissingArgument"];

const isOurs = ({ words }: Typed): boolean => words[0] === "cdktf-scf";

test.each(commands.filter(isOurs).map(({ place, words }) => [place, words.slice(1)] as const))(
  "%s: there is such a command: %j",
  (_, words) => {
    expect(refusal(words)).toBeUndefined();
  },
);

test("every command that a sentence names is there", () => {
  const refused = named
    .filter(({ words }) => words[1] !== "<command>")
    .map(({ place, words }) => ({ place, code: refusal(words.slice(1)) }))
    .filter(({ code }) => code !== undefined && !leftOut.includes(code));
  expect(refused).toEqual([]);
});

test("every script of the checkout that a block names is there", () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: object;
  };
  const missing = commands
    .filter(({ words: [npm, run, name = ""] }) => npm === "npm" && run === "run" && !(name in scripts))
    .map(({ place, words }) => `${place}: ${words.join(" ")}`);
  expect(missing).toEqual([]);
});

test("fails for a command and for a flag that are not there", () => {
  expect(refusal(["synht"])).toBe("commander.unknownCommand");
  expect(refusal(["deploy", "--yes"])).toBe("commander.unknownOption");
  expect(refusal(["local", "fault", "add"])).toBe("commander.missingArgument");
});

/** The code with which the command line refuses these words. */
function refusal(words: readonly string[]): string | undefined {
  try {
    withoutActions(defineCommands(() => undefined)).parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return ["commander.help", "commander.helpDisplayed", "commander.version"].includes(error.code)
      ? undefined
      : error.code;
  }
  return undefined;
}

function withoutActions(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  else command.commands.forEach(withoutActions);
  return command;
}

/** The commands of a line: up to a comment, apart where the shell starts another, without variables and `npx`. */
function wordsOf(line: string): readonly (readonly string[])[] {
  const all: string[][] = [[]];
  for (const [word] of line.matchAll(/'[^']*'|"[^"]*"|&&|[|;]|#.*$|[^\s'"|;]+/g)) {
    if (word.startsWith("#")) break;
    if (["&&", "|", ";"].includes(word)) all.push([]);
    else all.at(-1)?.push(word.replaceAll(/^['"]|['"]$/g, ""));
  }
  return all.map((words) => {
    const redirected = words.indexOf(">");
    const own = redirected === -1 ? words : words.slice(0, redirected);
    const first = own.findIndex((word) => word !== "npx" && !/^[A-Z_]+=/.test(word));
    return first === -1 ? [] : own.slice(first);
  });
}
