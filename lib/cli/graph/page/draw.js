/* global arrange, wayBetween */
/* exported draw, element, severityOf, openFindings */

/** A box with fewer hidden lines has them because of the box at their other end. */
const CROWD = 7;

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element; text is never taken for HTML. */
function element(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

/** Findings that nobody has acknowledged. */
function openFindings(findings) {
  return findings.filter(({ acknowledged }) => acknowledged === undefined);
}

function severityOf(findings) {
  return ["error", "warning", "unchecked"].find((severity) =>
    findings.some((finding) => finding.severity === severity),
  );
}

/** Draws the picture anew, for these open groups; gives where every visible node stands. */
function draw(model, open, act) {
  const arrangement = arrange(model, open);
  const byId = new Map(model.graph.nodes.map((node) => [node.id, node]));
  drawFrames(arrangement.frames, byId, act);
  drawNodes(model, arrangement.boxes, byId, act);
  drawLines(model, arrangement, byId);
  return arrangement;
}

function drawFrames(frames, byId, { toggle }) {
  const drawn = frames.map(({ id, kind, x, y, width, height }) => {
    const frame = element("section", { class: `frame ${kind}` });
    place(frame, { x, y, width, height });
    const heading = element("h2");
    if (kind === "group") heading.append(toggleButton(byId.get(id), true, toggle));
    heading.append(element("span", { text: kind === "group" ? byId.get(id).title : id }));
    frame.append(heading);
    return frame;
  });
  document.getElementById("frames").replaceChildren(...drawn);
}

function place(target, { x, y, width, height }) {
  Object.assign(target.style, {
    left: `${x}px`,
    top: `${y}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

function toggleButton({ id, title }, isOpen, toggle) {
  const words = isOpen ? `Close ${title}` : `Open ${title}`;
  const button = element("button", {
    type: "button",
    class: "toggle",
    text: isOpen ? "−" : "+",
    title: words,
    "aria-label": words,
    "aria-expanded": String(isOpen),
    "data-group": id,
  });
  button.addEventListener("click", () => toggle(id));
  return button;
}

function drawNodes(model, boxes, byId, act) {
  const hidden = hiddenLines(model.layout);
  const drawn = [...boxes].map(([id, box]) => {
    const node = byId.get(id);
    const members = model.graph.nodes.filter(({ group }) => group === id);
    // A group that is open shows its members; closed it is one box for all of them.
    const closed = members.length > 0 && !boxes.has(members.find((member) => member.id !== id).id);
    const drawnNode = nodeBox(node, { members: closed ? members : [node], hidden: hidden.get(id) }, act);
    if (closed) {
      drawnNode.classList.add("closed");
      drawnNode.append(toggleButton(node, false, act.toggle));
    }
    place(drawnNode, box);
    return drawnNode;
  });
  document.getElementById("nodes").replaceChildren(...drawn);
}

/** How many lines of each box are shown only when it is chosen. */
function hiddenLines({ stacks }) {
  const counts = new Map();
  for (const { from, to, crowded } of Object.values(stacks).flatMap(({ routes }) => routes)) {
    if (!crowded) continue;
    for (const id of [from, to]) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function nodeBox(node, { members, hidden = 0 }, { choose }) {
  const findings = openFindings(members.flatMap((member) => member.findings));
  const severity = severityOf(findings);
  const classes = ["node", node.family, node.outside ? "outside" : "", severity ? `has-${severity}` : ""];
  const box = element("div", { class: classes.join(" ").trim(), "data-id": node.id });
  const second =
    members.length > 1 ? summary(node, members) : [node.kind, node.subtitle].filter(Boolean).join(" · ");
  const first = element(
    "span",
    { class: "first" },
    element("span", { class: "title", text: node.title }),
    ...(hidden >= CROWD
      ? [
          element("span", {
            class: "many",
            text: `⋯${hidden}`,
            title: `${hidden} lines are drawn when it is chosen`,
          }),
        ]
      : []),
    ...(severity ? [badge(findings, severity)] : []),
  );
  const face = element(
    "button",
    { type: "button", class: "face", title: `${node.title}\n${second}` },
    first,
    element("div", { class: "second", text: second }),
  );
  face.addEventListener("click", () => choose(node.id));
  box.append(face);
  return box;
}

/** What stands in a closed group: the function, and how many of what. */
function summary(node, members) {
  const counts = new Map();
  for (const { kind, id } of members) {
    if (id === node.id) continue;
    const noun = kind.endsWith(" trigger") ? "trigger" : kind;
    counts.set(noun, (counts.get(noun) ?? 0) + 1);
  }
  const order = ["alias", "version", "trigger"];
  const rank = ([noun]) => (order.indexOf(noun) + order.length + 1) % (order.length + 1);
  const words = [...counts].sort((left, right) => rank(left) - rank(right));
  return words.map(([noun, count]) => (count === 1 ? noun : `${count} ${plural(noun)}`)).join(" · ");
}

function plural(noun) {
  if (noun.endsWith("y")) return `${noun.slice(0, -1)}ies`;
  return noun.endsWith("s") ? `${noun}es` : `${noun}s`;
}

function badge(findings, severity) {
  const worst = findings.filter((finding) => finding.severity === severity);
  const rest = findings.length - 1;
  return element("span", {
    class: `badge ${severity}`,
    text: `${worst[0].rule}${rest > 0 ? ` +${rest}` : ""}`,
    title: findings.map(({ rule, message }) => `${rule}: ${message}`).join("\n"),
  });
}

function drawLines(model, { boxes, routeOf }, byId) {
  const visible = (id) => (boxes.has(id) ? id : byId.get(id)?.group);
  const bundles = new Map();
  for (const line of model.graph.lines) {
    const [from, to] = [visible(line.from), visible(line.to)];
    if (from === undefined || to === undefined || from === to) continue;
    const key = [from, to, line.meaning].join("\n");
    if (!bundles.has(key)) bundles.set(key, { from, to, meaning: line.meaning, line, count: 0 });
    bundles.get(key).count++;
  }
  const svg = document.getElementById("lines");
  svg.replaceChildren(markers());
  const labels = new Map();
  for (const { from, to, meaning, line } of bundles.values()) {
    const route = routeOf(byId.get(line.from), byId.get(line.to)) ?? { points: [] };
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", `line ${meaning}${route.crowded ? " crowded" : ""}`);
    path.setAttribute("d", wayBetween(boxes.get(from), boxes.get(to), route.points, model.direction));
    if (meaning !== "code") path.setAttribute("marker-end", `url(#end-${meaning})`);
    Object.assign(path.dataset, { from, to });
    svg.append(path);
    if (route.label) labels.set(`${from}\n${to}`, { from, to, meaning, label: route.label });
  }
  document.getElementById("labels").replaceChildren(
    ...[...labels.values()].map(({ from, to, meaning, label }) => {
      const pill = element("div", {
        class: `label ${meaning}`,
        text: label.id,
        "data-from": from,
        "data-to": to,
      });
      place(pill, label);
      return pill;
    }),
  );
}

function markers() {
  const definitions = document.createElementNS(SVG, "defs");
  for (const meaning of ["traffic", "shared", "access", "operation", "order"]) {
    const marker = document.createElementNS(SVG, "marker");
    const shape = document.createElementNS(SVG, "path");
    for (const [name, value] of Object.entries({
      id: `end-${meaning}`,
      class: meaning,
      viewBox: "0 0 8 8",
      refX: "8",
      refY: "4",
      markerWidth: "7",
      markerHeight: "7",
      markerUnits: "userSpaceOnUse",
      orient: "auto-start-reverse",
    })) {
      marker.setAttribute(name, value);
    }
    shape.setAttribute("d", "M0 0L8 4L0 8Z");
    marker.append(shape);
    definitions.append(marker);
  }
  return definitions;
}
