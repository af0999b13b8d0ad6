import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { temporaryFolder } from "../temporary-folder";
import { codeBlocks, fileLinks } from "./page";

const root = path.resolve(__dirname, "../..");
const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");

const tsBlocks = codeBlocks(readme, "ts");

describe("the README", () => {
  test("names files that exist", () => {
    const links = fileLinks(readme);
    expect(links).not.toEqual([]);
    for (const link of links) expect([link, fs.existsSync(path.join(root, link))]).toEqual([link, true]);
  });

  test("names every example", () => {
    const folders = fs.readdirSync(path.join(root, "examples"));
    expect(folders.filter((folder) => !readme.includes(`](examples/${folder})`))).toEqual([]);
  });

  test("gives the numbers that `npm run rules` gives", () => {
    const { completenessTable } =
      require("../../scripts/rules/table") as typeof import("../../scripts/rules/table");
    const [, rules, facts, refused] =
      /: (\d+) rules, (\d+) facts, (\d+) refused/.exec(completenessTable().text) ?? [];
    expect(readme).toContain(`${rules} rules and ${facts} facts`);
    expect(readme).toContain(`${refused} of the\nrules are also refused`);
  });

  test("has a first stack that synthesizes as it stands", () => {
    const folder = temporaryFolder();
    const program = ts.transpileModule(tsBlocks[0] ?? "", {
      compilerOptions: { module: ts.ModuleKind.CommonJS },
    });
    process.env["CDKTF_OUTDIR"] = path.join(folder, "out");
    const compiled = new Function("require", "exports", program.outputText) as (
      load: unknown,
      exports: object,
    ) => void;
    compiled((name: string) => require(name), {});
    delete process.env["CDKTF_OUTDIR"];
    const plan = fs.readFileSync(path.join(folder, "out/stacks/hello/scf.plan.json"), "utf8");
    expect(plan).toContain('"hello/hello/live"');
  });

  test("shows an error that is the one people get", () => {
    const shown = /^ERROR CLB-REGION[\s\S]*?(?=\n```)/m.exec(readme)?.[0] ?? "";
    const { rules } = require("../../lib/rules") as typeof import("../../lib/rules");
    const rule = rules.find((candidate) => candidate.id === "CLB-REGION");
    expect(shown).toContain(rule?.fix);
    expect(shown).toContain(rule?.source.section);
  });
});
