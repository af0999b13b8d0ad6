/** What a running operation does with its slot: it gives it away while it only waits. */
export interface Slots {
  /** Waits without holding the slot. What was begun comes before what is new. */
  without<T>(wait: () => Promise<T>): Promise<T>;
  /**
   * Waits in the same way for its turn in the line of an action that the platform throttles. While many operations of one
   * sort stand there, no more of that sort are begun.
   */
  inLine<T>(wait: () => Promise<T>): Promise<T>;
  /** For asking whether what is waited for has come: neither does that keep others from starting, nor they it. */
  readonly polls: SlotPool;
}

/** So many may work at the same time. */
export class SlotPool {
  private free: number;
  private readonly returning: (() => void)[] = [];

  /** @param onFree called when a slot is free and nobody who was waiting needs it again */
  constructor(
    slots: number,
    private readonly onFree: () => void = () => undefined,
  ) {
    this.free = slots;
  }

  get available(): boolean {
    return this.free > 0;
  }

  take(): void {
    this.free--;
  }

  giveBack(): void {
    const next = this.returning.shift();
    if (next) {
      next();
      return;
    }
    this.free++;
    this.onFree();
  }

  async without<T>(wait: () => Promise<T>): Promise<T> {
    this.giveBack();
    try {
      return await wait();
    } finally {
      await this.takeNext();
    }
  }

  async within<T>(work: () => Promise<T>): Promise<T> {
    await this.takeNext();
    try {
      return await work();
    } finally {
      this.giveBack();
    }
  }

  private takeNext(): Promise<void> | void {
    if (this.available) this.take();
    else return new Promise<void>((resolve) => this.returning.push(resolve));
  }
}
