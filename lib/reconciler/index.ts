import { ScfError } from "../model/error";
import { planHash, type Plan } from "../model/plan";
import { buildDifference } from "./build-difference";
import type { Difference } from "./difference";
import { findDrift, recordDrift, type Drift, type Refreshed } from "./drift";
import type { RunSummary } from "./events";
import type { NewEntry } from "./journal-record";
import {
  applyImports,
  findImports,
  type ImportFindings,
  type ImportOptions,
  type ImportSummary,
} from "./import";
import type { ApplyOptions, DifferenceOptions, Reconciler, ReconcilerOptions } from "./reconciler";
import { outdated, Run } from "./run";
import { Session } from "./session";
import type { ComparedState } from "./saved-plan";
import { requireNotMoved } from "./moved-to-terraform";
import { StateFold } from "./state-fold";
import { readStored } from "./state-reader";
import type { Stored } from "./state-storage";
import { newState, StateStore } from "./state-store";

export * from "./difference";
export type { Drift, DriftedProperty, DriftedResource, Refreshed } from "./drift";
export * from "./events";
export type { GateRunner } from "./gate";
export type * from "./import";
export { inShell } from "./shell";
export * from "./reconciler";
export * from "./state";
export { readState } from "./state-reader";
export { editState, forgetting, moving, unknownAddress } from "./state-edit";
export { findLock, freeLock, LEASE_MS, type FoundLock } from "./lock";
export { describe as describeHolder } from "./lock-holder";
export { requirePackages, stagedPackages, type PackageSource } from "./packages";
export * from "./resource-driver";
export { stateIn } from "./state-folder";
export { stateInMemory } from "./state-in-memory";
export type { StateStorage } from "./state-storage";
export { openMove, type StateMove } from "./state-move";
export { recordedForm, recordedOutputs, type Recording } from "./recorded-form";
export { concealmentOf } from "./concealment";
export { hasFingerprint, isFingerprint, type Fingerprints } from "./fingerprint";
export { knownKind } from "./known-kind";
export { ownerMark } from "./owner";
export { inOrder } from "./plan-order";
export { requireSamePlace } from "./session";
export { recordedLifecycle } from "./lifecycle";
export * from "./saved-plan";

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
  if (!isSame) throw outdated(changedState(compared.stack, compared, now ?? { serial: 0, sequence: 0 }));
}

type Position = Pick<ComparedState, "serial" | "sequence">;

function changedState(stack: string, then: Position, now: Position): string {
  return (
    `The state of ${stack} has changed since it was compared: serial ${then.serial}, record ${then.sequence} then; ` +
    `serial ${now.serial}, record ${now.sequence} now.`
  );
}

interface Compared extends Stored {
  readonly changedAt: number | undefined;
}

/** The state that something was made from. */
type Seen = Pick<Difference, "lineage" | "serial" | "sequence"> & { readonly salt?: string };

class StackReconciler implements Reconciler {
  private readonly session: Session;
  /** Identity of the state, should there be none yet. */
  private readonly fresh = newState();

  constructor(private readonly options: ReconcilerOptions) {
    this.session = new Session(options);
  }

  async difference({
    destroy = false,
    targets,
    retryReleases = false,
  }: DifferenceOptions = {}): Promise<Difference> {
    const plan = this.session.plan(destroy);
    const { fold, warnings, changedAt } = this.stored(plan);
    await this.session.checkAccount(fold);
    return buildDifference(this.session, fold, plan, {
      destroy,
      targets,
      retryReleases,
      warnings,
      changedAt,
    });
  }

  async apply(difference: Difference, options: ApplyOptions): Promise<RunSummary> {
    const { session } = this;
    const plan = session.plan(difference.destroy);
    if ((plan && planHash(plan)) !== difference.planHash) {
      throw outdated(`The plan of ${session.stack} is another one than was compared.`);
    }
    return this.locked(plan, options.purpose, difference, (store) =>
      new Run(session, store, difference, options).run(),
    );
  }

  async findImports(options: ImportOptions): Promise<ImportFindings> {
    const plan = this.wholePlan();
    const { fold } = this.stored(plan);
    await this.session.checkAccount(fold);
    return findImports(this.session, fold, plan, options);
  }

  async import(
    findings: ImportFindings,
    options: ImportOptions & { readonly signal?: AbortSignal },
  ): Promise<ImportSummary> {
    const plan = this.wholePlan();
    return this.locked(plan, "import", findings, (store) => applyImports(this.session, store, plan, options));
  }

  async drift(): Promise<Drift> {
    const { plan } = this.options;
    const { fold, ...stored } = this.stored(plan);
    await this.session.checkAccount(fold);
    return findDrift(this.session, fold, plan, stored);
  }

  refresh(drift: Drift, options: ApplyOptions): Promise<Refreshed> {
    return this.locked(this.options.plan, options.purpose, drift, (store) =>
      recordDrift(store, drift, options.signal),
    );
  }

  async close(): Promise<void> {
    await this.session.calls.close();
  }

  /** The plan of a stack that the program has. */
  private wholePlan(): Plan {
    const plan = this.session.plan(false);
    if (plan) return plan;
    throw new ScfError(
      "PLAN_MISSING",
      `There is no plan of ${this.session.stack}: the program does not have it.`,
    );
  }

  /** What is recorded, to be read only. */
  private stored(plan: Plan | undefined): Compared {
    const { state } = this.options;
    const changedAt = state.lastWritten();
    const stored = state.read();
    requireNotMoved(stored?.fold);
    const provider = this.session.useProvider(stored?.fold, plan);
    const fold = stored?.fold ?? StateFold.empty({ ...this.fresh, stack: this.session.stack, provider });
    return { fold, warnings: stored?.warnings ?? [], changedAt };
  }

  /**
   * Works on the state under its lock.
   *
   * @throws ScfError `DIFFERENCE_OUTDATED` when it is not the state that `seen` was made from
   */
  private async locked<T>(
    plan: Plan | undefined,
    purpose: string,
    seen: Seen,
    work: (store: StateStore) => Promise<T>,
  ): Promise<T> {
    const { session } = this;
    if (!session.hasCheckedAccount) await session.checkAccount(this.stored(plan).fold);
    const provider = await session.recordedProvider();
    const store = StateStore.open({
      storage: this.options.state,
      stack: session.stack,
      purpose,
      // What is compared before there is a state is the first to go into it.
      fresh: seen.salt === undefined ? this.fresh : { lineage: seen.lineage, salt: seen.salt },
      providerFor: (stored) => {
        requireNotMoved(stored);
        return { ...provider, ...session.useProvider(stored, plan) };
      },
      onUnrecorded: (entry) => tellUnrecorded(session, entry),
    });
    session.mayWrite = () => store.checkLock();
    try {
      if (store.isOther(seen)) throw outdated(changedState(session.stack, seen, store.fold));
      for (const message of store.warnings) session.events.emit({ type: "warning", message });
      return await work(store);
    } finally {
      session.mayWrite = () => undefined;
      await store.close();
    }
  }
}

/** What the platform has done is said where it cannot be recorded: nobody else knows. Secrets are fingerprints by now. */
function tellUnrecorded(session: Session, entry: NewEntry): void {
  if (entry.type !== "end" && entry.type !== "attributes") return;
  const what =
    entry.type === "end"
      ? `the ${entry.operation} was carried out`
      : "the platform has made something for it";
  const message =
    `${entry.address}: ${what} and could not be recorded (${JSON.stringify(entry.attributes)}). ` +
    "The next run looks for it on the platform.";
  session.events.emit({ type: "warning", message });
}
