import { navigation, sidebar } from "../sidebar.mjs";

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M8 1 15 5v6l-7 4-7-4V5z' fill='%233451b2'/%3E%3C/svg%3E";

export default {
  title: "cdktf-scf",
  description: "Constructs for Tencent Cloud serverless functions",
  lang: "en",
  head: [["link", { rel: "icon", href: icon }]],
  srcDir: "content",
  outDir: "dist",
  cacheDir: ".cache",
  router: { prefetchLinks: false },
  markdown: { config: showAsWritten },
  transformPageData: ({ relativePath }) =>
    relativePath.startsWith("api/") ? { frontmatter: { pageClass: "reference" } } : undefined,
  themeConfig: {
    nav: navigation(),
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: "local", options: { miniSearch: { options: { tokenize: wordsAndIds } } } },
    docFooter: { prev: "Before", next: "Next" },
  },
};

/** Pages are texts and no templates: two braces are two braces. Long identifiers break between their words. */
function showAsWritten({ renderer }) {
  const { text, code_inline: code } = renderer.rules;
  const shown = (html) => breakable(html.replaceAll("{{", "&#123;&#123;"));
  renderer.rules.text = (...given) => shown(text(...given));
  renderer.rules.code_inline = (...given) =>
    code(...given).replace(/>([^<]*)</, (_, identifier) => `>${shown(identifier)}<`);
}

/** Words, and ids such as CLB-REGION and scf_function as one word too. The search in the browser gets this function as a text. */
function wordsAndIds(text) {
  return [...text.split(/[\s\p{P}\p{S}]+/u), ...(text.match(/[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+/g) ?? [])];
}

function breakable(text) {
  return text.replaceAll(/[._:/](?=\w)|[a-z](?=[A-Z])/g, "$&<wbr>");
}
