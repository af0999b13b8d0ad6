import type { PlannedProvider } from "../model/plan";
import type { State, TerraformMove } from "./state";
import { stateIn } from "./state-folder";
import { newState, StateStore } from "./state-store";

interface MoveOptions {
  readonly directory: string;
  readonly stack: string;
  /** Recorded in the lock: `state to-terraform`. */
  readonly purpose: string;
  /** Where the resources are, for a stack of which nothing is recorded yet. */
  readonly provider: PlannedProvider;
  /** Begins the marks of ownership of a stack of which nothing is recorded yet. */
  readonly lineage?: string | undefined;
}

/** The state of a stack under its lock, while its resources move to Terraform's state or back. Each step is durable. */
export interface StateMove {
  readonly warnings: readonly string[];
  /** What is recorded just now. */
  state(): State;
  /** @param move undefined ends the move */
  step(move: TerraformMove | undefined): Promise<void>;
  /** Records what comes from Terraform's state, all of it or nothing. */
  arrive(what: Pick<State, "resources" | "outputs">): Promise<void>;
  close(): Promise<void>;
}

/** @throws ScfError `STATE_LOCKED` when a run is working */
export function openMove({ directory, stack, purpose, provider, lineage }: MoveOptions): StateMove {
  const store = StateStore.open({
    storage: stateIn(directory),
    stack,
    purpose,
    fresh: { ...newState(), ...(lineage === undefined ? {} : { lineage }) },
    providerFor: (stored) => (stored && stored.resources.size > 0 ? stored.provider : provider),
  });
  return {
    warnings: store.warnings,
    state: () => store.fold.toState(),
    step: async (move) => {
      await store.append({ type: "terraform", move: move ?? "none" });
      await store.compact();
    },
    arrive: async ({ resources, outputs }) => {
      await store.append({ type: "arrival", resources, outputs });
      await store.compact();
    },
    close: () => store.close(),
  };
}
