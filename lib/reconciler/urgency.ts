import type { OperationNode } from "./operation-graph";

/** How much longer or shorter a sort of operation must turn out to be before the order is worked out again. */
const NOTABLE = 1.5;
/** The order is worked out again at most so often in a run: each time costs as much as there are operations. */
const REVISIONS = 20;

/** What operations that take about the same time have in common. */
export function sortOf({ change, step }: OperationNode): string {
  return change ? `${step} ${change.operation} ${change.kind}` : step;
}

/**
 * Which of the operations that could start has the longest way ahead of it. How long an operation takes is learnt from
 * those of its sort that have finished in this run; until one has, it counts as much as the others do on average.
 */
export class Urgency {
  private readonly remaining = new Map<OperationNode, number>();
  private readonly measured = new Map<string, { milliseconds: number; count: number }>();
  /** The durations that the order rests on. */
  private weights = new Map<string, number>();
  private finishedSince = 0;
  /** Where all take the same time, how long that is changes nothing. */
  private readonly hasOneSort: boolean;

  /** @param nodes in an order in which they could run one by one */
  constructor(private readonly nodes: readonly OperationNode[]) {
    this.hasOneSort = new Set(nodes.filter(({ change }) => change).map(sortOf)).size <= 1;
    this.revise();
  }

  readonly comesBefore = (left: OperationNode, right: OperationNode): boolean => {
    const difference = this.remainingOf(left) - this.remainingOf(right);
    return difference === 0 ? left.address < right.address : difference > 0;
  };

  /** @returns whether operations compare differently now */
  finished(node: OperationNode, milliseconds: number): boolean {
    if (this.hasOneSort) return false;
    const sort = sortOf(node);
    const measured = this.measured.get(sort) ?? { milliseconds: 0, count: 0 };
    measured.milliseconds += milliseconds;
    measured.count++;
    this.measured.set(sort, measured);
    if (++this.finishedSince < Math.max(1, this.nodes.length / REVISIONS) || !this.isOff()) return false;
    this.revise();
    return true;
  }

  private remainingOf(node: OperationNode): number {
    return this.remaining.get(node) as number;
  }

  private isOff(): boolean {
    const other = this.mean();
    for (const [sort, { milliseconds, count }] of this.measured) {
      const ratio = milliseconds / count / (this.weights.get(sort) ?? other);
      if (ratio > NOTABLE || ratio < 1 / NOTABLE) return true;
    }
    return this.weights.size !== this.measured.size;
  }

  private mean(): number {
    let milliseconds = 0;
    for (const measured of this.measured.values()) milliseconds += measured.milliseconds / measured.count;
    return milliseconds > 0 ? milliseconds / this.measured.size : 1;
  }

  private revise(): void {
    this.finishedSince = 0;
    this.weights = new Map(
      [...this.measured].map(([sort, { milliseconds, count }]) => [sort, milliseconds / count]),
    );
    const other = this.mean();
    for (let index = this.nodes.length - 1; index >= 0; index--) {
      const node = this.nodes[index] as OperationNode;
      let longest = 0;
      for (const next of node.before) longest = Math.max(longest, this.remainingOf(next));
      const own = node.change ? (this.weights.get(sortOf(node)) ?? other) : 0;
      this.remaining.set(node, longest + own);
    }
  }
}
