/** Exit code of a run that was interrupted, as shells expect it. */
export const INTERRUPTED = 130;

/** Ctrl-C, the wish of another process, and a terminal that was closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Turns the first Ctrl-C into a request to stop and the second into an end at once.
 */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly handler = (): void => this.interrupt();

  constructor(
    /** Told once, when the first signal arrives. */
    private readonly onFirst: () => void,
  ) {
    for (const signal of SIGNALS) process.on(signal, this.handler);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get happened(): boolean {
    return this.controller.signal.aborted;
  }

  end(): void {
    for (const signal of SIGNALS) process.off(signal, this.handler);
  }

  private interrupt(): void {
    if (this.happened) process.exit(INTERRUPTED);
    this.onFirst();
    this.controller.abort();
  }
}
