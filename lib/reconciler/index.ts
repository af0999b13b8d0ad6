import { ScfError } from "../model/error";
import type { Plan } from "../model/plan";
import { buildDifference } from "./build-difference";
import type { Difference } from "./difference";
import { findDrift, recordDrift, type Drift, type Refreshed } from "./drift";
import type { RunSummary } from "./events";
import type { ApplyOptions, DifferenceOptions, Reconciler, ReconcilerOptions } from "./reconciler";
import { Run } from "./run";
import { Session } from "./session";
import { STATE_FORMAT, STATE_VERSION } from "./state";
import type { ComparedState } from "./saved-plan";
import { StateFold } from "./state-fold";
import { readStored, StateStore } from "./state-store";

export * from "./difference";
export type { Drift, DriftedProperty, DriftedResource, Refreshed } from "./drift";
export * from "./events";
export * from "./reconciler";
export * from "./state";
export { requirePackages } from "./packages";
export * from "./saved-plan";
export { newState, readState, type NewState } from "./state-store";
export { isFingerprint, type Fingerprint } from "./fingerprint";
export type { Timing } from "./timing";

/** A reconciler of one stack. Nothing is opened, read or written before it is asked for a difference. */
export function createReconciler(options: ReconcilerOptions): Reconciler {
  return new StackReconciler(options);
}

/** What is recorded of a stack just now, to find out later whether anything was recorded since. */
export function comparedState(stateDirectory: string, stack: string): ComparedState | undefined {
  const fold = readStored(stateDirectory)?.fold;
  if (!fold) return undefined;
  const { lineage, serial, sequence } = fold;
  return { stack, lineage, serial, sequence };
}

/**
 * Makes sure, before anybody is asked to agree, that a state still is the one that was compared. Takes no lock: applying
 * looks again.
 *
 * @throws ScfError `DIFFERENCE_OUTDATED`
 */
export function requireUnchanged(stateDirectory: string, compared: ComparedState): void {
  const now = comparedState(stateDirectory, compared.stack);
  const isSame = now
    ? now.lineage === compared.lineage && now.serial === compared.serial && now.sequence === compared.sequence
    : compared.serial === 0;
  if (!isSame) throw outdated(compared.stack, compared, now ?? { serial: 0, sequence: 0 });
}

type Position = Pick<ComparedState, "serial" | "sequence">;

function outdated(stack: string, then: Position, now: Position): ScfError {
  return new ScfError(
    "DIFFERENCE_OUTDATED",
    `The state of ${stack} has changed since it was compared: serial ${then.serial}, record ${then.sequence} then; ` +
      `serial ${now.serial}, record ${now.sequence} now.`,
    { fix: "Compare again and look at what is different." },
  );
}

class StackReconciler implements Reconciler {
  private readonly session: Session;

  constructor(private readonly options: ReconcilerOptions) {
    this.session = new Session(options);
  }

  async difference({ destroy = false, targets }: DifferenceOptions = {}): Promise<Difference> {
    const plan = this.session.plan(destroy);
    const stored = readStored(this.options.stateDirectory);
    const provider = this.session.useProvider(stored?.fold, plan);
    const fold = stored?.fold ?? this.emptyFold(provider);
    return buildDifference(this.session, fold, plan, destroy, stored?.warnings ?? [], targets);
  }

  async drift(): Promise<Drift> {
    const stored = readStored(this.options.stateDirectory);
    const { plan } = this.options;
    const provider = this.session.useProvider(stored?.fold, plan);
    return findDrift(this.session, stored?.fold ?? this.emptyFold(provider), plan, stored?.warnings ?? []);
  }

  async apply(difference: Difference, options: ApplyOptions): Promise<RunSummary> {
    const { session } = this;
    const plan = session.plan(difference.destroy);
    return this.withStore(plan, difference, options, (store) =>
      new Run(session, store, difference, options).run(),
    );
  }

  async refresh(drift: Drift, options: ApplyOptions): Promise<Refreshed> {
    return this.withStore(this.options.plan, drift, options, (store) => {
      for (const message of store.warnings) this.session.events.emit({ type: "warning", message });
      return recordDrift(store, drift, options.signal);
    });
  }

  /** Works on the state under its lock, provided that it still is the one that was compared. */
  private async withStore<T>(
    plan: Plan | undefined,
    compared: Pick<Difference, "lineage" | "serial" | "sequence">,
    { purpose }: ApplyOptions,
    work: (store: StateStore) => Promise<T>,
  ): Promise<T> {
    const { session } = this;
    const store = StateStore.open({
      directory: this.options.stateDirectory,
      stack: session.stack,
      purpose,
      fresh: session.fresh,
      providerFor: (stored) => session.useProvider(stored, plan),
    });
    session.mayWrite = () => store.checkLock();
    try {
      if (store.isOther(compared)) throw outdated(session.stack, compared, store.fold);
      return await work(store);
    } finally {
      session.mayWrite = () => undefined;
      await store.close();
    }
  }

  async close(): Promise<void> {
    await this.session.calls.close();
  }

  private emptyFold(provider: StateFold["provider"]): StateFold {
    return new StateFold({
      format: STATE_FORMAT,
      formatVersion: STATE_VERSION,
      ...this.session.fresh,
      serial: 0,
      stack: this.session.stack,
      provider,
      resources: {},
      unfinished: {},
      outputs: {},
    });
  }
}
