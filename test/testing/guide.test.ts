import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { codeBlocks, root, typeErrors } from "../readme/page";
import { temporaryFolder } from "../temporary-folder";

const guide = fs.readFileSync(path.join(root, "docs", "testing.md"), "utf8");
const [prelude = "", ...examples] = codeBlocks(guide, "ts");

test("docs/testing.md has examples that compile, and a mistake in one would not", () => {
  const wrong = ["memory: 256, environment", "memory: 320, environment"] as const;
  const programs = [...examples, (examples[0] ?? "").replace(...wrong)].map((example) => prelude + example);
  const errors = typeErrors(programs, { noUnusedLocals: false });
  expect(errors.slice(0, -1)).toEqual(examples.map(() => []));
  expect(errors.at(-1)?.join("\n")).toMatch(/320/);
});

describe("an example of docs/testing.md passes:", () => {
  for (const example of examples) run(prelude + example);
});

function run(program: string): void {
  process.env["CDKTF_OUTDIR"] ??= path.join(temporaryFolder(), "out");
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const compiled = new Function("require", "exports", outputText) as (load: unknown, exports: object) => void;
  compiled((name: string) => require(name), {});
}

test("docs/testing.md shows a failure that is the one people get", () => {
  const golden = fs.readFileSync(path.join(__dirname, "golden", "closest.txt"), "utf8");
  expect(guide).toContain(golden);
});
