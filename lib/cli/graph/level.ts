import type { Graph as DagreGraph } from "@dagrejs/dagre" with { "resolution-mode": "import" };

// Its types are those of an ES module, its code is both.
const { Graph: Dagre, layout } = require("@dagrejs/dagre") as typeof import("@dagrejs/dagre", {
  with: { "resolution-mode": "import" },
});

/** Which way traffic flows: across wide screens, down narrow ones. */
export type Direction = "across" | "down";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place in pixels from the upper left corner of the level. */
export interface Box extends Size {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** Only says which comes first: its length does not matter. */
  readonly loose?: boolean;
}

/** The way of all lines between two boxes. */
export interface Route {
  readonly from: string;
  readonly to: string;
  /** Where it bends on its way around other boxes. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly label?: Box;
  /** Whether one of its ends has so many lines that all of them at once would show nothing. */
  readonly crowded: boolean;
}

/** Boxes that stand in one box, none over another. */
export interface Level extends Size {
  readonly boxes: readonly Box[];
  readonly routes: readonly Route[];
}

const GAP = 28;
const BETWEEN_RANKS = 44;
/** A box that is connected with more others stands aside. */
const MANY = 6;
const ASIDE_ROWS = 16;
const LABEL_HEIGHT = 18;
/** A little wider than what a browser needs for 11 pixels. */
const LABEL_CHARACTER = 6.6;
const LABEL_PADDING = 14;

/** Width divided by height of what is aimed at. */
const shapes: Readonly<Record<Direction, number>> = { across: 1.6, down: 0.6 };

/**
 * Places boxes by the direction of traffic. Those that hang together are laid out together.
 *
 * @param crowdsAside whether boxes with very many others around them stand aside: what sends on one side, what is used on the
 *   other
 */
export function placeLevel(
  sizes: ReadonlyMap<string, Size>,
  links: readonly Link[],
  { direction, crowdsAside = false }: { readonly direction: Direction; readonly crowdsAside?: boolean },
): Level {
  const pairs = pairsOf(links);
  const crowds = crowdsAside ? crowdsOf(sizes, pairs) : new Map<string, 0 | 2>();
  const [before, middle, after] = [...sizes.keys()].reduce<[string[], string[], string[]]>(
    (parts, id) => {
      parts[crowds.get(id) ?? 1].push(id);
      return parts;
    },
    [[], [], []],
  );
  const isCrowded = ({ from, to }: Link): boolean => crowds.has(from) || crowds.has(to);
  const plain = pairs.filter((pair) => !isCrowded(pair));
  const parts = componentsOf(middle, plain).map((ids) => placeComponent(ids, { sizes, plain, direction }));
  const packed = pack(parts, direction);
  const level = beside(
    [column(before, sizes, direction), packed, column(after, sizes, direction)].filter(
      ({ boxes }) => boxes.length > 0,
    ),
    direction,
  );
  const crowded = pairs.filter(isCrowded).map(({ from, to }) => ({ from, to, points: [], crowded: true }));
  return { ...level, routes: [...level.routes, ...crowded] };
}

/** One link for all that lead from one box to another; their label is that of all of them. */
function pairsOf(links: readonly Link[]): Link[] {
  const pairs = new Map<string, { from: string; to: string; labels: Set<string>; loose: boolean }>();
  for (const { from, to, label, loose = false } of links) {
    if (from === to) continue;
    const key = `${from}\n${to}`;
    const pair = pairs.get(key) ?? { from, to, labels: new Set<string>(), loose };
    pair.labels.add(label ?? "");
    pairs.set(key, pair);
  }
  return [...pairs.values()].map(({ from, to, labels, loose }) => {
    const [label, ...others] = labels;
    return { from, to, loose, ...(label && others.length === 0 ? { label } : {}) };
  });
}

