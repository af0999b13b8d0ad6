import type { ReadContext } from "./kind";

/** Everything of a list that the platform gives in pages. */
export async function allPages<T>(
  pageSize: number,
  page: (offset: number, limit: number) => Promise<{ items: readonly T[]; total: number }>,
): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const { items, total } = await page(all.length, pageSize);
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

/** An answer that other reads of the same comparison need too: it is asked for once where the context says so. */
export function shared<T>(context: ReadContext, key: string, read: () => Promise<T>): Promise<T> {
  return context.shared ? context.shared(key, read) : read();
}

/** Calls of a list of everything that are under way at the same time. */
const AT_ONCE = 10;

/** What each item leads to, in the order of the items. */
export async function forEachOf<T, R>(
  items: readonly T[],
  find: (item: T) => Promise<readonly R[]>,
): Promise<R[]> {
  const found: (readonly R[])[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) {
      found[index] = await find(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return found.flat();
}
