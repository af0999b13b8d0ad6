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
