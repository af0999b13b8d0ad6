/* global stretch */
/* exported arrange, wayBetween */

/** Between boxes at the least. */
const ROOM = 16;

/**
 * Where everything stands when these groups are open.
 *
 * @returns frames of stacks and open groups, boxes of visible nodes by id, and a function for the bends of a line
 */
function arrange({ graph, layout, sizes, doors }, open) {
  const isOpen = (id) => id in layout.groups && open.has(id);
  const sizeOf = (id) => (isOpen(id) ? framed(layout.groups[id], sizes) : sizes.node);
  const inner = new Map(graph.stacks.map((stack) => [stack, settled(layout.stacks[stack], sizeOf)]));
  const root = settled(layout.root, (stack) => framed(inner.get(stack), sizes));

  const frames = [];
  const boxes = new Map();
  const offsets = new Map();
  for (const [stack, frame] of root.boxes) {
    frames.push({ id: stack, kind: "stack", ...frame });
    const x = frame.x + sizes.padding;
    const y = frame.y + sizes.heading;
    offsets.set(stack, { x, y });
    for (const [id, box] of inner.get(stack).boxes) {
      const placed = { ...box, x: box.x + x, y: box.y + y };
      if (!isOpen(id)) {
        boxes.set(id, placed);
        continue;
      }
      frames.push({ id, kind: "group", ...placed });
      const [left, top] = [placed.x + sizes.padding, placed.y + sizes.heading];
      offsets.set(id, { x: left, y: top });
      for (const node of layout.groups[id].boxes) {
        if (node.id === doors.in || node.id === doors.out) continue;
        boxes.set(node.id, { ...node, x: node.x + left, y: node.y + top });
      }
    }
  }

  /** The way between a node of an open group and a door of the group, around the others. */
  const wayThrough = ({ id, group }, door) => {
    if (!isOpen(group)) return [];
    const level = layout.groups[group];
    const [from, to] = door === doors.in ? [door, id] : [id, door];
    const route = pairIn(level, from, to);
    if (!route) return [];
    const offset = offsets.get(group);
    const { x, y } = level.boxes.find((box) => box.id === door);
    const { points } = moved(route, offset, { x: same, y: same });
    const end = [x + offset.x, y + offset.y];
    return door === doors.in ? [end, ...points] : [...points, end];
  };

  /** The way between two nodes. */
  const routeOf = (from, to) => {
    if (from.group !== undefined && from.group === to.group) {
      const route = pairIn(layout.groups[from.group], from.id, to.id);
      return route && moved(route, offsets.get(from.group), { x: same, y: same });
    }
    const [first, last] = [wayThrough(from, doors.out), wayThrough(to, doors.in)];
    const route =
      from.stack === to.stack
        ? pairIn(layout.stacks[from.stack], from.group ?? from.id, to.group ?? to.id)
        : undefined;
    if (!route) return { crowded: false, points: [...first, ...last] };
    const middle = moved(route, offsets.get(from.stack), inner.get(from.stack));
    return { ...middle, points: [...first, ...middle.points, ...last] };
  };
  return { frames, boxes, routeOf, width: root.width, height: root.height };
}

const same = (place) => place;

/** A level whose boxes have got their sizes of now. */
function settled(level, sizeOf) {
  const labels = level.routes.flatMap(({ label }) => label ?? []);
  const spans = (start, size) => [
    ...level.boxes.map((box) => span(box[start], box[size], sizeOf(box.id)[size])),
    ...labels.map((label) => ({
      start: label[start],
      end: label[start] + label[size],
      size: label[size],
    })),
  ];
  const x = stretch(spans("x", "width"));
  const y = stretch(spans("y", "height"));
  const boxes = new Map(
    level.boxes.map((box) => [
      box.id,
      { x: x(box.x), y: y(box.y), width: sizeOf(box.id).width, height: sizeOf(box.id).height },
    ]),
  );
  const placed = [...boxes.values()];
  return {
    boxes,
    x,
    y,
    width: Math.max(0, ...placed.map((box) => box.x + box.width)),
    height: Math.max(0, ...placed.map((box) => box.y + box.height)),
  };
}

function span(start, before, now) {
  return { start, end: start + before + ROOM, size: now + ROOM };
}

function framed({ width, height }, { node, padding, heading }) {
  return { width: Math.max(node.width, width) + 2 * padding, height: height + heading + padding };
}

const pairs = new WeakMap();

function pairIn(level, from, to) {
  if (!pairs.has(level)) {
    pairs.set(level, new Map(level.routes.map((route) => [`${route.from}\n${route.to}`, route])));
  }
  return pairs.get(level).get(`${from}\n${to}`);
}

function moved({ points, label, crowded }, offset, { x, y }) {
  return {
    crowded,
    points: points.map(([left, top]) => [x(left) + offset.x, y(top) + offset.y]),
    label: label && { ...label, x: x(label.x) + offset.x, y: y(label.y) + offset.y },
  };
}

/** The path of a line from box to box, by the sides that face each other in the direction of traffic. */
function wayBetween(from, to, points, direction) {
  const start = middleOf(from);
  const end = middleOf(to);
  const horizontal = to.x >= from.x + from.width || to.x + to.width <= from.x;
  const vertical = to.y >= from.y + from.height || to.y + to.height <= from.y;
  const [first, last] = [points[0] ?? end, points.at(-1) ?? start];
  const across = direction === "across" ? horizontal || !vertical : horizontal && !vertical;
  const leave = sideTowards(from, first, across);
  const arrive = sideTowards(to, last, across);
  const way = [leave, ...points, arrive];
  let path = `M${leave[0]} ${leave[1]}`;
  for (let index = 1; index < way.length; index++) {
    const [x0, y0] = way[index - 1];
    const [x1, y1] = way[index];
    const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
    path += across ? `C${mx} ${y0} ${mx} ${y1} ${x1} ${y1}` : `C${x0} ${my} ${x1} ${my} ${x1} ${y1}`;
  }
  return path;
}

function middleOf({ x, y, width, height }) {
  return [x + width / 2, y + height / 2];
}

function sideTowards(box, [x, y], across) {
  const [middleX, middleY] = middleOf(box);
  if (across) return [x >= middleX ? box.x + box.width : box.x, middleY];
  return [middleX, y >= middleY ? box.y + box.height : box.y];
}
