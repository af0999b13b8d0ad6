import { blocksOf, type CodeBlock } from "../readme/page";
import { TestProject } from "./project";

const blocks = blocksOf("docs/first-stack.md");

/** Times and counts of reads differ from run to run. */
function withoutFigures(text: string): string {
  return text
    .replaceAll(/\d+(\.\d+)? m?s\b/g, "<time>")
    .replaceAll(/\d+ (read|write) calls/g, "<calls>")
    .replaceAll(/, \d+ refused/g, "")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .trim();
}

/** What stands in the shell of somebody who has no terminal to be asked on. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  const own = words.slice(words.indexOf("cdktf-scf") + 1);
  return ["deploy", "destroy"].includes(own[0] ?? "") ? [...own, "--auto-approve"] : own;
}

/** The file that a block is, by the word in brackets on its fence. */
function fileName({ words }: CodeBlock): string | undefined {
  return words.map((word) => /^\[(.+)\]$/.exec(word)?.[1]).find((name) => name !== undefined);
}

test("docs/first-stack.md says what happens to somebody who follows it", () => {
  const project = new TestProject({ config: null });
  let printed = "";
  let commands = 0;
  let compared = 0;
  for (const block of blocks) {
    const name = fileName(block);
    if (name !== undefined) project.write({ [name]: block.text });
    else if (block.language === "diff") {
      const [before = "", after = ""] = block.text.split("\n").map((line) => line.slice(1));
      const program = project.read("main.ts");
      expect(program).toContain(before.trim());
      project.write({ "main.ts": program.replace(before.trim(), after.trim()) });
    } else if (block.language === "sh") {
      for (const line of block.text.split("\n").filter((typed) => typed.startsWith("npx cdktf-scf "))) {
        const { stdout, stderr } = project.run(wordsOf(line));
        printed = withoutFigures(stdout + stderr);
        commands++;
      }
    } else if (block.language === "text") {
      expect(printed).toContain(withoutFigures(block.text));
      compared++;
    }
  }
  expect({ commands, compared }).toEqual({ commands: 9, compared: 7 });
  expect(project.run(["state", "list"]).stdout).toContain("Nothing is recorded");
});
