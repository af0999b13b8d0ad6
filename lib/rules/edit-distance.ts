/** Names longer than this are no misspelling of anything. */
const LONGEST_NAME = 80;
/** Among more candidates than these a guess would cost more than it helps. */
const MOST_CANDIDATES = 200;

/** How many letters have to be inserted, removed or replaced to get from one text to the other. */
export function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      const removed = (previous[column] ?? 0) + 1;
      const inserted = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, removed, inserted));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** The candidate that was probably meant, or undefined when none is near. Case and punctuation count for nothing. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  if (name.length === 0 || name.length > LONGEST_NAME || candidates.length > MOST_CANDIDATES)
    return undefined;
  const plain = letters(name);
  if (plain === "") return undefined;
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    if (candidate.length > LONGEST_NAME) continue;
    const distance = editDistance(plain, letters(candidate));
    if (!best || distance < best.distance) best = { candidate, distance };
  }
  const tolerated = Math.max(1, Math.floor(plain.length / 3));
  return best && best.distance <= tolerated ? best.candidate : undefined;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9*]/g, "");
}
