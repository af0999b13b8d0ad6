import type { OperationNode } from "./operation-graph";
import { PriorityQueue } from "./priority-queue";
import { SlotPool, type Slots } from "./slots";
import type { Clock } from "./timing";
import { sortOf, Urgency } from "./urgency";

/** How an operation ended; `stopped` when the run was stopped before it began. */
export type StepEnd = "succeeded" | "failed" | "stopped";

export interface SchedulerOptions {
  readonly concurrency: number;
  readonly clock: Clock;
  /** Keys of which no two running operations may share one. */
  readonly exclusive: (node: OperationNode) => readonly string[];
  /** Must not reject. */
  readonly run: (node: OperationNode, slots: Slots) => Promise<StepEnd>;
  /** Called for what has nothing to do, in its turn. */
  readonly passed: (node: OperationNode) => void;
  readonly blocked: (node: OperationNode, by: OperationNode) => void;
  /** Whether nothing new may start any more. */
  readonly stopped: () => boolean;
}

/** Runs operations, each after those it waits for, the ones with the longest way ahead first. */
export class Scheduler {
  private readonly waiting: Map<OperationNode, number>;
  private readonly urgency: Urgency;
  private readonly ready: PriorityQueue<OperationNode>;
  private readonly held = new Set<string>();
  /** Operations that could start but for a key that another one holds. */
  private readonly parked = new Map<string, PriorityQueue<OperationNode>>();
  private readonly wokenFor = new Map<OperationNode, string>();
  /** How many of a sort stand in the line of a throttled action, and those of the sort that were not begun because of it. */
  private readonly inLine = new Map<string, number>();
  private readonly behindLine = new Map<string, PriorityQueue<OperationNode>>();
  private readonly blocked = new Set<OperationNode>();
  private readonly slots: SlotPool;
  private readonly polls: SlotPool;
  private running = 0;
  private resolve: () => void = () => undefined;

  /** @param nodes in an order in which they could run one by one */
  constructor(
    nodes: readonly OperationNode[],
    private readonly options: SchedulerOptions,
  ) {
    this.waiting = new Map(nodes.map((node) => [node, node.after.size]));
    this.urgency = new Urgency(nodes);
    this.ready = new PriorityQueue<OperationNode>(this.urgency.comesBefore);
    this.slots = new SlotPool(options.concurrency, () => this.start());
    this.polls = new SlotPool(options.concurrency);
  }

  /** Resolves when nothing runs any more and nothing more can start. */
  run(): Promise<void> {
    return new Promise((resolve) => {
      this.resolve = resolve;
      this.enter([...this.waiting.keys()].filter((node) => node.after.size === 0));
      this.start();
    });
  }

  /** Looks again whether something may start, or whether all is over. */
  start(): void {
    while (!this.options.stopped() && this.ready.size > 0 && this.slots.available) {
      const node = this.ready.take() as OperationNode;
      const sort = sortOf(node);
      if ((this.inLine.get(sort) ?? 0) >= this.options.concurrency) {
        this.passOn(node, []);
        this.park(this.behindLine, sort, node);
        continue;
      }
      // Asked every time: a replacement that was waited for may have given the object another key.
      const keys = this.options.exclusive(node);
      const taken = keys.find((key) => this.held.has(key));
      if (taken === undefined) {
        this.launch(node, keys);
        continue;
      }
      // It may have been woken for another key, which is then free for the next one that waits for it.
      this.passOn(node, keys);
      this.park(this.parked, taken, node);
      this.wokenFor.set(node, taken);
    }
    if (this.running === 0 && (this.options.stopped() || this.ready.size === 0)) this.resolve();
  }

  private launch(node: OperationNode, keys: readonly string[]): void {
    const { clock, run } = this.options;
    this.slots.take();
    this.running++;
    for (const key of keys) this.held.add(key);
    this.passOn(node, []);
    const startedAt = clock.now();
    void run(node, this.slotsOf(node)).then((end) => {
      this.running--;
      for (const key of keys) this.held.delete(key);
      for (const key of keys) this.wake(this.parked, key);
      this.wake(this.behindLine, sortOf(node));
      if (end === "succeeded") {
        if (this.urgency.finished(node, clock.now() - startedAt)) this.reorder();
        this.enter(this.released(node));
      } else if (end === "failed") this.block(node);
      this.slots.giveBack();
    });
  }

  private slotsOf(node: OperationNode): Slots {
    return {
      without: (wait) => this.slots.without(wait),
      inLine: (wait) => this.standInLine(sortOf(node), wait),
      polls: this.polls,
    };
  }

  private async standInLine<T>(sort: string, wait: () => Promise<T>): Promise<T> {
    this.inLine.set(sort, (this.inLine.get(sort) ?? 0) + 1);
    try {
      return await this.slots.without(wait);
    } finally {
      this.inLine.set(sort, (this.inLine.get(sort) as number) - 1);
      this.wake(this.behindLine, sort);
      this.start();
    }
  }

  /** Wakes the next for the key that the node was woken for, if it is free, and for those that it leaves free. */
  private passOn(node: OperationNode, keys: readonly string[]): void {
    const wokenFor = this.wokenFor.get(node);
    this.wokenFor.delete(node);
    const free = wokenFor === undefined ? keys : [...new Set([wokenFor, ...keys])];
    for (const key of free) if (!this.held.has(key)) this.wake(this.parked, key);
  }

  private park(places: Map<string, PriorityQueue<OperationNode>>, key: string, node: OperationNode): void {
    let parked = places.get(key);
    if (!parked) places.set(key, (parked = new PriorityQueue(this.urgency.comesBefore)));
    parked.add(node);
  }

  /** One is enough: it wakes the next when it is done. */
  private wake(places: Map<string, PriorityQueue<OperationNode>>, key: string): void {
    const node = places.get(key)?.take();
    if (node) this.ready.add(node);
  }

  private reorder(): void {
    for (const queue of [this.ready, ...this.parked.values(), ...this.behindLine.values()]) queue.reorder();
  }

  /** Takes in nodes that wait for nothing any more, through those that have nothing to do. */
  private enter(nodes: OperationNode[]): void {
    for (let node = nodes.pop(); node; node = nodes.pop()) {
      if (node.step !== "pass") {
        this.ready.add(node);
        continue;
      }
      this.options.passed(node);
      nodes.push(...this.released(node));
    }
  }

  private released(node: OperationNode): OperationNode[] {
    const released: OperationNode[] = [];
    for (const next of node.before) {
      const count = (this.waiting.get(next) as number) - 1;
      this.waiting.set(next, count);
      if (count === 0) released.push(next);
    }
    return released;
  }

  private block(failed: OperationNode): void {
    const nodes = [...failed.before];
    for (let node = nodes.pop(); node; node = nodes.pop()) {
      if (this.blocked.has(node)) continue;
      this.blocked.add(node);
      if (node.change) this.options.blocked(node, failed);
      nodes.push(...node.before);
    }
  }
}
