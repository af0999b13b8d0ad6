import type { Kind } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Change } from "./difference";
import type { OrderedResource } from "./plan-order";
import { PriorityQueue } from "./priority-queue";
import type { Leftover, RecordedResource } from "./state";

/**
 * `write` creates or updates, `delete` removes what is recorded, `clean-up` removes a generation that was replaced while
 * it was still in use, `pass` has nothing to do: it stands for a resource without a change, or for many nodes at once, so
 * that what follows it waits for what it follows.
 */
export type Step = "write" | "delete" | "clean-up" | "pass";

export interface OperationNode {
  readonly address: string;
  readonly step: Step;
  /** None for `pass`. */
  readonly change: Change | undefined;
  readonly after: ReadonlySet<OperationNode>;
  readonly before: ReadonlySet<OperationNode>;
}

interface Draft {
  readonly address: string;
  readonly step: Step;
  readonly change: Change | undefined;
  readonly after: Set<Draft>;
  readonly before: Set<Draft>;
}

/** An order that is better kept, and is given up when it would close a circle. */
type Preference = readonly [first: Draft, then: Draft];

/** What a graph is made of. */
interface GraphOptions {
  readonly changes: readonly Change[];
  /** The plan's resources; none when everything is removed. */
  readonly ordered: readonly OrderedResource[];
  readonly recorded: ReadonlyMap<string, RecordedResource>;
  readonly leftovers: ReadonlyMap<string, Leftover>;
  readonly kinds: Readonly<Record<string, Kind>>;
}

/**
 * The operations of a run, in an order in which they could run one by one.
 *
 * @throws ScfError `DEPENDENCY_CYCLE`
 */
export function buildGraph({ changes, ordered, recorded, leftovers, kinds }: GraphOptions): OperationNode[] {
  const drafts = draftNodes(changes, ordered, leftovers);
  const preferences: Preference[] = [];
  connectWanted(drafts, ordered, preferences);
  connectRecorded(drafts, ordered, recorded, preferences);
  connectNames(drafts, changes, recorded, kinds);
  connectHolders(drafts, kinds, preferences);
  keepPreferences(drafts.all, preferences);
  return sortNodes(drafts.all);
}

interface Drafts {
  readonly all: Draft[];
  readonly writes: Map<string, Draft>;
  readonly deletes: Map<string, Draft>;
  readonly cleanUps: Map<string, Draft>;
  /** Deletes of generations that an earlier run replaced, by address of the resource. */
  readonly leftovers: Map<string, Draft[]>;
}

function draftNodes(
  changes: readonly Change[],
  ordered: readonly OrderedResource[],
  earlier: ReadonlyMap<string, Leftover>,
): Drafts {
  const drafts: Drafts = {
    all: [],
    writes: new Map(),
    deletes: new Map(),
    cleanUps: new Map(),
    leftovers: new Map(),
  };
  const draft = (address: string, step: Step, change?: Change): Draft => {
    const node = emptyDraft(address, step, change);
    drafts.all.push(node);
    return node;
  };
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  for (const { planned } of ordered) {
    const { address } = planned;
    const change = byAddress.get(address);
    drafts.writes.set(address, draft(address, change ? "write" : "pass", change));
    if (change?.operation !== "replace") continue;
    if (!change.deletesFirst) drafts.cleanUps.set(address, draft(address, "clean-up", change));
    // Whether a tentative replacement happens at all is decided where its values are known: in one go with the create.
    else if (!change.tentative) drafts.deletes.set(address, draft(address, "delete", change));
  }
  for (const change of changes) {
    if (change.operation !== "delete") continue;
    const node = draft(change.address, "delete", change);
    const leftover = earlier.get(change.address);
    if (leftover) append(drafts.leftovers, leftover.address, node);
    else drafts.deletes.set(change.address, node);
  }
  return drafts;
}

function emptyDraft(address: string, step: Step, change?: Change): Draft {
  return { address, step, change, after: new Set(), before: new Set() };
}

function append(map: Map<string, Draft[]>, key: string, node: Draft): void {
  const list = map.get(key);
  if (list) list.push(node);
  else map.set(key, [node]);
}

function connect(first: Draft | undefined, then: Draft | undefined): void {
  if (!first || !then || first === then) return;
  then.after.add(first);
  first.before.add(then);
}

