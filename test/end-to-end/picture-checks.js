/* exported overlaps, stickingOut, contrasts */
// Looks at the picture in the browser that shows it.

/** Boxes, labels and names of frames that stand over others. */
function overlaps() {
  const things = [...document.querySelectorAll(".node, .label, .frame > h2")]
    .map((element) => ({ box: element.getBoundingClientRect(), text: element.textContent }))
    .filter(({ box }) => box.width > 0);
  const found = [];
  things.forEach(({ box: one, text }, index) => {
    for (const { box: other, text: otherText } of things.slice(index + 1)) {
      const apart =
        one.right <= other.left + 0.5 ||
        other.right <= one.left + 0.5 ||
        one.bottom <= other.top + 0.5 ||
        other.bottom <= one.top + 0.5;
      if (!apart) found.push(`${text} over ${otherText}`);
    }
  });
  return found;
}

/** What does not fit into what holds it: controls into the window, texts into their boxes. */
function stickingOut() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) found.push("the page scrolls");
  for (const element of document.querySelectorAll("header > *, .tools > *, .zoom, #legend, aside")) {
    const { left, right, top, bottom, width } = element.getBoundingClientRect();
    if (width > 0 && (left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5)) {
      found.push(element.id || element.className || element.tagName);
    }
  }
  for (const element of document.querySelectorAll(".face, .label, aside")) {
    if (element.scrollWidth > element.clientWidth + 1) found.push(`text of ${element.textContent}`);
  }
  return found;
}

/** Texts whose contrast is less than 4.5 : 1 (WCAG 2.2, 1.4.3). */
function contrasts() {
  const found = new Set();
  const texts =
    ".title, .second, .badge, .many, .label, .frame > h2 span, header button, h1, #legend div, .toggle";
  for (const element of document.querySelectorAll(texts)) {
    const [one, other] = [lightness(getComputedStyle(element).color), lightness(colorBehind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) found.add(`${element.className}: ${ratio.toFixed(2)}`);
  }
  return [...found];
}

function numbersIn(color) {
  return (color.match(/[\d.]+/g) ?? []).map(Number);
}

function lightness(color) {
  const [red, green, blue] = numbersIn(color).map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function colorBehind(element) {
  for (let each = element; each; each = each.parentElement) {
    const color = getComputedStyle(each).backgroundColor;
    if ((numbersIn(color)[3] ?? 1) > 0) return color;
  }
  return "rgb(255, 255, 255)";
}
