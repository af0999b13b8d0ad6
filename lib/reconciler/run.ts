import { setMaxListeners } from "events";
import { isErrorOfClass } from "../kinds/kind";
import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import type { Change, Difference } from "./difference";
import { EVENTS_FORMAT, EVENTS_VERSION, type OperationName, type RunSummary } from "./events";
import type { NewEvent } from "./event-stream";
import { buildGraph, type OperationNode } from "./operation-graph";
import { Stopped } from "./executor";
import { Operations } from "./operations";
import { inOrder, type OrderedResource } from "./plan-order";
import type { ApplyOptions } from "./reconciler";
import type { Wanted } from "./resolve";
import { recoverAll } from "./read-all";
import { Scheduler, type StepEnd } from "./scheduler";
import { CHECK_CREDENTIALS, type Session } from "./session";
import type { Slots } from "./slots";
import type { RecordedOutput } from "./state";
import type { StateStore } from "./state-store";
import { Stopping } from "./stopping";
import { wantedNow } from "./wanted-now";
import { selectTargets } from "./targets";
import { compareOutputs, resolveOutput } from "./wanted-outputs";

/** Operations at once, unless the options say otherwise. */
const CONCURRENCY = 20;

/** How far the operation of one change has come. */
interface Progress {
  startedAt: number | undefined;
  stepsLeft: number;
  hasCalled: boolean;
  outcome?: "succeeded" | "failed" | "blocked";
}

/** Carries out one difference under the lock. */
export class Run {
  private readonly startedAt: number;
  private readonly progress = new Map<string, Progress>();
  private readonly byOperation: { [name in OperationName]?: number } = {};
  /** Ends that are not durable yet, among those that are. */
  private readonly unrecorded: Promise<void>[] = [];
  private readonly stop = unlimitedController();
  /** Why nothing may start any more and nothing can be recorded. */
  private fatal: ScfError | undefined;
  /** Why nothing may start any more, though what was done can be recorded. */
  private halted: ScfError | undefined;

  constructor(
    private readonly session: Session,
    private readonly store: StateStore,
    private readonly difference: Difference,
    private readonly options: ApplyOptions,
  ) {
    this.startedAt = this.now();
  }

  async run(): Promise<RunSummary> {
    const { session, store, difference } = this;
    const { fold } = store;
    const counted = { ...this.calls() };
    const plan = session.plan(difference.destroy);
    const { kinds } = session.options;
    const ordered = plan ? inOrder(plan, kinds) : [];
    const wanted = plan && wantedNow(session, fold, plan, session.concealment(fold.salt));
    this.refuseOtherInputs(wanted);
    await this.refuseAppeared(ordered);
    session.events.emit({
      type: "run-started",
      format: EVENTS_FORMAT,
      formatVersion: EVENTS_VERSION,
      operations: difference.changes.length,
    });
    await Promise.all(difference.notes.map((note) => store.append(note)));
    const resources = new Map(ordered.map((resource) => [resource.planned.address, resource]));
    const operations = new Operations(
      {
        session,
        store,
        plan,
        wanted,
        resources,
        beginningAtOnce: this.concurrency - 1,
        signal: this.stop.signal,
        stopped: () => this.isStopped(),
      },
      new Set(difference.adopted),
    );
    if (difference.changes.length > 0) {
      const nodes = buildGraph({
        changes: difference.changes,
        ordered,
        recorded: fold.resources,
        leftovers: fold.leftovers,
        kinds,
      });
      await this.execute(nodes, operations, resources, wanted);
    }
    if (!this.fatal) await this.recordOutputs(plan, wanted);
    if (!this.fatal) await this.compact();
    const summary = this.summary(counted);
    session.events.emit({ type: "run-finished", summary });
    const failure = this.fatal ?? this.halted;
    if (failure) throw failure;
    return summary;
  }

  private now(): number {
    return this.session.timing.clock.now();
  }

  private get concurrency(): number {
    return this.session.options.concurrency ?? CONCURRENCY;
  }

  private isStopped(): boolean {
    return (this.fatal ?? this.halted) !== undefined || this.options.signal?.aborted === true;
  }

  /** What was compared with other secrets, or other values of other stacks, is not what would be done. */
  private refuseOtherInputs(wanted: Wanted | undefined): void {
    const changed = wanted?.changedSince(this.difference.inputs) ?? [];
    if (changed.length === 0) return;
    throw outdated(
      `${listed(changed)} ${changed.length === 1 ? "has another value" : "have other values"} now.`,
    );
  }

