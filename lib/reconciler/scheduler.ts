import { comesBefore, type OperationNode } from "./operation-graph";
import { PriorityQueue } from "./priority-queue";
import { Slots } from "./slots";

/** How an operation ended; `stopped` when the run was stopped before it began. */
export type StepEnd = "succeeded" | "failed" | "stopped";

export interface SchedulerOptions {
  readonly concurrency: number;
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
  private readonly ready = new PriorityQueue<OperationNode>(comesBefore);
  private readonly held = new Set<string>();
  private readonly parked = new Map<string, PriorityQueue<OperationNode>>();
  private readonly keys = new Map<OperationNode, readonly string[]>();
  private readonly blocked = new Set<OperationNode>();
  private readonly slots: Slots;
  private running = 0;
  private resolve: () => void = () => undefined;

  constructor(
    nodes: readonly OperationNode[],
    private readonly options: SchedulerOptions,
  ) {
    this.waiting = new Map(nodes.map((node) => [node, node.after.size]));
    this.slots = new Slots(options.concurrency, () => this.start());
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
      const keys = this.keysOf(node);
      const taken = keys.find((key) => this.held.has(key));
      if (taken === undefined) {
        this.launch(node, keys);
        continue;
      }
      this.park(taken, node);
      // It may have been woken for another key, which is then free for the next one that waits for it.
      for (const key of keys) if (!this.held.has(key)) this.wake(key);
    }
    if (this.running === 0 && (this.options.stopped() || this.ready.size === 0)) this.resolve();
  }

  private launch(node: OperationNode, keys: readonly string[]): void {
    this.slots.take();
    this.running++;
    for (const key of keys) this.held.add(key);
    void this.options.run(node, this.slots).then((end) => {
      this.running--;
      for (const key of keys) this.held.delete(key);
      for (const key of keys) this.wake(key);
      if (end === "succeeded") this.enter(this.released(node));
      else if (end === "failed") this.block(node);
      this.slots.giveBack();
    });
  }

  private keysOf(node: OperationNode): readonly string[] {
    let keys = this.keys.get(node);
    if (!keys) this.keys.set(node, (keys = this.options.exclusive(node)));
    return keys;
  }

  private park(key: string, node: OperationNode): void {
    let parked = this.parked.get(key);
    if (!parked) this.parked.set(key, (parked = new PriorityQueue(comesBefore)));
    parked.add(node);
  }

  /** One is enough: it wakes the next when it is done. */
  private wake(key: string): void {
    const node = this.parked.get(key)?.take();
    if (node) this.ready.add(node);
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
