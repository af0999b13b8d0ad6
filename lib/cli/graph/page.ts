import * as fs from "node:fs";
import * as path from "node:path";
import type { Graph } from "./graph";
import { doors, layoutsOf, sizes } from "./layout";

/** In the order in which they use each other; each is a plain script, and together they are one. */
const scripts = ["stretch", "arrange", "draw", "view", "panel", "search", "main"];

/** The graph as one page that works from a file: it holds all that it needs, and may fetch nothing. */
export function htmlPage(graph: Graph): string {
  const data = { graph, layouts: layoutsOf(graph), sizes, doors };
  const parts: Readonly<Record<string, string>> = {
    title: escaped(graph.stacks.join(", ")),
    style: `<style>\n${part("page.css")}\n</style>`,
    // No text of a program may end the element that it stands in.
    data: `<script type="application/json" id="data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`,
    script: `<script>\n"use strict";\n${scripts.map((name) => part(`${name}.js`)).join("\n")}\n</script>`,
  };
  return part("page.html").replace(/<!-- (\w+) -->/g, (_, name: string) => parts[name] ?? "");
}

function part(name: string): string {
  return fs.readFileSync(path.join(__dirname, "page", name), "utf8").trim();
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
