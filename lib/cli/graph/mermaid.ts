import type { Graph, GraphLine, GraphNode, Meaning } from "./graph";

/** How boxes of a kind look; all others are rectangles. */
const shapes: Readonly<Record<string, readonly [open: string, close: string]>> = {
  function: ["[[", "]]"],
  alias: ["([", "])"],
  version: ["(", ")"],
  listener: ["{{", "}}"],
  layer: ["[/", "/]"],
};

const arrows: Readonly<Record<Meaning, string>> = {
  traffic: "-->",
  code: "---",
  shared: "-.->",
  access: "-.->",
  operation: "-.->",
  order: "-.-",
};

/** Between stacks. */
const CROSS_STACK = "==>";

/** The graph as a flowchart that Markdown pages of code hosts show as a picture. */
export function mermaid(graph: Graph): string {
  const ids = new Map(graph.nodes.map(({ id }, index) => [id, `n${index}`]));
  const idOf = (id: string): string => ids.get(id) ?? "";
  const stackOf = new Map(graph.nodes.map(({ id, stack }) => [id, stack]));
  const out = ["flowchart LR"];
  for (const [index, stack] of graph.stacks.entries()) {
    out.push(`  subgraph s${index}["${escaped(stack)}"]`);
    out.push(...stackLines(graph.nodes.filter((node) => node.stack === stack)));
    out.push("  end");
  }
  for (const line of graph.lines) {
    const crosses = stackOf.get(line.from) !== stackOf.get(line.to);
    out.push(
      `  ${idOf(line.from)} ${crosses ? CROSS_STACK : arrows[line.meaning]}${words(line)} ${idOf(line.to)}`,
    );
  }
  out.push(...classes(graph.nodes, idOf));
  return `${out.join("\n")}\n`;

  function stackLines(nodes: readonly GraphNode[]): string[] {
    const alone = nodes.filter(({ group }) => group === undefined).map((node) => `    ${nodeText(node)}`);
    const groups = [...new Set(nodes.flatMap(({ group }) => group ?? []))];
    const boxed = groups.flatMap((group) => {
      const title = graph.nodes.find(({ id }) => id === group)?.title ?? group;
      const members = nodes.filter((node) => node.group === group);
      return [
        `    subgraph ${idOf(group)}g["${escaped(title)}"]`,
        ...members.map((node) => `      ${nodeText(node)}`),
        "    end",
      ];
    });
    return [...boxed, ...alone];
  }

  function nodeText(node: GraphNode): string {
    const [open, close] = shapes[node.kind] ?? ["[", "]"];
    const found = node.findings.map(({ severity, rule }) => `${severity} ${rule}`);
    const lines = [
      node.title,
      [node.kind, node.subtitle].filter((text) => text !== "").join(" · "),
      ...found,
    ];
    return `${idOf(node.id)}${open}"${lines.map(escaped).join("<br/>")}"${close}`;
  }
}

function words({ text }: GraphLine): string {
  return `|"${escaped(text)}"|`;
}

/** Colours that are seen on white and on black. */
function classes(nodes: readonly GraphNode[], idOf: (id: string) => string): string[] {
  const named = (name: string, style: string, chosen: (node: GraphNode) => boolean): string[] => {
    const ids = nodes.filter(chosen).map(({ id }) => idOf(id));
    return ids.length === 0 ? [] : [`  classDef ${name} ${style}`, `  class ${ids.join(",")} ${name}`];
  };
  const has =
    (severity: string) =>
    ({ findings }: GraphNode) =>
      findings.some((finding) => finding.severity === severity && finding.acknowledged === undefined);
  return [
    ...named("outside", "stroke-dasharray: 4 3", ({ outside }) => outside),
    ...named("warning", "stroke:#b7791f,stroke-width:2px", has("warning")),
    ...named("error", "stroke:#c53030,stroke-width:3px", has("error")),
  ];
}

/** Every character that means something to Mermaid or to HTML as an entity of Mermaid's own. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:/_$*+=@!?()%–·×-]/gu, (character) => `#${character.codePointAt(0)};`);
}
