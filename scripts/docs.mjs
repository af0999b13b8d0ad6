// `node scripts/docs.mjs` writes the pages of docs/rules and docs/resources and docs/errors.md, or what is named;
// `node scripts/docs.mjs table` prints what there is of every rule and ends with exit code 1 when something is missing. All
// of it reads rules, cases, schemas and constructs as they stand in the checkout.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
require("ts-node").register({ transpileOnly: true, project: path.join(root, "tsconfig.json") });

const pagesOf = {
  rules: () => require("./rules/pages.ts").rulePages(),
  resources: () => require("./resources/pages.ts").resourcePages(),
};

const asked = process.argv[2];
if (asked === "table") printTable();
else if (asked === "errors") writeErrors();
else if (asked === undefined) {
  for (const name of Object.keys(pagesOf)) writePages(name);
  writeErrors();
} else if (Object.hasOwn(pagesOf, asked)) writePages(asked);
else {
  console.error(`Name nothing, or one of: ${Object.keys(pagesOf).join(", ")}, errors, table.`);
  process.exitCode = 1;
}

function writePages(name) {
  const pages = pagesOf[name]();
  const folder = path.join(root, "docs", name);
  fs.mkdirSync(folder, { recursive: true });
  for (const file of fs.readdirSync(folder)) {
    if (!pages.has(file)) fs.rmSync(path.join(folder, file), { recursive: true });
  }
  for (const [file, text] of pages) fs.writeFileSync(path.join(folder, file), text);
  console.log(`${pages.size} files in docs/${name}`);
}

function writeErrors() {
  fs.writeFileSync(path.join(root, "docs", "errors.md"), require("./errors/page.ts").errorsPage());
  console.log("docs/errors.md");
}

function printTable() {
  const { text, complete } = require("./rules/table.ts").completenessTable();
  console.log(text);
  process.exitCode = complete ? 0 : 1;
}
