/* global draw, element, makeSearch, makeView, openFindings, severityOf, showFindings, showNode */

/** Smaller letters than these nobody reads; who wants to see all of a large picture asks for it. */
const LEAST_AT_FIRST = innerWidth > 900 ? 0.4 : 0.5;

const byElementId = (id) => document.getElementById(id);
const data = JSON.parse(byElementId("data").textContent);
const { graph, layouts, sizes, doors } = data;
const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
const direction = innerWidth < innerHeight * 0.8 ? "down" : "across";
const layout = layouts[direction];
const groups = Object.keys(layout.groups);
const open = new Set(layout.open ? groups : []);
const panel = byElementId("details");
const view = makeView(byElementId("view"), byElementId("world"));
let arrangement;
let chosen;

function redraw() {
  arrangement = draw({ graph, layout, direction, sizes, doors }, open, { choose, toggle });
  view.setSize(arrangement);
  const all = byElementId("groups");
  all.hidden = groups.length === 0;
  all.textContent = open.size > 0 ? "Close groups" : "Open groups";
  mark();
}

/** Marks what is chosen, and what it is connected with. */
function mark() {
  const world = byElementId("world");
  const id = visible(chosen);
  world.classList.toggle("with-choice", id !== undefined);
  const near = new Set([id]);
  for (const line of world.querySelectorAll(".line, .label")) {
    const isNear = id !== undefined && (line.dataset.from === id || line.dataset.to === id);
    line.classList.toggle("near", isNear);
    if (isNear) near.add(line.dataset.from).add(line.dataset.to);
  }
  for (const box of world.querySelectorAll(".node")) {
    box.classList.toggle("near", near.has(box.dataset.id));
    box.classList.toggle("chosen", box.dataset.id === id);
  }
}

/** Lines that are hidden for their number are shown for the box under the pointer. */
function hover(id) {
  for (const line of document.querySelectorAll(".line.crowded")) {
    const isNear = [id, visible(chosen)].some(
      (near) => near !== undefined && (line.dataset.from === near || line.dataset.to === near),
    );
    line.classList.toggle("near", isNear);
  }
}

function visible(id) {
  if (id === undefined || arrangement.boxes.has(id)) return id;
  return nodes.get(id)?.group;
}

/** Goes to a node, opens its group when it is closed, and says all about it. */
function choose(id) {
  const node = nodes.get(id);
  chosen = id;
  if (!arrangement.boxes.has(id) && node.group !== undefined) {
    open.add(node.group);
    redraw();
  } else mark();
  showNode(panel, node, { graph, choose, close: closePanel });
  const box = arrangement.boxes.get(id);
  if (!view.sees(box) || isCovered(id)) view.reveal(box, { covered: coveredByPanel() });
  else if (byElementId("world").classList.contains("far")) view.reveal(box, { covered: coveredByPanel() });
}

function coveredByPanel() {
  const { width, height } = panel.getBoundingClientRect();
  return width >= innerWidth ? { right: 0, bottom: height } : { right: width, bottom: 0 };
}

function isCovered(id) {
  const box = document.querySelector(`.node[data-id="${CSS.escape(id)}"]`).getBoundingClientRect();
  const cover = panel.getBoundingClientRect();
  return box.right > cover.left && box.bottom > cover.top;
}

function closePanel() {
  const id = visible(chosen);
  panel.hidden = true;
  chosen = undefined;
  mark();
  if (id !== undefined) {
    document.querySelector(`.node[data-id="${CSS.escape(id)}"] .face`)?.focus({ preventScroll: true });
  }
}

