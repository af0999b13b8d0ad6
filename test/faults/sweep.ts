import type { FaultProject } from "./project";

/** What a killed run and the one after it have to end in: what one undisturbed run ends in. */
export interface Outcome {
  readonly platform: Readonly<Record<string, readonly string[]>>;
  readonly writes: readonly string[];
}

export function outcomeOf(project: FaultProject, since: number): Outcome {
  return { platform: project.platformState(), writes: project.acceptedWrites(since) };
}

/** How an outcome differs from the expected one, one line per row and call; empty when it does not. */
export function differences(expected: Outcome, found: Outcome): string[] {
  const lines = comparison(expected.writes, found.writes).map((line) => `write ${line}`);
  for (const table of Object.keys(expected.platform)) {
    const rows = comparison(expected.platform[table] ?? [], found.platform[table] ?? []);
    lines.push(...rows.map((line) => `${table} ${line}`));
  }
  return lines;
}

/** Both as multisets: what is missing and what is too much. */
function comparison(expected: readonly string[], found: readonly string[]): string[] {
  const count = new Map<string, number>();
  for (const text of expected) count.set(text, (count.get(text) ?? 0) - 1);
  for (const text of found) count.set(text, (count.get(text) ?? 0) + 1);
  return [...count]
    .filter(([, surplus]) => surplus !== 0)
    .map(
      ([text, surplus]) =>
        `${surplus > 0 ? "too much" : "missing"}: ${text}${Math.abs(surplus) > 1 ? ` (${Math.abs(surplus)} times)` : ""}`,
    );
}

/**
 * Points at which a death leaves something else behind than at the point before: before a step is after the one that came
 * before it, on the disk as on the platform.
 */
export function distinctPoints(
  names: readonly string[],
): { readonly number: number; readonly name: string }[] {
  return names
    .map((name, index) => ({ number: index + 1, name }))
    .filter(({ number, name }) => number === 1 || !name.startsWith("before "));
}

/** So many of the items, spread evenly, another choice for every seed. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  if (count >= items.length) return [...items];
  const step = items.length / count;
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, index) => items[Math.floor((index + random()) * step)] as T);
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Works on all items, so many at once. */
export async function atOnce<T>(
  items: readonly T[],
  jobs: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}
