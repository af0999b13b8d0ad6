import type { CodeBlock } from "./page";

const imports =
  'import { TerraformStack } from "cdktf";\nimport { Construct } from "constructs";\nimport * as scf from "cdktf-scf";\n';

/**
 * What a block that is no module of its own stands in. Its fence names it after the language:
 *
 * - `continued`: goes on from the first TypeScript block of its page
 * - `in-stack`: stands in the constructor of a stack, which is `this`
 * - `with-construct`: stands where there is a `construct`
 * - `excerpt`: is taken from a file of the checkout by a script, and compiled there; only written pages have such
 */
const contexts: Readonly<Record<string, (text: string, first: string) => string | undefined>> = {
  continued: (text, first) => `${first}\n${text}`,
  "in-stack": (text) =>
    `${imports}export class Shop extends TerraformStack {\n  constructor(scope: Construct, id: string) {\n    super(scope, id);\n${text}  }\n}\n`,
  "with-construct": (text) => `${imports}export function change(construct: Construct): void {\n${text}}\n`,
  excerpt: () => undefined,
};

/** A block as a module; none for an excerpt. */
export function moduleOf(block: CodeBlock, blocks: readonly CodeBlock[]): string | undefined {
  // A word in brackets is the name of the file that the block is.
  const [word, ...others] = block.words.filter((candidate) => !/^\[.*\]$/.test(candidate));
  if (word === undefined) return block.text;
  const context = contexts[word];
  if (!context || others.length > 0) {
    throw new Error(
      `${block.page}:${block.line}: a block of TypeScript is nothing more, or one of ${Object.keys(contexts).join(", ")}.`,
    );
  }
  if (word === "excerpt" && !block.page.startsWith("docs/rules/")) {
    throw new Error(`${block.page}:${block.line}: only docs/rules has excerpts.`);
  }
  return context(block.text, blocks[0]?.text ?? "");
}
