import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { codeBlocks, root, typeErrors } from "./page";

/** Guides whose examples are tests, each with a word of an example and a misspelt one. */
const guides = [
  ["testing-deployments.md", "clb_rule", "clb_rul"],
  ["simulation.md", "simulate.schedules", "simulate.schedule"],
] as const;

type Work = () => Promise<void> | void;

/** The tests of one example, as a test runner would find them. */
function testsOf(prelude: string, example: string): (readonly [string, Work])[] {
  const found: (readonly [string, Work])[] = [];
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(prelude + example, { compilerOptions: options });
  const modules: Readonly<Record<string, () => unknown>> = {
    "cdktf-scf": () => require("cdktf-scf"),
    "cdktf-scf/testing": () => require("../../lib/testing"),
  };
  const load = (name: string): unknown => modules[name]?.() ?? require(name);
  const run = new Function("require", "exports", "test", "expect", outputText);
  run(load, {}, (name: string, work: Work) => found.push([name, work]), expect);
  return found;
}

describe.each(guides)("docs/%s", (guide, word, misspelt) => {
  const page = fs.readFileSync(path.join(root, "docs", guide), "utf8");
  const [prelude = "", ...examples] = codeBlocks(page, "ts");

  test("has examples that compile, and a mistake in one would not", () => {
    const programs = examples.map((example) => prelude + example);
    const wrong = programs.find((program) => program.includes(word))?.replace(word, misspelt) ?? "";
    const [found, ...right] = typeErrors([wrong, ...programs], { noUnusedLocals: false });
    expect(right).toEqual(programs.map(() => []));
    expect(found?.join("\n")).toContain(misspelt.split(".").at(-1));
  });

  describe("has tests that pass", () => {
    test.each(examples.flatMap((example) => testsOf(prelude, example)))("%s", async (_name, work) => work());
  });
});
