/* exported stretch */

/**
 * Makes room along one axis: gives a function from places before to places after, when spans get new sizes. Order is kept, so
 * that boxes which did not overlap never do; gaps stay, and so does everything when no size changes.
 *
 * @param {readonly { start: number, end: number, size: number }[]} spans where boxes begin and end, and how large they become
 * @returns {(place: number) => number}
 */
function stretch(spans) {
  const edges = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const after = [];
  const indexOf = new Map(edges.map((edge, index) => [edge, index]));
  const ending = edges.map(() => []);
  for (const span of spans) ending[indexOf.get(span.end)].push(span);

  edges.forEach((edge, index) => {
    let place = edge;
    if (index > 0) {
      const before = edges[index - 1];
      place = after[index - 1] + (edge - before) * narrowing(spans, before, edge);
    }
    for (const { start, size } of ending[index]) place = Math.max(place, after[indexOf.get(start)] + size);
    after.push(place);
  });

  return (place) => {
    if (edges.length === 0) return place;
    const next = edges.findIndex((edge) => edge >= place);
    if (next === -1) return after.at(-1) + place - edges.at(-1);
    if (edges[next] === place) return after[next];
    if (next === 0) return after[0] + place - edges[0];
    const share = (place - edges[next - 1]) / (edges[next] - edges[next - 1]);
    return after[next - 1] + share * (after[next] - after[next - 1]);
  };
}

/** By how much the way between two edges may shrink: as much as every span over it does, and not at all where none is. */
function narrowing(spans, from, to) {
  let least = 0;
  let covered = false;
  for (const { start, end, size } of spans) {
    if (start > from || end < to) continue;
    covered = true;
    least = Math.max(least, Math.min(1, size / (end - start)));
  }
  return covered ? least : 1;
}