  /** What an interrupted run has left and nobody saw then is to be decided about first. */
  private async refuseAppeared(ordered: readonly OrderedResource[]): Promise<void> {
    const { targets, adopted, notes } = this.difference;
    const { fold } = this.store;
    const selection =
      targets &&
      selectTargets({
        ordered,
        recorded: fold.resources,
        others: [...fold.unfinished.keys()],
        targets: targets.addresses,
      });
    const known = new Set(adopted);
    const moved = new Map(notes.flatMap((note) => (note.type === "move" ? [[note.from, note.to]] : [])));
    const appeared = await recoverAll(this.session, fold, (from) => {
      const address = moved.get(from) ?? from;
      return !known.has(address) && (selection?.addresses.has(address) ?? true);
    });
    if (appeared.length === 0) return;
    const addresses = appeared.map(({ address }) => address);
    throw outdated(`What an interrupted run made for ${listed(addresses)} has come to light since.`);
  }

  private async execute(
    nodes: readonly OperationNode[],
    operations: Operations,
    resources: ReadonlyMap<string, OrderedResource>,
    wanted: Wanted | undefined,
  ): Promise<void> {
    for (const { change } of nodes) {
      if (!change) continue;
      const progress = this.progress.get(change.address);
      if (progress) progress.stepsLeft++;
      else this.progress.set(change.address, { startedAt: undefined, stepsLeft: 1, hasCalled: false });
    }
    const scheduler = new Scheduler(nodes, {
      concurrency: this.concurrency,
      clock: this.session.timing.clock,
      // What cannot be resolved fails in its own step, where it is told.
      exclusive: (node) => orElse([], () => operations.exclusive(node)),
      run: (node, slots) => this.step(node, slots, operations),
      passed: ({ address }) => {
        if (resources.has(address)) orElse(undefined, () => void wanted?.resource(address));
      },
      blocked: (node, by) => this.blocked(node.change as Change, by),
      stopped: () => this.isStopped(),
    });
    const aborted = (): void => scheduler.start();
    this.options.signal?.addEventListener("abort", aborted);
    const stopping = new Stopping(this.options.signal, this.session.timing);
    this.session.stopping = stopping;
    try {
      await scheduler.run();
      await Promise.all(this.unrecorded);
    } finally {
      this.options.signal?.removeEventListener("abort", aborted);
      stopping.end();
    }
    const left = [...this.progress.values()].filter(({ outcome }) => outcome === undefined).length;
    if (left > 0 && !this.fatal && !this.halted) {
      this.session.events.emit({
        type: "warning",
        message: `The run was stopped: ${left} of ${this.progress.size} operations are not done. Run it again to go on.`,
      });
    }
  }

  private async step(node: OperationNode, slots: Slots, operations: Operations): Promise<StepEnd> {
    const change = node.change as Change;
    const { address, operation, kind } = change;
    const progress = this.progress.get(address) as Progress;
    const started = (): void => {
      if (progress.startedAt !== undefined) return;
      progress.startedAt = this.now();
      this.session.events.emit({ type: "operation-started", address, operation, kind });
    };
    try {
      const { called, recorded } = await operations.run(node, slots, started);
      started();
      progress.hasCalled ||= called;
      progress.stepsLeft--;
      this.unrecorded.push(this.finish(change, progress, recorded));
      return "succeeded";
    } catch (error) {
      if (error instanceof Stopped) return "stopped";
      started();
      this.session.events.emit(this.failed(change, progress, error));
      return "failed";
    }
  }

  /** An operation is told to be finished once that is durable; until then, so is nothing that happens after it. */
  private async finish(change: Change, progress: Progress, recorded: Promise<void>): Promise<void> {
    const { address, operation } = change;
    const isLast = progress.stepsLeft === 0;
    const milliseconds = this.now() - (progress.startedAt ?? NaN);
    const tell = isLast ? this.session.events.reserve() : undefined;
    try {
      await recorded;
    } catch (error) {
      const event = this.failed(change, progress, error);
      if (tell) tell(event);
      else this.session.events.emit(event);
      return;
    }
    if (!tell) return;
    progress.outcome = "succeeded";
    if (progress.hasCalled) this.byOperation[operation] = (this.byOperation[operation] ?? 0) + 1;
    tell({ type: "operation-finished", address, operation, milliseconds });
  }

