import { ScfError } from "../model/error";
import { buildDifference } from "./build-difference";
import type { Difference } from "./difference";
import type { RunSummary } from "./events";
import type { ApplyOptions, DifferenceOptions, Reconciler, ReconcilerOptions } from "./reconciler";
import { Run } from "./run";
import { Session } from "./session";
import { STATE_FORMAT, STATE_VERSION } from "./state";
import { StateFold } from "./state-fold";
import { readStored, StateStore } from "./state-store";

export * from "./difference";
export * from "./events";
export * from "./reconciler";
export * from "./state";
export { readState } from "./state-store";
export { isFingerprint, type Fingerprint } from "./fingerprint";
export type { Timing } from "./timing";

/** A reconciler of one stack. Nothing is opened, read or written before it is asked for a difference. */
export function createReconciler(options: ReconcilerOptions): Reconciler {
  return new StackReconciler(options);
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

  async apply(difference: Difference, options: ApplyOptions): Promise<RunSummary> {
    const { session } = this;
    const plan = session.plan(difference.destroy);
    const store = StateStore.open({
      directory: this.options.stateDirectory,
      stack: session.stack,
      purpose: options.purpose,
      fresh: session.fresh,
      providerFor: (stored) => session.useProvider(stored, plan),
    });
    session.mayWrite = () => store.checkLock();
    try {
      if (store.isOther(difference)) {
        throw new ScfError(
          "DIFFERENCE_OUTDATED",
          `The state of ${session.stack} has changed since it was compared: serial ${difference.serial}, record ` +
            `${difference.sequence} then; serial ${store.fold.serial}, record ${store.fold.sequence} now.`,
          { fix: "Compare again and look at what is different." },
        );
      }
      return await new Run(session, store, difference, options).run();
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
