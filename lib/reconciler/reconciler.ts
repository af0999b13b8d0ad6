import type { Kind, Platform } from "../kinds/kind";
import type { Plan, PlannedProvider } from "../model/plan";
import type { Difference } from "./difference";
import type { Drift, Refreshed } from "./drift";
import type { EventListener, RunSummary } from "./events";
import type { GateRunner } from "./gate";
import type { ImportFindings, ImportOptions, ImportSummary } from "./import";
import type { PackageSource } from "./packages";
import type { State } from "./state";
import type { StateStorage } from "./state-storage";
import type { Timing } from "./timing";

export interface ReconcilerOptions {
  readonly stack: string;
  /** What is recorded of it. Nothing is written there before the first run applies something. */
  readonly state: StateStorage;
  /** What is wanted; absent when the stack has left the program and only its state is left. */
  readonly plan?: Plan;
  /**
   * Where the packages of the plan are.
   *
   * @default none: what is to be done must need none
   */
  readonly packages?: PackageSource;
  readonly kinds: Readonly<Record<string, Kind>>;
  /** Opens the platform; called once, when the first call is made. */
  readonly openPlatform: (provider: PlannedProvider) => Promise<Platform>;
  /** The states of the stacks that this one refers to. */
  readonly stateOf: (stack: string) => State | undefined;
  /** What is going to be done to those stacks before this one; absent when nothing is. */
  readonly pendingOf?: (stack: string) => Difference | undefined;
  /** Where secrets come from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Operations at once, at most; waiting does not count. Default 20. */
  readonly concurrency?: number;
  readonly onEvent?: EventListener;
  /**
   * Runs the gates of releases.
   *
   * @default a shell, in the folder of this process and with its environment
   */
  readonly runGate?: GateRunner;
  /**
   * Packages that the resource at an address may have been made with, by their content hashes.
   *
   * @default those that the plan has for it
   */
  readonly packagesAt?: (address: string) => readonly string[];
  /** Pauses between attempts, where they are to differ from the usual ones. */
  readonly timing?: Partial<Timing>;
}

export interface ApplyOptions {
  /** First abort: nothing new starts, running operations end. */
  readonly signal?: AbortSignal;
  /** Recorded in the lock, for whoever finds it held: `deploy`. */
  readonly purpose: string;
}

export interface DifferenceOptions {
  /** What removing everything would do. */
  readonly destroy?: boolean;
  /**
   * Addresses of resources, or of the constructs around them. They and what they depend on are compared, nothing else is
   * touched, and outputs stay as they are.
   */
  readonly targets?: readonly string[];
  /** Whether releases that were rolled back are tried again. */
  readonly retryReleases?: boolean;
}

/** Compares one stack's plan with what is recorded and what is live, and brings the platform there. */
export interface Reconciler {
  /**
   * Reads the platform, changes nothing and takes no lock.
   *
   * @throws ScfError `PROTECTED` when something that is protected would be deleted or replaced, `TARGET_UNKNOWN`
   */
  difference(options?: DifferenceOptions): Promise<Difference>;
  /**
   * Does what the difference says. Resolves also when operations failed: the summary and the events tell which.
   *
   * @throws ScfError `STATE_LOCKED` when another run holds the lock, `DIFFERENCE_OUTDATED` when the state, the plan or a value
   *   from elsewhere is another one than was compared
   */
  apply(difference: Difference, options: ApplyOptions): Promise<RunSummary>;
  /**
   * Looks for existing objects that are to come under management, and says what stands in the way and what the next deploy
   * would do to them. Changes nothing and takes no lock.
   */
  findImports(options: ImportOptions): Promise<ImportFindings>;
  /**
   * Marks what was found, and records it under the lock. One that fails ends it: those before are recorded.
   *
   * @throws ScfError `STATE_LOCKED`, `DIFFERENCE_OUTDATED` as `apply` does
   */
  import(
    findings: ImportFindings,
    options: ImportOptions & { readonly signal?: AbortSignal },
  ): Promise<ImportSummary>;
  /** Reads what is recorded and says what was changed elsewhere. Changes nothing and takes no lock. */
  drift(): Promise<Drift>;
  /**
   * Records what was found as it is, without a call that writes. Nothing is recorded when the signal is aborted.
   *
   * @throws ScfError `STATE_LOCKED` when another run holds the lock, `DIFFERENCE_OUTDATED` when the state has moved on
   */
  refresh(drift: Drift, options: ApplyOptions): Promise<Refreshed>;
  close(): Promise<void>;
}