  private failed({ address, operation }: Change, progress: Progress, error: unknown): NewEvent {
    const { code, message, fix } = this.session.describe(error);
    if (ScfError.is(error) && (code === "STATE_UNWRITABLE" || code === "LOCK_LOST")) {
      this.fatal ??= error;
      if (code === "LOCK_LOST") this.stop.abort(error);
    }
    if (isErrorOfClass(error, "credentials")) this.halted ??= this.credentialsRefused(code, message);
    progress.outcome = "failed";
    return {
      type: "operation-failed",
      address,
      operation,
      code,
      message,
      ...(fix === undefined ? {} : { fix }),
    };
  }

  /** No other call would fare better: it is as if the run had been interrupted. */
  private credentialsRefused(code: string, message: string): ScfError {
    return new ScfError(
      "AUTHENTICATION",
      `The platform does not take the credentials (any more), so nothing new was started: ${code}: ${message}`,
      { fix: CHECK_CREDENTIALS },
    );
  }

  private blocked({ address, operation }: Change, by: OperationNode): void {
    const progress = this.progress.get(address) as Progress;
    if (progress.outcome) return;
    progress.outcome = "blocked";
    this.session.events.emit({
      type: "operation-blocked",
      address,
      operation,
      by: (by.change as Change).address,
    });
  }

  /** Records every output whose value is known; the others keep what they had. */
  private async recordOutputs(plan: Plan | undefined, wanted: Wanted | undefined): Promise<void> {
    const { fold } = this.store;
    const { targets, outputs: shown } = this.difference;
    const names = targets ? shown.map(({ name }) => name) : Object.keys(plan?.outputs ?? {});
    const outputs: Record<string, RecordedOutput> = targets ? { ...fold.outputs } : {};
    if (plan && wanted) {
      for (const name of names) {
        const value = this.output(plan, name, wanted) ?? fold.outputs[name];
        if (value) outputs[name] = value;
      }
    } else if (fold.resources.size > 0) return;
    if (compareOutputs(new Map(Object.entries(outputs)), fold.outputs).length > 0) {
      try {
        await this.store.append({ type: "outputs", outputs });
      } catch (error) {
        this.fatal = error as ScfError;
      }
    }
  }

  private output(plan: Plan, name: string, wanted: Wanted): RecordedOutput | undefined {
    try {
      const concealment = this.session.concealment(this.store.fold.salt);
      const output = resolveOutput(plan, name, wanted, concealment);
      return "value" in output ? output : undefined;
    } catch (error) {
      // What it refers to was not made.
      if (ScfError.is(error) && error.code === "ATTRIBUTE_MISSING") return undefined;
      throw error;
    }
  }

  private async compact(): Promise<void> {
    try {
      await this.store.compact();
    } catch (error) {
      const { message } = this.session.describe(error);
      this.session.events.emit({
        type: "warning",
        message: `The journal could not be folded into the snapshot (${message}). It stays valid, and the next run does it.`,
      });
    }
  }

  private calls(): RunSummary["calls"] {
    const { read, write, refused, retried, waits, waitedMilliseconds } = this.session.calls;
    return { read, write, refused, retried, waits, waitedMilliseconds };
  }

  private summary(before: RunSummary["calls"]): RunSummary {
    const outcomes = [...this.progress.values()].map(({ outcome }) => outcome);
    const now = this.calls();
    const failed = outcomes.filter((outcome) => outcome === "failed").length;
    const succeeded = outcomes.filter((outcome) => outcome === "succeeded").length;
    return {
      succeeded,
      failed,
      blocked: outcomes.length - failed - succeeded,
      retained: this.difference.retained.map(({ address }) => address),
      byOperation: this.byOperation,
      calls: {
        read: now.read - before.read,
        write: now.write - before.write,
        refused: now.refused - before.refused,
        retried: now.retried - before.retried,
        waits: now.waits - before.waits,
        waitedMilliseconds: now.waitedMilliseconds - before.waitedMilliseconds,
      },
      milliseconds: this.now() - this.startedAt,
      outputs: this.store.fold.outputs,
    };
  }
}

export function outdated(what: string): ScfError {
  return new ScfError("DIFFERENCE_OUTDATED", `${what} Nothing was changed.`, {
    fix: "Compare again and look at what is different.",
  });
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Every pause of every operation listens. */
function unlimitedController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

function orElse<T>(otherwise: T, get: () => T): T {
  try {
    return get();
  } catch {
    return otherwise;
  }
}
