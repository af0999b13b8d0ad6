// What stands beside a page: the guides, or the collection that the page belongs to.
import fs from "node:fs";
import path from "node:path";
import { content, linkOf, targetOf } from "./content.mjs";
import { collections, guides } from "./pages.mjs";

export function navigation() {
  return [
    { text: "Guides", link: guideLink(guides[0].pages[0][1]), activeMatch: "^/[^/]+$" },
    ...collections.map(({ text, folder }) => ({ text, link: `/${folder}/`, activeMatch: `^/${folder}/` })),
    { text: "Reference", link: "/api/", activeMatch: "^/api/" },
  ];
}

export function sidebar() {
  const beside = {
    "/": guides.map(({ text, pages }) => ({
      text,
      items: pages.map(([title, file]) => ({ text: title, link: guideLink(file) })),
    })),
    "/api/": referenceItems(),
  };
  for (const { folder } of collections) beside[`/${folder}/`] = collectionItems(folder);
  return beside;
}

function guideLink(file) {
  return linkOf(targetOf(path.posix.join("docs", file)));
}

/** The sections of a collection's own overview, with the pages that each links to. */
function collectionItems(folder) {
  const overview = fs.readFileSync(path.join(content, folder, "index.md"), "utf8");
  const [, ...sections] = overview.split(/^## /m);
  const pagesOf = (text) =>
    [...text.matchAll(new RegExp(`(?:^\\| |^(\\d+)\\. )\\[([^\\]]+)\\]\\((/${folder}/[^)]+)\\)`, "gm"))].map(
      ([, number, title, link]) => ({ text: number === undefined ? title : `${number}. ${title}`, link }),
    );
  const first = { text: "Overview", link: `/${folder}/` };
  if (sections.length === 0) return [first, ...pagesOf(overview)];
  return [
    first,
    ...sections.map((section) => ({
      text: section.slice(0, section.indexOf("\n")),
      collapsed: true,
      items: pagesOf(section),
    })),
  ];
}

function referenceItems() {
  return JSON.parse(fs.readFileSync(path.join(content, "api", "typedoc-sidebar.json"), "utf8"));
}
