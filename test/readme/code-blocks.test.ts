import { temporaryFolder } from "../temporary-folder";
import { moduleOf } from "./contexts";
import { blocksOf, pageNames, typeErrors } from "./page";
import { synthesize, writeNamedFolders } from "./synthesize";

interface Module {
  readonly place: string;
  readonly text: string;
  /** What it declares and imports, it uses itself. */
  readonly isWhole: boolean;
}

const pages = pageNames().map((page) => blocksOf(page));

const modules: readonly Module[] = pages.flatMap((blocks) => {
  const own = blocks.filter(({ language }) => language === "ts");
  return own.flatMap((block) => {
    const text = moduleOf(block, own);
    const isFirstOfMany = block === own[0] && own.some(({ words }) => words.includes("continued"));
    const isWhole = text === block.text && !isFirstOfMany;
    return text === undefined ? [] : [{ place: `${block.page}:${block.line}`, text, isWhole }];
  });
});

describe("a block of TypeScript on a page", () => {
  const errors = new Map<Module, readonly string[]>();

  beforeAll(() => {
    for (const isWhole of [true, false]) {
      const checked = modules.filter((module) => module.isWhole === isWhole);
      const found = typeErrors(
        checked.map(({ text }) => text),
        { noUnusedLocals: isWhole },
      );
      checked.forEach((module, index) => errors.set(module, found[index] ?? []));
    }
  });

  test.each(modules.map((module) => [module.place, module] as const))("compiles: %s", (_, module) => {
    expect(errors.get(module)).toEqual([]);
  });

  test.each(
    modules
      .filter(({ text }) => /^\s*app\.synth\(\);$/m.test(text))
      .map(({ place, text }) => [place, text] as const),
  )("synthesizes, being a program: %s", (_, text) => {
    const folder = temporaryFolder();
    writeNamedFolders(folder);
    expect(synthesize(text, folder)).not.toEqual([]);
  });
});

test("fails for a block with a mistake", () => {
  const right = modules.find(({ text }) => text.includes("memory: 256"))?.text ?? "";
  const [wrong] = typeErrors([right.replace("memory: 256", "memory: 320")], { noUnusedLocals: false });
  expect(wrong?.join("\n")).toMatch(/320/);
});

test.each(
  pages
    .flat()
    .filter(({ language }) => language === "json")
    .map((block) => [`${block.page}:${block.line}`, block.text] as const),
)("a block of JSON is JSON: %s", (_, text) => {
  expect(() => JSON.parse(text) as unknown).not.toThrow();
});

test("a block says what it is in", () => {
  const known = ["ts", "json", "sh", "text", "diff", "mermaid", "html", ""];
  const others = pages.flat().filter(({ language }) => !known.includes(language));
  expect(others.map(({ page, line, language }) => `${page}:${line} ${language}`)).toEqual([]);
});
