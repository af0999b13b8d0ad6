import type { GraphLine, GraphNode } from "./graph";

/** Kinds that are drawn with a function when nothing else needs them. */
const followers: ReadonlySet<string> = new Set(["forwarding rule", "role", "policy"]);

/**
 * With which function each node is drawn: what says that it belongs to one, and rules, roles and policies whose lines lead to
 * that one only. A function that nothing is drawn with is in no group.
 */
export function groupsOf(
  nodes: readonly GraphNode[],
  lines: readonly GraphLine[],
  owners: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const groups = new Map<string, string>();
  const join = (node: GraphNode, owner: string | undefined): void => {
    if (owner === undefined || byId.get(owner)?.stack !== node.stack) return;
    groups.set(node.id, owner);
    groups.set(owner, owner);
  };
  for (const node of nodes) join(node, owners.get(node.id) ?? node.group);
  const neighbours = neighboursOf(lines);
  const open = new Set(nodes.filter(({ kind, outside }) => followers.has(kind) && !outside));
  for (const start of open) {
    const chain = chainFrom(start, { open, neighbours, byId });
    const around = new Set(chain.flatMap(({ id }) => neighbours.get(id) ?? []));
    const found = new Set<string | undefined>();
    for (const id of around) {
      const neighbour = byId.get(id);
      // All traffic of a rule comes through its listener, which has a place of its own.
      if (neighbour === undefined || neighbour.kind === "listener" || chain.includes(neighbour)) continue;
      found.add(groups.get(id) ?? (neighbour.kind === "function" ? id : undefined));
    }
    const [owner, ...others] = found;
    if (others.length === 0) for (const node of chain) join(node, owner);
  }
  return groups;
}

/** Followers that hang together: a role and its policies. Each is in one chain only. */
function chainFrom(
  start: GraphNode,
  known: {
    readonly open: Set<GraphNode>;
    readonly neighbours: ReadonlyMap<string, readonly string[]>;
    readonly byId: ReadonlyMap<string, GraphNode>;
  },
): readonly GraphNode[] {
  const chain = [start];
  known.open.delete(start);
  for (const { id } of chain) {
    for (const next of known.neighbours.get(id) ?? []) {
      const node = known.byId.get(next);
      if (node !== undefined && known.open.delete(node)) chain.push(node);
    }
  }
  return chain;
}

function neighboursOf(lines: readonly GraphLine[]): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  const add = (from: string, to: string): void => {
    const known = neighbours.get(from);
    if (known) known.push(to);
    else neighbours.set(from, [to]);
  };
  for (const { from, to } of lines) {
    add(from, to);
    add(to, from);
  }
  return neighbours;
}
