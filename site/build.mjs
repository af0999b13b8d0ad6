// `npm run docs:site` builds the site into site/dist and checks its links; `npm run docs:site -- --serve` shows it afterwards.
import path from "node:path";
import { build, serve } from "vitepress";
import { writeContent } from "./content.mjs";
import { checkLinks } from "./links.mjs";
import { writeReference } from "./reference.mjs";

const site = import.meta.dirname;

try {
  writeContent();
  await writeReference();
  await build(site);
  const pages = checkLinks(path.join(site, "dist"));
  console.log(`${pages} pages in site/dist; all links between them lead somewhere`);
  if (process.argv.includes("--serve")) await serve({ root: site });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
