import { ScfError } from "../model/error";
import type { JournalRecord } from "./journal-record";
import { StateFold } from "./state-fold";
import type { LockedState, LockRequest, StateStorage, Stored } from "./state-storage";

/** The state of one stack for as long as somebody holds on to this: for tests, which leave nothing behind. */
export function stateInMemory(): StateStorage {
  return new MemoryState();
}

class MemoryState implements StateStorage {
  private recorded: StateFold | undefined;
  private changedAt: number | undefined;
  private holder: LockRequest | undefined;

  read(): Stored | undefined {
    const { recorded } = this;
    return recorded && { fold: copyOf(recorded), warnings: [] };
  }

  lastWritten(): number | undefined {
    return this.changedAt;
  }

  lock(request: LockRequest): LockedState {
    if (this.holder) {
      throw new ScfError(
        "STATE_LOCKED",
        `The state of ${request.stack} is locked by \`${this.holder.purpose}\`.`,
        {
          fix: "Wait until that run has ended.",
        },
      );
    }
    this.holder = request;
    return {
      stored: this.read(),
      warnings: [],
      check: () => undefined,
      begin: (fold) => {
        this.recorded ??= copyOf(fold);
        return fold.epoch + 1;
      },
      append: (record) => this.append(record),
      compact: () => Promise.resolve(true),
      close: () => {
        this.holder = undefined;
        return Promise.resolve();
      },
    };
  }

  /** Takes the record as it would be read back from a file: nothing that happens to it later counts. */
  private append(record: JournalRecord): Promise<void> {
    this.recorded?.take(JSON.parse(JSON.stringify(record)) as JournalRecord);
    this.changedAt = Date.now();
    return Promise.resolve();
  }
}

function copyOf(fold: StateFold): StateFold {
  return new StateFold(fold.toState(), fold.bookkeeping());
}
