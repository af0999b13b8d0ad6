/* exported makeView */

const SMALLEST = 0.08;
const LARGEST = 3;
/** Below this size boxes show their titles only, in larger letters. */
const FAR = 0.55;
const MARGIN = 24;
const STEP = 48;

/** Moves and scales the picture: by wheel, fingers, keys and buttons. */
function makeView(view, world) {
  let [x, y, scale] = [0, 0, 1];
  let size = { width: 1, height: 1 };

  const show = (smoothly = false) => {
    world.classList.toggle("moved", smoothly);
    world.classList.toggle("far", scale < FAR);
    world.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    view.dataset.scale = String(scale);
  };
  const zoom = (factor, left = view.clientWidth / 2, top = view.clientHeight / 2, smoothly = false) => {
    const next = Math.min(LARGEST, Math.max(SMALLEST, scale * factor));
    x = left - ((left - x) * next) / scale;
    y = top - ((top - y) * next) / scale;
    scale = next;
    show(smoothly);
  };
  const fitting = () =>
    Math.min(1, (view.clientWidth - 2 * MARGIN) / size.width, (view.clientHeight - 2 * MARGIN) / size.height);
  const fit = (least = SMALLEST, smoothly = false) => {
    scale = Math.max(least, fitting());
    // What does not fit begins at its beginning.
    x = Math.max(MARGIN, (view.clientWidth - size.width * scale) / 2);
    y = Math.max(MARGIN, (view.clientHeight - size.height * scale) / 2);
    show(smoothly);
  };
  /** Moves a box into the middle of what nothing covers. */
  const reveal = (box, { least = 0.7, covered = { right: 0, bottom: 0 } } = {}) => {
    scale = Math.max(scale, least);
    x = (view.clientWidth - covered.right) / 2 - (box.x + box.width / 2) * scale;
    y = (view.clientHeight - covered.bottom) / 2 - (box.y + box.height / 2) * scale;
    show(true);
  };

  view.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { left, top } = view.getBoundingClientRect();
      const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * 30;
      zoom(Math.exp(-pixels / 500), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );
  followPointers(view, {
    move: (dx, dy) => {
      x += dx;
      y += dy;
      show();
    },
    zoom,
  });
  view.addEventListener("keydown", (event) => {
    if (event.target !== view || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
    const by = moves[event.key];
    if (!by) return;
    event.preventDefault();
    x += by[0];
    y += by[1];
    show(true);
  });
  // The browser scrolls to what gets the focus, and would take the picture out of its frame.
  view.addEventListener("scroll", () => view.scrollTo(0, 0));
  return {
    zoom: (factor) => zoom(factor, undefined, undefined, true),
    fit,
    reveal,
    /** @param box @returns whether all of a box can be seen */
    sees: (box) =>
      x + box.x * scale >= 0 &&
      y + box.y * scale >= 0 &&
      x + (box.x + box.width) * scale <= view.clientWidth &&
      y + (box.y + box.height) * scale <= view.clientHeight,
    setSize: (next) => {
      size = next;
    },
    /** Moves the picture so that what stood at one place stands where it did. */
    keep: (before, after) => {
      x += (before.x - after.x) * scale;
      y += (before.y - after.y) * scale;
      show();
    },
  };
}

/** One pointer moves, two scale. What begins on a button is a click until it has moved. */
function followPointers(view, { move, zoom }) {
  const pointers = new Map();
  let travelled = 0;
  view.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  view.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    const next = { x: event.clientX, y: event.clientY };
    travelled += Math.hypot(next.x - last.x, next.y - last.y);
    if (travelled > 4) {
      // Only now: a click belongs to what it began on.
      view.setPointerCapture(event.pointerId);
      view.classList.add("dragged");
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      if (other) pinch(view, { last, next, other, zoom });
      else move(next.x - last.x, next.y - last.y);
    }
    pointers.set(event.pointerId, next);
  });
  const release = (event) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) view.classList.remove("dragged");
  };
  view.addEventListener("pointerup", release);
  view.addEventListener("pointercancel", release);
  view.addEventListener(
    "click",
    (event) => {
      if (travelled > 4) event.stopPropagation();
      travelled = 0;
    },
    true,
  );
}

function pinch(view, { last, next, other, zoom }) {
  const { left, top } = view.getBoundingClientRect();
  const distance = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
  zoom(distance(next) / distance(last), (next.x + other.x) / 2 - left, (next.y + other.y) / 2 - top);
}
