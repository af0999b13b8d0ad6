import * as fs from "node:fs";
import * as path from "node:path";
import { codeBlocks, root, typeErrors } from "./page";

function blocksOf(...page: readonly string[]): string[] {
  return codeBlocks(fs.readFileSync(path.join(root, ...page), "utf8"), "ts");
}

test("the README has code blocks that compile, and a mistake in one would not", () => {
  const blocks = blocksOf("README.md");
  const wrongBlock = (blocks[1] ?? "").replace("memory: 256", "memory: 320");
  const [wrong, ...right] = typeErrors([wrongBlock, ...blocks]);
  expect(right).toEqual(blocks.map(() => []));
  expect(wrong?.join("\n")).toMatch(/320/);
});

test.each(["constructs.md", "releases.md"])("docs/%s has examples that compile", (page) => {
  const [prelude = "", ...examples] = blocksOf("docs", page);
  const programs = [prelude, ...examples.map((example) => prelude + example)];
  const errors = typeErrors(
    programs.map((program) => `${program}\napp.synth();\n`),
    { noUnusedLocals: false },
  );
  expect(errors).toEqual(programs.map(() => []));
});

test("docs/organizations.md has examples that compile", () => {
  const [prelude = "", ...examples] = blocksOf("docs", "organizations.md");
  const programs = examples.map((example) => prelude + example);
  expect(typeErrors(programs, { noUnusedLocals: false })).toEqual(programs.map(() => []));
});
