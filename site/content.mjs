// Puts the pages of the repository where the generator reads them: the same texts, with links from page to page of the site.
import fs from "node:fs";
import path from "node:path";
import { collections, guides } from "./pages.mjs";

export const root = path.resolve(import.meta.dirname, "..");
export const content = path.join(import.meta.dirname, "content");

/** Writes content/ anew: guides, collections, examples and the start page. */
export function writeContent() {
  checkList();
  fs.rmSync(content, { recursive: true, force: true });
  const pages = new Map([...repositoryPages(), ...examplePages()].map((page) => [page.source, page]));
  for (const page of pages.values()) writePage(page.target, withSiteLinks(page, pages));
  writePage("index.md", startPage());
}

/** Where a page of docs/ stands on the site. */
export function targetOf(source) {
  if (source === "README.md") return "overview.md";
  return path.posix.normalize(source.replace(/^docs\//, "").replace(/(^|\/)README\.md$/, "$1index.md"));
}

function checkList() {
  const listed = guides.flatMap(({ pages }) => pages.map(([, file]) => path.posix.join("docs", file)));
  const missing = listed.filter((file) => !fs.existsSync(path.join(root, file)));
  if (missing.length > 0) throw new Error(`site/pages.mjs lists ${missing.join(", ")}, which is not there.`);
  const unlisted = markdownIn("docs").filter(
    (file) => !listed.includes(file) && !collections.some(({ folder }) => file.startsWith(`docs/${folder}/`)),
  );
  if (unlisted.length > 0) throw new Error(`Add ${unlisted.join(", ")} to site/pages.mjs.`);
}

function repositoryPages() {
  return ["README.md", ...markdownIn("docs")].map((source) => ({
    source,
    target: targetOf(source),
    text: fs.readFileSync(path.join(root, source), "utf8"),
  }));
}

/** A page for each example, with the files that somebody has written. */
function examplePages() {
  return fs.readdirSync(path.join(root, "examples")).map((name) => {
    const source = `examples/${name}`;
    const files = filesBelow(source).filter(
      (file) => !/\/(node_modules|cdktf\.out|dist|\.[^/]+)\//.test(file),
    );
    const parts = files
      .filter((file) => /\.(ts|js|mjs|json|md|py)$/.test(file) && !file.endsWith("package-lock.json"))
      .sort((one, other) => depth(one) - depth(other) || one.localeCompare(other))
      .map((file) => {
        const text = fs.readFileSync(path.join(root, file), "utf8").trimEnd();
        return `## ${path.posix.relative(source, file)}\n\n~~~~${path.extname(file).slice(1)}\n${text}\n~~~~`;
      });
    return { source, target: `${source}.md`, text: `# ${source}\n\n${parts.join("\n\n")}\n` };
  });
}

/** The first paragraph of the README and its list, as a title and cards. */
function startPage() {
  const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
  const { name, description } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const cards = [...readme.matchAll(/^- \*\*(.+?)\.?\*\* ([\s\S]+?)(?=\n- |\n\n)/gm)].map(
    ([, title, details]) => ({
      title,
      details: details.replaceAll(/\s+/g, " ").replaceAll(/`([^`]+)`/g, "<code>$1</code>"),
    }),
  );
  if (cards.length === 0) throw new Error("README.md has no list of the form `- **Title.** Text`.");
  const [first] = guides;
  const front = {
    layout: "home",
    title: name,
    titleTemplate: description,
    hero: {
      name,
      tagline: description,
      actions: first.pages.map(([text, file], index) => ({
        text,
        link: linkOf(targetOf(path.posix.join("docs", file))),
        theme: index === 0 ? "brand" : "alt",
      })),
    },
    features: cards,
  };
  // JSON is YAML.
  return `---\n${JSON.stringify(front, undefined, 2)}\n---\n`;
}

export function linkOf(target) {
  return `/${target.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "")}`;
}

/** Links between files of the repository become links between pages; code stays as it is. */
function withSiteLinks(page, pages) {
  const folder = page.source.endsWith(".md") ? path.posix.dirname(page.source) : page.source;
  let fence;
  return page.text
    .split("\n")
    .map((line) => {
      const [mark] = /^ *(`{3,}|~{3,})/.exec(line) ?? [];
      if (mark !== undefined) fence = fence === undefined ? mark : fence === mark ? undefined : fence;
      return fence === undefined ? line.replaceAll(/\]\((?!https?:|#)([^)#\s]+)/g, replaceLink) : line;
    })
    .join("\n");

  function replaceLink(_, link) {
    const source = path.posix.join(folder, link).replace(/\/$/, "");
    const found = pages.get(source) ?? pages.get(`${source}/README.md`);
    if (!found) throw new Error(`${page.source} links to ${link}, which is no page of the site.`);
    return `](${linkOf(found.target)}`;
  }
}

function writePage(target, text) {
  const file = path.join(content, target);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

function markdownIn(folder) {
  return filesBelow(folder).filter((file) => file.endsWith(".md"));
}

function filesBelow(folder) {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .sort();
}

function depth(file) {
  return file.split("/").length;
}