function connectWanted(drafts: Drafts, ordered: readonly OrderedResource[], preferences: Preference[]): void {
  for (const { planned, dependencies } of ordered) {
    const write = drafts.writes.get(planned.address);
    const remove = drafts.deletes.get(planned.address);
    connect(remove, write);
    connect(write, drafts.cleanUps.get(planned.address));
    for (const leftover of drafts.leftovers.get(planned.address) ?? []) connect(write, leftover);
    for (const dependency of dependencies) {
      const first = drafts.writes.get(dependency);
      connect(first, write);
      // What is replaced is gone for as short a time as possible.
      if (remove && first?.change && !drafts.deletes.has(dependency)) preferences.push([first, remove]);
    }
  }
}

/** What is deleted is deleted after everything that, as recorded, refers to it was deleted or refers to it no longer. */
function connectRecorded(
  drafts: Drafts,
  ordered: readonly OrderedResource[],
  recorded: ReadonlyMap<string, RecordedResource>,
  preferences: Preference[],
): void {
  const wants = new Map(ordered.map(({ planned, dependencies }) => [planned.address, dependencies]));
  for (const [dependent, { dependencies }] of recorded) {
    const write = drafts.writes.get(dependent);
    const changed = write?.change ? write : undefined;
    const remove = drafts.deletes.get(dependent);
    const cleanUp = drafts.cleanUps.get(dependent);
    for (const address of dependencies) {
      const target = drafts.deletes.get(address);
      if (target) {
        connect(remove, target);
        const stillWanted = drafts.writes.has(address) && wants.get(dependent)?.includes(address);
        if (changed && !remove && !stillWanted) preferences.push([changed, target]);
        if (cleanUp) preferences.push([cleanUp, target]);
      }
      for (const late of [drafts.cleanUps.get(address), ...(drafts.leftovers.get(address) ?? [])]) {
        connect(changed, late);
        connect(remove, late);
        connect(cleanUp, late);
      }
    }
  }
}

/**
 * What may be held on to by objects that no recorded edge leads from is deleted after all of those. All of one kind wait for
 * one node that waits for all of the other: a pair of kinds may have thousands of each.
 */
function connectHolders(
  drafts: Drafts,
  kinds: Readonly<Record<string, Kind>>,
  preferences: Preference[],
): void {
  const byKind = new Map<string, Draft[]>();
  for (const node of drafts.deletes.values()) append(byKind, (node.change as Change).kind, node);
  for (const [name, nodes] of byKind) {
    for (const holder of kinds[name]?.deletedAfter ?? []) {
      const holders = byKind.get(holder);
      if (!holders || holder === name) continue;
      const barrier = emptyDraft(`${name} after ${holder}`, "pass");
      drafts.all.push(barrier);
      for (const first of holders) connect(first, barrier);
      for (const node of nodes) preferences.push([barrier, node]);
    }
  }
}

/**
 * A name has to be free before another resource takes it, whether its holder leaves or is made again under another one.
 * What is deleted before it is made again is deleted in a step of its own, so that two can also swap their names.
 */
function connectNames(
  drafts: Drafts,
  changes: readonly Change[],
  recorded: ReadonlyMap<string, RecordedResource>,
  kinds: Readonly<Record<string, Kind>>,
): void {
  const freed = new Map<string, Draft[]>();
  for (const [address, node] of drafts.deletes) {
    const { kind, identity, operation } = node.change as Change;
    const before = operation === "delete" ? { kind, identity } : nameOf(recorded.get(address), kinds);
    if (before) append(freed, `${before.kind} ${before.identity}`, node);
  }
  if (freed.size === 0) return;
  for (const change of changes) {
    if (change.operation !== "create" && !(change.operation === "replace" && change.deletesFirst)) continue;
    const write = drafts.writes.get(change.address);
    for (const node of freed.get(`${change.kind} ${change.identity}`) ?? []) connect(node, write);
  }
}

function nameOf(
  recorded: RecordedResource | undefined,
  kinds: Readonly<Record<string, Kind>>,
): { readonly kind: string; readonly identity: string } | undefined {
  const kind = recorded && kinds[recorded.kind];
  return kind && { kind: recorded.kind, identity: kind.identity(recorded.properties as never) };
}

