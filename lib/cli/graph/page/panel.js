/* global element, openFindings */
/* exported showNode, showFindings */

/** Everything about one node. */
function showNode(panel, node, { graph, choose, close }) {
  const byId = new Map(graph.nodes.map((each) => [each.id, each]));
  const members = graph.nodes.filter(({ group, id }) => group === node.id && id !== node.id);
  panel.replaceChildren(
    closeButton(close),
    element("h2", { text: node.title }),
    element("p", { class: "kind", text: [node.kind, node.subtitle].filter(Boolean).join(" · ") }),
    ...(node.outside ? [] : [element("p", { class: "kind", text: node.id })]),
    ...section("Findings", node.findings.map(findingBox)),
    ...section("Lines", linesOf(node, graph.lines, byId, choose)),
    ...section(
      "Drawn with it",
      members.map((member) =>
        entry(`${member.kind} ${member.title}`, member.subtitle, () => choose(member.id)),
      ),
    ),
    ...(node.properties.length > 0 ? [element("h3", { text: "Properties" }), properties(node)] : []),
  );
  panel.hidden = false;
  panel.scrollTop = 0;
}

/** Everything that was found, the worst first. */
function showFindings(panel, { graph, choose, close }) {
  const order = ["error", "warning", "unchecked"];
  const found = new Map(graph.findings.map((finding) => [JSON.stringify(finding), { finding }]));
  for (const node of graph.nodes) {
    for (const finding of node.findings) {
      const key = JSON.stringify(finding);
      if (!found.has(key)) found.set(key, { finding, node });
    }
  }
  const sorted = [...found.values()]
    .filter(({ finding }) => openFindings([finding]).length > 0)
    .sort((left, right) => order.indexOf(left.finding.severity) - order.indexOf(right.finding.severity));
  panel.replaceChildren(
    closeButton(close),
    element("h2", { text: "Findings" }),
    ...sorted.map(({ finding, node }) => {
      const box = findingBox(finding);
      if (node)
        box.append(
          element(
            "ul",
            {},
            entry(`Show ${node.title}`, "", () => choose(node.id)),
          ),
        );
      return box;
    }),
  );
  panel.hidden = false;
  panel.scrollTop = 0;
}

function closeButton(close) {
  const button = element("button", { type: "button", class: "close", text: "✕", "aria-label": "Close" });
  button.addEventListener("click", close);
  return button;
}

function section(title, children) {
  if (children.length === 0) return [];
  const isList = children[0].tagName === "LI";
  return [element("h3", { text: title }), ...(isList ? [element("ul", {}, ...children)] : children)];
}

function findingBox({ severity, rule, message, fix, source, places, acknowledged }) {
  const where = places.map(({ address, note, location }) =>
    element("p", {
      text: [address, note, location && `${location.file}:${location.line}`].filter(Boolean).join(" · "),
    }),
  );
  return element(
    "div",
    { class: `finding ${severity}` },
    element("strong", { text: `${severity} ${rule}` }),
    element("p", { text: `${message}.` }),
    ...where,
    element("p", { text: `${fix}. [${source}]` }),
    ...(acknowledged === undefined ? [] : [element("p", { text: `Acknowledged: ${acknowledged}` })]),
  );
}

function linesOf(node, lines, byId, choose) {
  return lines.flatMap(({ from, to, text, resource }) => {
    if (from !== node.id && to !== node.id) return [];
    const other = byId.get(from === node.id ? to : from);
    if (!other) return [];
    const name = `${other.kind} ${other.title}`;
    const words = from === node.id ? `${text} → ${name}` : `${name} → ${text}`;
    return [entry(words, resource ?? "", () => choose(other.id))];
  });
}

function entry(text, small, act) {
  const button = element("button", { type: "button", text });
  if (small) button.append(" ", element("small", { text: small }));
  button.addEventListener("click", act);
  return element("li", {}, button);
}

function properties(node) {
  return element(
    "dl",
    {},
    ...node.properties.flatMap(([name, value]) => [
      element("dt", { text: name }),
      element("dd", { text: value }),
    ]),
  );
}
