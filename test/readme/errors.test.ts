import * as fs from "node:fs";
import * as path from "node:path";
import { errorsPage } from "../../scripts/errors/page";
import { thrownErrors } from "../../scripts/errors/thrown";
import { root } from "./page";

const page = errorsPage();

test("docs/errors.md is what the errors in lib give; `npm run docs:errors` writes it", () => {
  expect(fs.readFileSync(path.join(root, "docs", "errors.md"), "utf8")).toBe(page);
});

test("every error is on the page, with the sentence that people read", () => {
  const sections = new Map(
    page
      .split(/^### /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), section] as const),
  );
  const codes = new Set(thrownErrors().map(({ code }) => code));
  expect([...sections.keys()].sort()).toEqual([...codes].sort());
  expect([...sections].filter(([, section]) => !/^- \S/m.test(section)).map(([code]) => code)).toEqual([]);
});

test("a choice is spelt out, and what is only known when it happens is named", () => {
  expect(page).toContain(
    [
      "### INTERRUPTED",
      "",
      "- The run was stopped while this was waited for. What was begun is recorded.",
      "- The run was stopped before this changed anything.",
      "  - Run the command again: it goes on from here.",
    ].join("\n"),
  );
  expect(page).toContain("- There is no cdktf.json in *from* or in a folder above it.");
  expect(page).toContain("  - Run `cdktf-scf deploy <stack>`, then this command again.");
});
