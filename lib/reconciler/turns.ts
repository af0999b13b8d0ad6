/** Lets those who share a key work one after the other, in the order in which they came. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  async within<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const before = keys.map((key) => this.last.get(key));
    for (const key of keys) this.last.set(key, ended);
    try {
      await Promise.all(before);
      return await work();
    } finally {
      for (const key of keys) if (this.last.get(key) === ended) this.last.delete(key);
      end();
    }
  }
}
