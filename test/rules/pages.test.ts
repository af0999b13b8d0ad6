import * as fs from "node:fs";
import * as path from "node:path";
import { rulePages } from "../../scripts/rules/pages";
import { completenessTable } from "../../scripts/rules/table";
import { completeness } from "./completeness";

const folder = path.join(__dirname, "..", "..", "docs", "rules");
const pages = rulePages();

test("docs/rules is what the rules and their cases give; `npm run docs:rules` writes it", () => {
  const committed = fs.readdirSync(folder).sort();
  expect(committed).toEqual([...pages.keys()].sort());
  const stale = committed.filter(
    (name) => fs.readFileSync(path.join(folder, name), "utf8") !== pages.get(name),
  );
  expect(stale).toEqual([]);
});

test("a page says what holds, what breaks it, and what to do", () => {
  const page = pages.get("FN-MEM.md");
  expect(page).toContain("# FN-MEM\n\nMemory is 64 MB, or a multiple of 128 MB from 128 to 3072 MB.\n");
  expect(page).toContain("refuses the same with `InvalidParameterValue.Memory`");
  expect(page).toContain("memory: 320 as scf.MemoryMb }); // the finding points here\n```");
  expect(page).toContain("```text\nERROR FN-MEM  0 MB of memory is not allowed");
  expect(page).toContain(
    "```diff\n- shop/orders (scf_function) memory: 0\n+ shop/orders (scf_function) memory: 64\n```",
  );
  expect(page).not.toContain("acknowledge");
});

test("the page of a warning says how to acknowledge it; that of acknowledgements does not", () => {
  expect(pages.get("FN-ENVSEC.md")).toContain('scf.Findings.of(construct).acknowledge("FN-ENVSEC", ');
  expect(pages.get("ACKNOWLEDGE.md")).not.toContain("scf.Findings.of");
});

test("a page of a fact says what follows from it and where it is to be seen", () => {
  const page = pages.get("VER-NUM.md");
  expect(page).toContain("## What follows\n\nA number is never given out again");
  expect(page).toContain("test/platform/versions.test.ts");
});

test("the table has a line for every id, and a summary", () => {
  const { text, complete } = completenessTable();
  const rows = completeness();
  const lines = text.split("\n");
  expect(lines).toHaveLength(rows.length + 3);
  expect(lines).toContainEqual(
    expect.stringMatching(/^FN-MEM +error +yes +yes +yes +yes +InvalidParameterValue.Memory$/),
  );
  expect(lines[lines.length - 1]).toContain(`${rows.length} ids: `);
  expect(complete).toBe(lines[lines.length - 1]?.endsWith("Nothing is missing."));
});
