import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { temporaryFolder, writeFiles } from "../temporary-folder";
import { root } from "./page";

/** What is said of the links of these pages. */
function checked(pages: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  writeFiles(folder, pages);
  const script = `
    import { checkLinks } from ${JSON.stringify(path.join(root, "site", "links.mjs"))};
    try { console.log(checkLinks(${JSON.stringify(folder)}) + " pages"); } catch (error) { console.log(error.message); }`;
  return spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  }).stdout.trim();
}

test("links to pages, places on them, files and other sites are fine", () => {
  const pages = {
    "index.html": `<a href="/rules/">rules</a> <a href="rules/A.html#fix-it">A</a> <a href="/plan.json">plan</a>`,
    "rules/index.html": `<a class="x" href="./A">A</a> <a href="https://example.com/x?a=1&amp;b=2">elsewhere</a>`,
    "rules/A.html": `<h2 id="fix-it">Fix it</h2> <a href="#fix-it">here</a>`,
    "plan.json": "{}",
  };
  expect(checked(pages)).toBe("3 pages");
});

test("fails for a page, a place and a form that are not there, and says where they are linked from", () => {
  const pages = {
    "index.html": `<a href="/missing">x</a> <a href="/A#gone">x</a> <a href="https://">x</a> <a href="/A">fine</a>`,
    "A.html": `<h2 id="there">There</h2>`,
  };
  expect(checked(pages)).toBe(
    "Dead links:\n/index.html: /missing\n/index.html: /A#gone\n/index.html: https://",
  );
});
