import * as fs from "node:fs";
import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { codeBlocks, fileLinks } from "./page";
import { synthesize } from "./synthesize";

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
    const [plan] = synthesize(tsBlocks[0] ?? "", temporaryFolder());
    expect(JSON.stringify(plan)).toContain('"hello/hello/live"');
  });

  test("shows an error that is the one people get", () => {
    const shown = /^ERROR CLB-REGION[\s\S]*?(?=\n```)/m.exec(readme)?.[0] ?? "";
    const { rules } = require("../../lib/rules") as typeof import("../../lib/rules");
    const rule = rules.find((candidate) => candidate.id === "CLB-REGION");
    expect(shown).toContain(rule?.fix);
    expect(shown).toContain(rule?.source.section);
  });
});
