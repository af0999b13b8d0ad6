// Every link of the built pages: those inside the site have to lead to a page, and to a place on it.
import fs from "node:fs";
import path from "node:path";

/**
 * @returns how many pages there are
 * @throws Error which names every dead link and the page that it stands on
 */
export function checkLinks(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".html"));
  const pages = new Map(files.map((file) => [`/${file.replaceAll(path.sep, "/")}`, readPage(folder, file)]));
  const dead = [...pages].flatMap(([page, { links }]) =>
    [...links].filter((link) => !leadsSomewhere(link, page)).map((link) => `${page}: ${link}`),
  );
  if (dead.length > 0) throw new Error(`Dead links:\n${dead.join("\n")}`);
  return pages.size;

  function leadsSomewhere(link, page) {
    if (!URL.canParse(link, `http://site${page}`)) return false;
    const url = new URL(link, `http://site${page}`);
    if (url.host !== "site") return url.protocol === "https:" || url.protocol === "http:";
    const name = decodeURIComponent(url.pathname);
    const target = [name, `${name}.html`, `${name}index.html`].find((candidate) => pages.has(candidate));
    if (target === undefined)
      return fs.statSync(path.join(folder, name), { throwIfNoEntry: false })?.isFile();
    return url.hash === "" || pages.get(target).places.has(decodeURIComponent(url.hash.slice(1)));
  }
}

function readPage(folder, file) {
  const html = fs.readFileSync(path.join(folder, file), "utf8");
  const all = (pattern) => new Set([...html.matchAll(pattern)].map(([, text]) => unescaped(text)));
  return { links: all(/<a\b[^>]*?\shref="([^"]*)"/g), places: all(/\sid="([^"]*)"/g) };
}

function unescaped(text) {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}