function keepPreferences(drafts: readonly Draft[], preferences: readonly Preference[]): void {
  const added = preferences.filter(([first, then]) => !then.after.has(first));
  for (const [first, then] of added) connect(first, then);
  const circular = withoutOrder(drafts);
  if (circular.size === 0) return;
  for (const [first, then] of added) {
    if (!circular.has(first) || !circular.has(then)) continue;
    then.after.delete(first);
    first.before.delete(then);
  }
  const left = withoutOrder(drafts);
  if (left.size === 0) return;
  const addresses = [...new Set([...left].map(({ address }) => address))].sort();
  throw new ScfError(
    "DEPENDENCY_CYCLE",
    `There is no order in which these resources could be changed, because each waits for another: ${addresses.join(", ")}.`,
    { fix: "Deploy the change in two steps, the removals first." },
  );
}

/** The nodes that lie on circles or between two of them. */
function withoutOrder(drafts: readonly Draft[]): Set<Draft> {
  const left = new Set(drafts);
  for (const direction of [
    ["after", "before"],
    ["before", "after"],
  ] as const) {
    const [waitsFor, releases] = direction;
    const count = new Map<Draft, number>();
    for (const draft of left) {
      let waiting = 0;
      for (const other of draft[waitsFor]) if (left.has(other)) waiting++;
      count.set(draft, waiting);
    }
    const free = [...left].filter((draft) => count.get(draft) === 0);
    for (let draft = free.pop(); draft; draft = free.pop()) {
      left.delete(draft);
      for (const other of draft[releases]) {
        if (!left.has(other)) continue;
        const waiting = (count.get(other) as number) - 1;
        count.set(other, waiting);
        if (waiting === 0) free.push(other);
      }
    }
  }
  return left;
}

/** Of those that could come next, the one with the longest way ahead does. */
function sortNodes(drafts: readonly Draft[]): Draft[] {
  const remaining = new Map<Draft, number>();
  const remainingOf = (draft: Draft): number => remaining.get(draft) as number;
  const reversed = release(drafts, "before", "after", (ready) => {
    let next = 0;
    return { add: (draft) => ready.push(draft), take: () => ready[next++] };
  });
  for (const draft of reversed) {
    let longest = 0;
    for (const other of draft.before) longest = Math.max(longest, remainingOf(other));
    remaining.set(draft, longest + (draft.change ? 1 : 0));
  }
  return release(drafts, "after", "before", (ready) => {
    const queue = new PriorityQueue<Draft>((left, right) => {
      const difference = remainingOf(left) - remainingOf(right);
      return difference === 0 ? left.address < right.address : difference > 0;
    });
    for (const draft of ready) queue.add(draft);
    return queue;
  });
}

interface Queue {
  add(draft: Draft): void;
  take(): Draft | undefined;
}

function release(
  drafts: readonly Draft[],
  waitsFor: "after" | "before",
  releases: "after" | "before",
  makeQueue: (ready: Draft[]) => Queue,
): Draft[] {
  const waiting = new Map(drafts.map((draft) => [draft, draft[waitsFor].size]));
  const queue = makeQueue(drafts.filter((draft) => draft[waitsFor].size === 0));
  const result: Draft[] = [];
  for (let draft = queue.take(); draft; draft = queue.take()) {
    result.push(draft);
    for (const other of draft[releases]) {
      const count = (waiting.get(other) as number) - 1;
      waiting.set(other, count);
      if (count === 0) queue.add(other);
    }
  }
  return result;
}

/** The changes in the order in which they start, each with the addresses that come first. */
export function inStartingOrder(nodes: readonly OperationNode[]): Change[] {
  const changes = new Map<string, Change>();
  for (const { change } of nodes) if (change) changes.set(change.address, change);
  for (const { step, change, after } of nodes) {
    // The delete of a replacement waits for its dependents' deletes, whose creates wait for it in turn: only the order of
    // the main operations is one that people can follow.
    if (!change || step === "clean-up" || (step === "delete" && change.operation !== "delete")) continue;
    const first = new Set<string>();
    for (const { change: other } of after)
      if (other && other.address !== change.address) first.add(other.address);
    changes.set(change.address, { ...change, after: [...first].sort() });
  }
  return [...changes.values()];
}