function toggle(id) {
  const placeOf = () =>
    arrangement.frames.find((frame) => frame.kind === "group" && frame.id === id) ??
    arrangement.boxes.get(id);
  const before = placeOf();
  if (!open.delete(id)) open.add(id);
  redraw();
  view.keep(before, placeOf());
  document.querySelector(`.toggle[data-group="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

function countFindings() {
  const found = new Map();
  for (const finding of openFindings([...graph.findings, ...graph.nodes.flatMap((node) => node.findings)])) {
    found.set(JSON.stringify(finding), finding);
  }
  const all = [...found.values()];
  const button = byElementId("findings");
  button.hidden = all.length === 0;
  button.className = severityOf(all) ?? "";
  const words = ["error", "warning", "unchecked"].flatMap((severity) => {
    const count = all.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return severity === "unchecked" ? `${count} unchecked` : `${count} ${severity}${count > 1 ? "s" : ""}`;
  });
  button.textContent = words.join(", ");
  button.addEventListener("click", () => showFindings(panel, { graph, choose, close: closePanel }));
}

function drawLegend() {
  const families = {
    entry: "entry: listener, rule, trigger",
    code: "function, version, alias",
    shared: "layer, namespace",
    access: "role, policy",
    operation: "concurrency, alarm, test",
  };
  const meanings = {
    traffic: "requests and events",
    code: "version of",
    shared: "binds",
    access: "rights",
    operation: "cares for",
    order: "uses, comes after",
  };
  const svg = (meaning) => `<svg><path class="line ${meaning}" d="M0 5H30"/></svg>`;
  const rows = [
    ...Object.entries(families).map(([family, words]) =>
      element("div", {}, element("i", { class: family }), words),
    ),
    ...Object.entries(meanings).map(([meaning, words]) => {
      const row = element("div");
      row.innerHTML = svg(meaning);
      row.append(words);
      return row;
    }),
  ];
  if (document.querySelector(".line.crowded")) {
    rows.push(
      element("p", { text: "Lines of boxes that very many others use are drawn for the chosen box only." }),
    );
  }
  document.querySelector(".legend-body").replaceChildren(...rows);
}

function openLegendWhereNothingIs() {
  const legend = byElementId("legend");
  legend.open = true;
  const { right, top } = legend.getBoundingClientRect();
  const isOver = [...document.querySelectorAll(".frame")].some((frame) => {
    const box = frame.getBoundingClientRect();
    return box.left < right && box.bottom > top;
  });
  legend.open = !isOver && innerWidth > 900;
}

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
setTheme(prefersDark.matches ? "dark" : "light");
prefersDark.addEventListener("change", ({ matches }) => setTheme(matches ? "dark" : "light"));
byElementId("theme").addEventListener("click", () =>
  setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
);
byElementId("groups").addEventListener("click", () => {
  if (open.size > 0) open.clear();
  else for (const group of groups) open.add(group);
  redraw();
  view.fit(LEAST_AT_FIRST, true);
});
byElementId("nearer").addEventListener("click", () => view.zoom(1.3));
byElementId("farther").addEventListener("click", () => view.zoom(1 / 1.3));
byElementId("whole").addEventListener("click", () => view.fit(undefined, true));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !panel.hidden) return closePanel();
  if (event.target instanceof HTMLInputElement) return;
  const acts = {
    "/": () => byElementId("query").focus(),
    "+": () => view.zoom(1.3),
    "-": () => view.zoom(1 / 1.3),
    0: () => view.fit(undefined, true),
  };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
byElementId("nodes").addEventListener("focusin", ({ target }) => {
  const id = target.closest(".node")?.dataset.id;
  if (id === undefined || !target.matches(":focus-visible")) return;
  const box = arrangement.boxes.get(id);
  if (!view.sees(box)) view.reveal(box, { least: 0 });
});
byElementId("nodes").addEventListener("pointerover", ({ target }) =>
  hover(target.closest(".node")?.dataset.id),
);
byElementId("nodes").addEventListener("pointerout", () => hover());

redraw();
countFindings();
drawLegend();
makeSearch({ field: byElementId("query"), list: byElementId("results"), graph, choose });
view.fit(LEAST_AT_FIRST);
openLegendWhereNothingIs();
