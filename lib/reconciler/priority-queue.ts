/** A binary heap: the item that `comesBefore` all others is taken first. */
export class PriorityQueue<T> {
  private readonly items: T[] = [];

  constructor(private readonly comesBefore: (left: T, right: T) => boolean) {}

  get size(): number {
    return this.items.length;
  }

  add(item: T): void {
    let index = this.items.length;
    this.items.push(item);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.before(index, parent)) break;
      this.swap(index, parent);
      index = parent;
    }
  }

  take(): T | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (this.items.length === 0 || last === undefined) return first;
    this.items[0] = last;
    this.sink(0);
    return first;
  }

  /** Puts the items in order again after what they are compared by has changed. */
  reorder(): void {
    for (let index = (this.items.length >> 1) - 1; index >= 0; index--) this.sink(index);
  }

  private sink(from: number): void {
    for (let index = from; ;) {
      const left = 2 * index + 1;
      let least = index;
      if (left < this.items.length && this.before(left, least)) least = left;
      if (left + 1 < this.items.length && this.before(left + 1, least)) least = left + 1;
      if (least === index) return;
      this.swap(index, least);
      index = least;
    }
  }

  private before(left: number, right: number): boolean {
    return this.comesBefore(this.items[left] as T, this.items[right] as T);
  }

  private swap(left: number, right: number): void {
    const item = this.items[left] as T;
    this.items[left] = this.items[right] as T;
    this.items[right] = item;
  }
}
