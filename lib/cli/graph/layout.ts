import { groupBy } from "../../rules/per-app";
import type { Graph, GraphLine, GraphNode } from "./graph";
import { placeLevel, type Box, type Direction, type Level, type Link, type Size } from "./level";

/** Sizes in pixels that the page draws with. */
export const sizes = {
  node: { width: 216, height: 52 },
  /** Around what stands in a box, and above it for the name of the box. */
  padding: 16,
  heading: 38,
} as const;

/** As many nodes as people look at without an overview first: more begin with every group closed. */
const small: Readonly<Record<Direction, number>> = { across: 60, down: 12 };

/** Where everything stands, from the outside in: stacks, what stands in each, and what stands in each group. */
export interface Layout {
  /** Whether groups are open at first; the places of boxes are those of this state. */
  readonly open: boolean;
  readonly root: Level;
  readonly stacks: Readonly<Record<string, Level>>;
  readonly groups: Readonly<Record<string, Level>>;
}

export type Layouts = Readonly<Record<Direction, Layout>>;

export function layoutsOf(graph: Graph): Layouts {
  return { across: layoutOf(graph, "across"), down: layoutOf(graph, "down") };
}

function layoutOf(graph: Graph, direction: Direction): Layout {
  const open = graph.nodes.length <= small[direction];
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const members = groupBy(graph.nodes, ({ group }) => group);
  const groups: Record<string, Level> = {};
  for (const [group, nodes] of members) {
    groups[group] = placeGroup(nodes, graph.lines, direction);
  }
  const itemOf = (node: GraphNode): string => node.group ?? node.id;
  const stacks: Record<string, Level> = {};
  for (const stack of graph.stacks) {
    const items = new Map<string, Size>();
    for (const node of graph.nodes) {
      if (node.stack !== stack) continue;
      const level = groups[itemOf(node)];
      items.set(itemOf(node), open && level ? framed(level) : sizes.node);
    }
    const links = linksBetween(graph.lines, (id) => {
      const node = byId.get(id);
      return node?.stack === stack ? itemOf(node) : undefined;
    });
    stacks[stack] = placeLevel(items, links, { direction, crowdsAside: true });
  }
  const root = placeLevel(
    new Map(graph.stacks.map((stack) => [stack, framed(stacks[stack] ?? { width: 0, height: 0 })])),
    linksBetween(graph.lines, (id) => byId.get(id)?.stack).map(({ from, to }) => ({ from, to })),
    { direction },
  );
  return { open, root, stacks, groups };
}

/** Lines that come into a group begin here, and those that leave it end here: so they go around its boxes. */
export const doors = { in: "way in", out: "way out" } as const;

const door: Size = { width: 1, height: 1 };

/** The level of a group: its nodes, and the ways of lines that cross its border. */
function placeGroup(nodes: readonly GraphNode[], lines: readonly GraphLine[], direction: Direction): Level {
  const ids = new Set(nodes.map(({ id }) => id));
  const inside = linksBetween(lines, (id) => (ids.has(id) ? id : undefined));
  const receivers = new Set(inside.map(({ to }) => to));
  const senders = new Set(inside.map(({ from }) => from));
  const entered = lines.filter(({ from, to }) => !ids.has(from) && ids.has(to)).map(({ to }) => to);
  const left = lines.filter(({ from, to }) => ids.has(from) && !ids.has(to)).map(({ from }) => from);
  const boxes = new Map<string, Size>([...ids].map((id) => [id, sizes.node]));
  const ways: Link[] = [];
  // What stands first is reached without a way around anything.
  if (entered.some((id) => receivers.has(id))) {
    boxes.set(doors.in, door);
    ways.push(...entered.map((to) => ({ from: doors.in, to })));
    for (const id of ids) if (!receivers.has(id)) ways.push({ from: doors.in, to: id, loose: true });
  }
  if (left.length > 0) {
    boxes.set(doors.out, door);
    ways.push(...left.map((from) => ({ from, to: doors.out })));
    for (const id of ids) if (!senders.has(id)) ways.push({ from: id, to: doors.out, loose: true });
  }
  const level = placeLevel(boxes, [...inside, ...ways], { direction });
  return {
    ...level,
    boxes: level.boxes.map((box) => (box.id === doors.in ? centred(box, level, direction) : box)),
  };
}

/** Lines come to the middle of a group: from a door elsewhere they would turn back, and in one corner is the button. */
function centred(box: Box, { width, height }: Size, direction: Direction): Box {
  return direction === "across"
    ? { ...box, y: Math.round(height / 2) }
    : { ...box, x: Math.round(width / 2) };
}

/** The size of a box around others. */
function framed({ width, height }: Size): Size {
  const { padding, heading } = sizes;
  return {
    width: Math.max(sizes.node.width, width) + 2 * padding,
    height: height + heading + padding,
  };
}

/** Lines as links between what their ends stand in; those that leave it are left out. */
function linksBetween(lines: readonly GraphLine[], itemOf: (id: string) => string | undefined): Link[] {
  return lines.flatMap(({ from, to, label }) => {
    const [start, end] = [itemOf(from), itemOf(to)];
    if (start === undefined || end === undefined || start === end) return [];
    return [{ from: start, to: end, ...(label === undefined ? {} : { label }) }];
  });
}
