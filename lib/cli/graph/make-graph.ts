import type { Plan, PlannedResource } from "../../model/plan";
import { schemaOf } from "../../model/resources";
import { stackOf } from "../../model/stack-of";
import type { Finding } from "../../rules/finding";
import { renderValue, SENSITIVE } from "../render/value";
import { captionOf } from "./captions";
import type { Graph, GraphLine, GraphNode } from "./graph";
import { groupsOf } from "./groups";
import { connectionsOf } from "./lines";
import { Lookup } from "./lookup";

/** The graph of some stacks of a program, with what was found about them. */
export function makeGraph(plans: readonly Plan[], findings: readonly Finding[]): Graph {
  const lookup = new Lookup(plans);
  const owners = new Map<string, string>();
  const lines: GraphLine[] = [];
  const boxes: PlannedResource[] = [];
  /** A resource that is a line is found at the node where it begins. */
  const homes = new Map<string, string>();
  for (const resource of plans.flatMap(({ resources }) => resources)) {
    const connections = connectionsOf(resource, lookup);
    lines.push(...connections.lines);
    if (connections.owner !== undefined) owners.set(resource.address, connections.owner);
    if (connections.isLine) homes.set(resource.address, connections.lines[0]?.from ?? resource.address);
    else boxes.push(resource);
  }
  const declared = new Set(boxes.map(({ address }) => address));
  const placed = new Map<string, Finding[]>();
  const rest: Finding[] = [];
  const stacks = plans.map(({ stack }) => stack).sort();
  for (const finding of findings) {
    const ids = finding.places
      .map(({ address }) => homes.get(address) ?? address)
      .filter((id) => declared.has(id));
    if (ids.length === 0 && isAbout(finding, stacks)) rest.push(finding);
    for (const id of new Set(ids)) placed.set(id, [...(placed.get(id) ?? []), finding]);
  }
  const nodes = [...boxes.map((resource) => nodeOf(resource, placed)), ...lookup.outside];
  const groups = groupsOf(nodes, lines, owners);
  const grouped = nodes.map((node) => {
    const group = groups.get(node.id);
    const { group: _, ...alone } = node;
    return group === undefined ? alone : { ...alone, group };
  });
  return { stacks, nodes: grouped.sort((left, right) => compare(left.id, right.id)), lines, findings: rest };
}

function isAbout({ places }: Finding, stacks: readonly string[]): boolean {
  return places.length === 0 || places.some(({ address }) => stacks.includes(stackOf(address)));
}

function nodeOf(resource: PlannedResource, findings: ReadonlyMap<string, readonly Finding[]>): GraphNode {
  return {
    id: resource.address,
    kind: schemaOf(resource.kind)?.title ?? resource.kind,
    ...captionOf(resource),
    stack: stackOf(resource.address),
    outside: false,
    properties: propertiesOf(resource),
    findings: findings.get(resource.address) ?? [],
  };
}

/** What is sent to the platform, as `diff` prints it. */
function propertiesOf({ kind, properties }: PlannedResource): [string, string][] {
  const metadata = schemaOf(kind)?.metadata ?? {};
  return Object.entries(properties)
    .filter(([name]) => metadata[name]?.checkOnly !== true)
    .map(([name, value]) => [name, metadata[name]?.sensitive ? SENSITIVE : renderValue(value)]);
}

/** `rule2` before `rule10`, as people count. */
const { compare } = new Intl.Collator("en", { numeric: true });
