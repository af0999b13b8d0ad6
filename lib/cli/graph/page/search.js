/* global element */
/* exported makeSearch */

const MOST = 12;

/** A field that finds nodes by title, kind and address while one types, and goes to the one that is taken. */
function makeSearch({ field, list, graph, choose }) {
  let found = [];
  let current = 0;

  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const render = () => {
    list.replaceChildren(
      ...found.map((node, index) => {
        const option = element(
          "li",
          { role: "option", id: `found-${index}`, "aria-selected": String(index === current) },
          node.title,
          element("small", { text: [node.kind, node.subtitle, node.id].filter(Boolean).join(" · ") }),
        );
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(node));
        return option;
      }),
    );
    if (found.length === 0) list.append(element("li", { text: "Nothing found" }));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    if (found.length > 0) field.setAttribute("aria-activedescendant", `found-${current}`);
    list.children[current]?.scrollIntoView({ block: "nearest" });
  };
  const take = (node) => {
    close();
    choose(node.id);
  };

  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return close();
    found = matching(graph, words).slice(0, MOST);
    current = 0;
    render();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (list.hidden || found.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      current = (current + step + found.length) % found.length;
      render();
    }
    if (event.key === "Enter") take(found[current]);
  });
  field.addEventListener("blur", close);
}

/** Titles that begin with what is looked for come first. A resource that is a line is found at its end. */
function matching({ nodes, lines }, words) {
  const drawnAt = new Map();
  for (const { from, resource } of lines) {
    if (resource) drawnAt.set(from, `${drawnAt.get(from) ?? ""} ${resource}`);
  }
  const textOf = ({ id, title, kind, subtitle }) =>
    [title, kind, id, subtitle, drawnAt.get(id) ?? ""].join(" ").toLowerCase();
  const begins = ({ title }) => (title.toLowerCase().startsWith(words[0]) ? 0 : 1);
  return nodes
    .filter((node) => words.every((word) => textOf(node).includes(word)))
    .sort((left, right) => begins(left) - begins(right));
}
