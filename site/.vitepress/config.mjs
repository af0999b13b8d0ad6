import { navigation, sidebar } from "../sidebar.mjs";

export default {
  title: "cdktf-scf",
  description: "Constructs for Tencent Cloud serverless functions",
  lang: "en",
  srcDir: "content",
  outDir: "dist",
  cacheDir: ".cache",
  markdown: { config: showBraces },
  themeConfig: {
    nav: navigation(),
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: "local" },
    docFooter: { prev: "Before", next: "Next" },
  },
};

/** Pages are texts and no templates: two braces are two braces. */
function showBraces({ renderer }) {
  for (const rule of ["text", "code_inline"]) {
    const render = renderer.rules[rule];
    renderer.rules[rule] = (...given) => render(...given).replaceAll("{{", "&#123;&#123;");
  }
}
