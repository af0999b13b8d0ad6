/** Places for operations that work at the same time. One that only waits gives its place away. */
export class Slots {
  private free: number;
  private readonly returning: (() => void)[] = [];

  /** @param onFree called when a place is free and nobody who was waiting needs it again */
  constructor(
    places: number,
    private readonly onFree: () => void,
  ) {
    this.free = places;
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

  /** Waits without holding a place. What was begun comes before what is new. */
  async without<T>(wait: () => Promise<T>): Promise<T> {
    this.giveBack();
    try {
      return await wait();
    } finally {
      if (this.available) this.take();
      else await new Promise<void>((resolve) => this.returning.push(resolve));
    }
  }
}
