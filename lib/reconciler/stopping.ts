import { setMaxListeners } from "events";
import { ScfError } from "../model/error";
import { pause, type Timing } from "./timing";

/**
 * The wish that a run ends. Nothing new starts then, and nobody waits any more who has changed nothing yet; whoever has
 * may wait a little longer. Nothing is lost by cutting a wait short: what was begun is recorded, and the next run goes on.
 */
export class Stopping {
  /** Aborted at once. */
  private readonly now = new AbortController();
  /** Aborted when patience is over. */
  private readonly late = new AbortController();
  private readonly ended = new AbortController();
  private readonly stop = (): void => this.begin();

  constructor(
    private readonly wish: AbortSignal | undefined,
    private readonly timing: Timing,
  ) {
    // Every wait of every operation listens.
    for (const { signal } of [this.now, this.late]) setMaxListeners(0, signal);
    if (wish?.aborted) this.begin();
    else wish?.addEventListener("abort", this.stop, { once: true });
  }

  /** Waits no longer than the wish allows, and no longer than the given signal does. */
  async bound<T>(
    signal: AbortSignal,
    mayHaveTakenEffect: boolean,
    wait: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (!this.wish) return wait(signal);
    const cut = (mayHaveTakenEffect ? this.late : this.now).signal;
    try {
      return await wait(AbortSignal.any([signal, cut]));
    } catch (error) {
      if (!cut.aborted || signal.aborted) throw error;
      throw new ScfError(
        "INTERRUPTED",
        mayHaveTakenEffect
          ? "The run was stopped while this was waited for. What was begun is recorded."
          : "The run was stopped before this changed anything.",
        { fix: "Run the command again: it goes on from here." },
      );
    }
  }

  end(): void {
    this.wish?.removeEventListener("abort", this.stop);
    this.ended.abort();
  }

  private begin(): void {
    this.now.abort();
    const { patience, clock } = this.timing;
    pause(patience, clock, this.ended.signal).then(
      () => this.late.abort(),
      () => undefined,
    );
  }
}
