import { navigation, sidebar } from "../sidebar.mjs";

export default {
  title: "cdktf-scf",
  description: "Constructs for Tencent Cloud serverless functions",
  lang: "en",
  srcDir: "content",
  outDir: "dist",
  cacheDir: ".cache",
  // Pages are texts and no templates: two braces are two braces.
  vue: { template: { compilerOptions: { delimiters: ["\0{", "}\0"] } } },
  themeConfig: {
    nav: navigation(),
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    search: { provider: "local" },
    docFooter: { prev: "Before", next: "Next" },
  },
};