/** Boxes with many neighbours: 0 for those that mostly send, 2 for those that mostly are used. */
function crowdsOf(sizes: ReadonlyMap<string, Size>, pairs: readonly Link[]): ReadonlyMap<string, 0 | 2> {
  const sent = new Map<string, number>();
  const used = new Map<string, number>();
  for (const { from, to } of pairs) {
    sent.set(from, (sent.get(from) ?? 0) + 1);
    used.set(to, (used.get(to) ?? 0) + 1);
  }
  const crowds = new Map<string, 0 | 2>();
  for (const id of sizes.keys()) {
    const [out, into] = [sent.get(id) ?? 0, used.get(id) ?? 0];
    if (out + into > MANY) crowds.set(id, out >= into ? 0 : 2);
  }
  return crowds;
}

function componentsOf(ids: readonly string[], pairs: readonly Link[]): string[][] {
  const neighbours = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of pairs) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const seen = new Set<string>();
  return ids.flatMap((start) => {
    if (seen.has(start)) return [];
    seen.add(start);
    const component = [start];
    for (const id of component) {
      for (const next of neighbours.get(id) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        component.push(next);
      }
    }
    return [component];
  });
}

function placeComponent(
  ids: readonly string[],
  known: {
    readonly sizes: ReadonlyMap<string, Size>;
    readonly plain: readonly Link[];
    readonly direction: Direction;
  },
): Level {
  const { sizes, plain, direction } = known;
  const sizeOf = (id: string): Size => sizes.get(id) ?? { width: 0, height: 0 };
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) {
    const size = sizeOf(only);
    return { ...size, boxes: [{ id: only, x: 0, y: 0, ...size }], routes: [] };
  }
  const graph: DagreGraph = new Dagre({ directed: true, multigraph: false, compound: false });
  graph.setGraph({
    rankdir: direction === "across" ? "LR" : "TB",
    nodesep: GAP,
    ranksep: BETWEEN_RANKS,
    edgesep: GAP / 2,
  });
  const inside = new Set(ids);
  // Sorted, so that the picture does not depend on where the walk began.
  for (const id of [...ids].sort()) graph.setNode(id, { ...sizeOf(id) });
  for (const { from, to, label, loose } of plain) {
    if (!inside.has(from) || !inside.has(to)) continue;
    graph.setEdge(from, to, { ...labelSize(label), labelpos: "c", weight: loose ? 0 : 1 });
  }
  layout(graph);
  const boxes = ids.map((id): Box => {
    const { x, y, width, height } = graph.node(id) as Box;
    return { id, x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
  });
  const routes = plain
    .filter(({ from, to }) => inside.has(from) && inside.has(to))
    .map(({ from, to, label }): Route => {
      const edge = graph.edge(from, to) as { points: { x: number; y: number }[]; x?: number; y?: number };
      const bends = edge.points.slice(1, -1).map((point) => pastRank(point, boxes, direction));
      // Between ranks a line may go as it likes, unless it has to come by its label.
      const points = bends.filter((bend) => bend.length > 1 || label !== undefined).flat();
      return {
        from,
        to,
        points,
        crowded: false,
        ...(label === undefined ? {} : { label: labelBox(label, edge) }),
      };
    });
  const { width = 0, height = 0 } = graph.graph() as Partial<Size>;
  return { width: Math.ceil(width), height: Math.ceil(height), boxes, routes };
}

/** Where a line passes boxes of a rank, it keeps straight along the whole of them and bends only between ranks. */
function pastRank(
  { x, y }: { readonly x: number; readonly y: number },
  boxes: readonly Box[],
  direction: Direction,
): (readonly [number, number])[] {
  const isAcross = direction === "across";
  const passed = boxes.filter((box) =>
    isAcross ? Math.abs(box.x + box.width / 2 - x) < 1 : Math.abs(box.y + box.height / 2 - y) < 1,
  );
  const half = Math.max(0, ...passed.map((box) => (isAcross ? box.width : box.height))) / 2;
  const at = (along: number): readonly [number, number] =>
    isAcross ? [Math.round(x + along), Math.round(y)] : [Math.round(x), Math.round(y + along)];
  return half === 0 ? [at(0)] : [at(-half), at(half)];
}

