// `node scripts/rules.mjs pages` writes docs/rules, `node scripts/rules.mjs table` prints what there is of every rule and ends
// with exit code 1 when something is missing. Both read the rules and their cases as they stand in the checkout.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
require("ts-node").register({ transpileOnly: true, project: path.join(root, "tsconfig.json") });

const tasks = { pages: writePages, table: printTable };
const task = tasks[process.argv[2]];
if (!task) {
  console.error(`Name one of: ${Object.keys(tasks).join(", ")}.`);
  process.exit(1);
}
task();

function writePages() {
  const { rulePages } = require("./rules/pages.ts");
  const folder = path.join(root, "docs", "rules");
  const pages = rulePages();
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(folder)) {
    if (!pages.has(name)) fs.rmSync(path.join(folder, name), { recursive: true });
  }
  for (const [name, text] of pages) fs.writeFileSync(path.join(folder, name), text);
  console.log(`${pages.size} files in docs/rules`);
}

function printTable() {
  const { text, complete } = require("./rules/table.ts").completenessTable();
  console.log(text);
  process.exitCode = complete ? 0 : 1;
}
