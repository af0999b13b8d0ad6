import type { Change } from "../../reconciler/difference";
import type { OperationName, RunEvent } from "../../reconciler/events";
import type { Style } from "./style";
import { count, duration } from "./text";

const doing: Readonly<Record<OperationName, string>> = {
  create: "creating",
  publish: "publishing",
  update: "updating",
  replace: "replacing",
  delete: "deleting",
};
export const done: Readonly<Record<OperationName, string>> = {
  create: "created",
  publish: "published",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
};
const MOST_RUNNING_LINES = 12;

interface Running {
  readonly operation: OperationName;
  readonly since: number;
  detail: string;
}

/** Follows the events of one run and says at any moment what there is to show. */
export class ProgressBoard {
  private readonly running = new Map<string, Running>();
  private readonly changes: ReadonlyMap<string, Change>;
  /** What has not begun, with those of the operations before it that have not ended. */
  private readonly left = new Map<string, Set<string>>();
  private readonly followers = new Map<string, string[]>();
  private total = 0;
  private ended = 0;
  private startedAt: number;

  constructor(
    changes: readonly Change[],
    private readonly style: Style,
    private readonly now: () => number = Date.now,
  ) {
    this.changes = new Map(changes.map((change) => [change.address, change]));
    for (const { address, after } of changes) {
      const before = new Set(after.filter((other) => other !== address && this.changes.has(other)));
      this.left.set(address, before);
      for (const other of before) this.followers.set(other, [...(this.followers.get(other) ?? []), address]);
    }
    this.startedAt = now();
  }

  /** How many operations are in the middle of their work. */
  get runningCount(): number {
    return this.running.size;
  }

  /** Takes in an event; the lines are news that stays on the screen. */
  take(event: RunEvent): readonly string[] {
    const { style } = this;
    switch (event.type) {
      case "run-started":
        this.total = event.operations;
        this.startedAt = this.now();
        return [];
      case "operation-started":
        this.running.set(event.address, { operation: event.operation, since: this.now(), detail: "" });
        this.left.delete(event.address);
        return [];
      case "operation-waiting":
      case "operation-retried": {
        const entry = this.running.get(event.address);
        if (entry) entry.detail = delay(event);
        return [];
      }
      case "operation-progress": {
        const entry = this.running.get(event.address);
        if (entry) entry.detail = stepOf(event);
        return [];
      }
      case "operation-finished":
        this.end(event.address);
        return [
          `${style.green("✓")} ${done[event.operation]} ${this.name(event.address)}  ${style.dim(duration(event.milliseconds))}`,
        ];
      case "operation-failed": {
        this.end(event.address);
        // The code stands behind the sentence, not behind what a command has printed.
        const [sentence = "", ...more] = event.message.split("\n");
        return [
          `${style.red("✗")} ${event.operation} of ${this.name(event.address)} failed: ${sentence} ${style.dim(`(${event.code})`)}`,
          ...more,
          ...(event.fix === undefined ? [] : [`  ${event.fix}`]),
        ];
      }
      case "operation-blocked":
        this.end(event.address);
        return [
          `${style.yellow("·")} ${event.operation} of ${this.name(event.address)} not done: it comes after ${event.by}`,
        ];
      case "resumed":
        return [`${style.yellow("↻")} ${this.name(event.address)}: ${event.detail}`];
      case "warning":
        return [`${style.yellow("Warning:")} ${event.message}`];
      case "run-finished":
        this.running.clear();
        return [];
    }
  }

  /** What is going on right now, for a terminal that is redrawn. */
  frame(tick: number): string {
    const now = this.now();
    const lines = [...this.running].slice(0, MOST_RUNNING_LINES).map(([address, entry]) => {
      const detail = entry.detail === "" ? "" : `  ${entry.detail}`;
      const elapsed = this.style.dim(`${seconds(now - entry.since)}${detail}`);
      return `${spinner[tick % spinner.length]} ${doing[entry.operation]} ${this.name(address)}  ${elapsed}`;
    });
    const hidden = this.running.size - lines.length;
    if (hidden > 0) lines.push(this.style.dim(`  and ${hidden} more`));
    const next = this.next();
    if (next !== undefined) lines.push(this.style.dim(next));
    const done = `${this.ended} of ${count(this.total, "operation")}`;
    const rest = Math.max(0, this.total - this.ended - this.running.size);
    const counts = [
      `${this.running.size} running`,
      ...(rest > 0 ? [`${rest} left`] : []),
      seconds(now - this.startedAt),
    ];
    lines.push(this.style.dim(`${done}, ${counts.join(", ")}`));
    return lines.join("\n");
  }

  /** The first operation that waits for others, and for which of them. */
  private next(): string | undefined {
    for (const [address, before] of this.left) {
      const [first, ...others] = before;
      if (first === undefined) continue;
      const operation = this.changes.get(address)?.operation ?? "update";
      const more = others.length > 0 ? ` and ${others.length} more` : "";
      return `  then ${doing[operation]} ${this.name(address)}, after ${this.name(first)}${more}`;
    }
    return undefined;
  }

  /** What an operation that has begun or waits has to say, for an output that cannot be redrawn. */
  beginning(event: RunEvent): string | undefined {
    if (event.type === "operation-started") {
      return `  ${doing[event.operation]} ${this.name(event.address)}`;
    }
    if (event.type === "operation-progress") return `  ${this.name(event.address)}: ${stepOf(event)}`;
    if (event.type === "operation-retried") return `  ${this.name(event.address)}: ${delay(event)}`;
    return undefined;
  }

  private end(address: string): void {
    this.running.delete(address);
    this.left.delete(address);
    for (const follower of this.followers.get(address) ?? []) this.left.get(follower)?.delete(address);
    this.ended++;
  }

  private name(address: string): string {
    const change = this.changes.get(address);
    if (!change) return address;
    // An id that was not known when the changes were shown: the address says more.
    return `${change.title} ${change.identity.includes("…") ? address : change.identity}`;
  }
}

/** Why an operation is not done yet. */
function delay(event: RunEvent & { type: "operation-waiting" | "operation-retried" }): string {
  return event.type === "operation-waiting" ? `waiting for ${event.detail}` : `again after ${event.detail}`;
}

/** How far an operation of several steps has come. */
function stepOf({ step, steps, detail }: RunEvent & { type: "operation-progress" }): string {
  return `step ${step} of ${steps}: ${detail}`;
}

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

function seconds(milliseconds: number): string {
  return milliseconds < 60_000 ? `${Math.floor(milliseconds / 1000)} s` : duration(milliseconds);
}