function labelSize(label: string | undefined): Size {
  if (label === undefined) return { width: 0, height: 0 };
  return { width: Math.ceil(label.length * LABEL_CHARACTER + LABEL_PADDING), height: LABEL_HEIGHT };
}

function labelBox(label: string, { x = 0, y = 0 }: { readonly x?: number; readonly y?: number }): Box {
  const { width, height } = labelSize(label);
  return { id: label, x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
}

/** In rows that together have about the shape of the screen; what has most in it comes first. */
function pack(parts: readonly Level[], direction: Direction): Level {
  const area = parts.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const widest = Math.max(0, ...parts.map(({ width }) => width));
  const limit = Math.max(widest, Math.sqrt(area * shapes[direction]));
  const ordered = [...parts].sort((left, right) => right.boxes.length - left.boxes.length);
  const rows: Level[][] = [];
  let end = Infinity;
  for (const part of ordered) {
    if (end + part.width > limit) {
      rows.push([]);
      end = 0;
    }
    rows.at(-1)?.push(part);
    end += part.width + GAP;
  }
  let y = 0;
  const placed = rows.flatMap((row) => {
    let x = 0;
    const shifted = row.map((part) => {
      const moved = shift(part, x, y);
      x += part.width + GAP;
      return moved;
    });
    y += Math.max(...row.map(({ height }) => height)) + GAP;
    return shifted;
  });
  return together(placed);
}

/** What stands aside, in one column or as many as it needs. */
function column(ids: readonly string[], sizes: ReadonlyMap<string, Size>, direction: Direction): Level {
  const columns = Math.ceil(ids.length / ASIDE_ROWS);
  const each = Math.ceil(ids.length / Math.max(1, columns));
  let across = 0;
  const placed: Level[] = [];
  for (let start = 0; start < ids.length; start += each) {
    let along = 0;
    let thickest = 0;
    for (const id of ids.slice(start, start + each)) {
      const size = sizes.get(id) ?? { width: 0, height: 0 };
      const [x, y] = direction === "across" ? [across, along] : [along, across];
      placed.push({ ...size, boxes: [{ id, x, y, ...size }], routes: [] });
      along += (direction === "across" ? size.height : size.width) + GAP;
      thickest = Math.max(thickest, direction === "across" ? size.width : size.height);
    }
    across += thickest + GAP;
  }
  return together(placed);
}

/** One after the other in the direction of traffic, each in the middle of the other side. */
function beside(levels: readonly Level[], direction: Direction): Level {
  const highest = Math.max(0, ...levels.map(({ height }) => height));
  const widest = Math.max(0, ...levels.map(({ width }) => width));
  let along = 0;
  return together(
    levels.map((level) => {
      const start = along;
      along += (direction === "across" ? level.width : level.height) + BETWEEN_RANKS;
      return direction === "across"
        ? shift(level, start, Math.round((highest - level.height) / 2))
        : shift(level, Math.round((widest - level.width) / 2), start);
    }),
  );
}

function together(levels: readonly Level[]): Level {
  const boxes = levels.flatMap((level) => level.boxes);
  return {
    boxes,
    routes: levels.flatMap(({ routes }) => routes),
    width: Math.max(0, ...boxes.map(({ x, width }) => x + width)),
    height: Math.max(0, ...boxes.map(({ y, height }) => y + height)),
  };
}

function shift(level: Level, dx: number, dy: number): Level {
  const move = (box: Box): Box => ({ ...box, x: box.x + dx, y: box.y + dy });
  return {
    ...level,
    boxes: level.boxes.map(move),
    routes: level.routes.map((route) => ({
      ...route,
      points: route.points.map(([x, y]) => [x + dx, y + dy] as const),
      ...(route.label ? { label: move(route.label) } : {}),
    })),
  };
}
