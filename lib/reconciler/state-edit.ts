import { ScfError } from "../model/error";
import type { NewEntry } from "./journal-record";
import { requireNotMoved } from "./moved-to-terraform";
import type { StateFold } from "./state-fold";
import { stateIn } from "./state-folder";
import { newState, StateStore } from "./state-store";

interface StateEdit {
  readonly directory: string;
  readonly stack: string;
  /** Recorded in the lock: `state rm`. */
  readonly purpose: string;
  /** What to record; made with what is recorded once the lock is held, and throws when that does not allow it. */
  readonly entry: (fold: StateFold) => NewEntry;
}

/**
 * Changes what is recorded of a stack by hand, under its lock and without a call to the platform.
 *
 * @throws ScfError `STATE_LOCKED` when a run is working, `STATE_MISSING` when nothing is recorded
 * @returns what there is to be said of the state
 */
export async function editState({ directory, stack, purpose, entry }: StateEdit): Promise<readonly string[]> {
  const store = StateStore.open({
    storage: stateIn(directory),
    stack,
    purpose,
    fresh: newState(),
    providerFor: (stored) => {
      requireNotMoved(stored);
      if (stored) return stored.provider;
      throw new ScfError("STATE_MISSING", `Nothing is recorded of ${stack}.`, {
        fix: "`cdktf-scf state list` prints what is recorded of all stacks.",
      });
    },
  });
  try {
    await store.append(entry(store.fold));
    await store.compact();
    return store.warnings;
  } finally {
    await store.close();
  }
}

/**
 * Drops one generation of a resource: the one that is recorded, or one that was replaced and is not deleted yet.
 *
 * @throws ScfError `ADDRESS_UNKNOWN`
 */
export function forgetting(fold: StateFold, address: string, generation: number): NewEntry {
  const current = fold.resources.get(address) ?? fold.unfinished.get(address);
  const isLeftover = fold.leftoversOf(address).some((leftover) => leftover.generation === generation);
  if (!isLeftover && current?.generation !== generation) throw unknownAddress(address);
  return { type: "forget", address, generation };
}

/**
 * Gives a resource another address, with all that is recorded of it.
 *
 * @throws ScfError `ADDRESS_UNKNOWN`, `ADDRESS_TAKEN`
 */
export function moving(fold: StateFold, from: string, to: string): NewEntry {
  if (!fold.holds(from)) throw unknownAddress(from);
  if (fold.holds(to)) {
    const kind = (fold.resources.get(to) ?? fold.unfinished.get(to) ?? fold.leftoversOf(to)[0])?.kind;
    throw new ScfError("ADDRESS_TAKEN", `There is a resource at ${to} already (${String(kind)}).`, {
      fix: "Move that one away first, or choose another address.",
    });
  }
  return { type: "move", from, to };
}

export function unknownAddress(address: string): ScfError {
  return new ScfError("ADDRESS_UNKNOWN", `Nothing is recorded at ${address}.`, {
    fix: "`cdktf-scf state list` prints the addresses that are.",
  });
}
