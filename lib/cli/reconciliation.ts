import * as path from "node:path";
import type { Kind } from "../kinds/kind";
import type { PlannedProvider } from "../model/plan";
import type { Difference } from "../reconciler/difference";
import type { RunEvent } from "../reconciler/events";
import type { Reconciler } from "../reconciler/reconciler";
import type { ComparedState } from "../reconciler/saved-plan";
import type { State } from "../reconciler/state";
import { modules } from "./commands/lazy";
import type { Project } from "./project";
import { keepSecretsOf, secretEnvironment } from "./secrets-in-use";
import type { SynthesizedStack } from "./synthesis";

export interface ReconcilerInput {
  readonly name: string;
  /** Absent for a stack of which only the state is left. */
  readonly synthesized?: SynthesizedStack;
  readonly concurrency?: number;
  readonly onEvent?: (event: RunEvent) => void;
  /** What is going to be done to other stacks before this one. */
  readonly pendingOf?: (stack: string) => Difference | undefined;
}

export function openReconciler(project: Project, input: ReconcilerInput): Reconciler {
  const { name, synthesized, concurrency, onEvent, pendingOf } = input;
  if (synthesized) keepSecretsOf(synthesized.plan);
  const { createReconciler, stagedPackages, stateIn } = modules.reconciler();
  return createReconciler({
    stack: name,
    state: stateIn(path.join(project.stateDirectory, name)),
    ...(synthesized
      ? { plan: synthesized.plan, packages: stagedPackages(path.dirname(synthesized.planFile), verifyAsset) }
      : {}),
    kinds: modules.kinds().kinds as Readonly<Record<string, Kind>>,
    openPlatform: (provider) => modules.platform().openPlatform(provider, project.directory),
    stateOf: (stack) => stateOf(project, stack),
    environment: secretEnvironment,
    runGate: modules.reconciler().inShell(project.directory),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(onEvent === undefined ? {} : { onEvent }),
    ...(pendingOf === undefined ? {} : { pendingOf }),
  });
}

/** Whether a staged package still holds the files that its hash stands for. */
export function verifyAsset(bytes: Uint8Array, hash: string): boolean {
  return modules.assets().matchesHash(bytes, hash);
}

/** Where the state of a stack stands just now; undefined when it has none. */
export function compared(project: Project, stack: string): ComparedState | undefined {
  return modules.reconciler().comparedState(path.join(project.stateDirectory, stack), stack);
}

/** What is recorded of a stack; undefined when it was never deployed. */
export function stateOf(project: Project, stack: string): State | undefined {
  return modules.reconciler().readState(path.join(project.stateDirectory, stack));
}

/**
 * Makes sure, before anybody is asked to agree, that the platform can be called.
 *
 * @throws ScfError `CREDENTIALS_MISSING`
 */
export function requirePlatform(provider: PlannedProvider): void {
  if (provider.platform.type === "tencentcloud") modules.tencentCloud().findCredentials(process.env);
}
