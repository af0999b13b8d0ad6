import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { codeBlocks, root, typeErrors } from "./page";

const page = fs.readFileSync(path.join(root, "docs", "testing-deployments.md"), "utf8");
const [prelude = "", ...examples] = codeBlocks(page, "ts");

type Work = () => Promise<void>;

/** The tests of one example, as a test runner would find them. */
function testsOf(example: string): (readonly [string, Work])[] {
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

describe("docs/testing-deployments.md", () => {
  test("has examples that compile, and a mistake in one would not", () => {
    const programs = [...examples.map((example) => prelude + example)];
    const wrong = programs[1]?.replace("clb_rule", "clb_rul") ?? "";
    const [found, ...right] = typeErrors([wrong, ...programs]);
    expect(right).toEqual(programs.map(() => []));
    expect(found?.join("\n")).toMatch(/clb_rul/);
  });

  describe("has tests that pass", () => {
    test.each(examples.flatMap(testsOf))("%s", async (_name, work) => work());
  });
});
