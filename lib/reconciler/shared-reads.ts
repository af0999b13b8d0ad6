import type { ReadContext } from "../kinds/kind";

/**
 * Answers that the reads of one comparison share: the triggers of a function are listed once, however many of them the
 * program has. Made anew for every comparison, so that nothing outlives a write.
 */
export function sharedReads(): NonNullable<ReadContext["shared"]> {
  const answers = new Map<string, Promise<unknown>>();
  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    let answer = answers.get(key);
    if (!answer) answers.set(key, (answer = read()));
    return answer as Promise<T>;
  };
}
