/** Exit code of a run that was interrupted, as shells expect it. */
export const INTERRUPTED = 130;

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
    process.on("SIGINT", this.handler);
    process.on("SIGTERM", this.handler);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get happened(): boolean {
    return this.controller.signal.aborted;
  }

  end(): void {
    process.off("SIGINT", this.handler);
    process.off("SIGTERM", this.handler);
  }

  private interrupt(): void {
    if (this.happened) process.exit(INTERRUPTED);
    this.onFirst();
    this.controller.abort();
  }
}
