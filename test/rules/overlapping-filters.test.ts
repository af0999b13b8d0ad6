import * as fc from "fast-check";
import { overlappingFilters, type ObjectFilter } from "../../lib/rules/overlapping-filters";

const filters: fc.Arbitrary<ObjectFilter[]> = fc.array(
  fc.record({
    event: fc.constantFrom("cos:ObjectCreated:*", "cos:ObjectCreated:Put", "cos:ObjectRemove:*"),
    prefix: fc.constantFrom("", "a", "a/", "a/b", "b/"),
    suffix: fc.constantFrom("", ".jpg", ".thumb.jpg", ".png"),
  }),
  { maxLength: 8 },
);

/** The same question, asked of every pair. */
function overlap(left: ObjectFilter, right: ObjectFilter): boolean {
  const events =
    left.event === right.event || [left, right].some(({ event }) => event === "cos:ObjectCreated:*");
  const sameSort = left.event.split(":")[1] === right.event.split(":")[1];
  return (
    events &&
    sameSort &&
    (left.prefix.startsWith(right.prefix) || right.prefix.startsWith(left.prefix)) &&
    (left.suffix.endsWith(right.suffix) || right.suffix.endsWith(left.suffix))
  );
}

function differ(left: ObjectFilter, right: ObjectFilter): boolean {
  return JSON.stringify(left) !== JSON.stringify(right);
}

test("only pairs that overlap are reported, each once", () => {
  fc.assert(
    fc.property(filters, (given) => {
      const pairs = overlappingFilters(given);
      for (const [left, right] of pairs) {
        expect(overlap(left, right)).toBe(true);
        expect(differ(left, right)).toBe(true);
      }
      const texts = pairs.map((pair) =>
        pair
          .map((filter) => JSON.stringify(filter))
          .sort()
          .join(),
      );
      expect(new Set(texts).size).toBe(texts.length);
    }),
  );
});

test("where any two overlap, a pair is reported", () => {
  fc.assert(
    fc.property(filters, (given) => {
      const any = given.some((left, index) =>
        given.slice(index + 1).some((right) => differ(left, right) && overlap(left, right)),
      );
      expect(overlappingFilters(given).length > 0).toBe(any);
    }),
    { numRuns: 500 },
  );
});

test("ten thousand filters of one bucket are compared at once", () => {
  const event = "cos:ObjectCreated:*";
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    event,
    prefix: `f${index}/`,
    suffix: `.${index % 90}`,
  }));
  const started = Date.now();
  expect(overlappingFilters(many)).toEqual([]);
  expect(Date.now() - started).toBeLessThan(3_000);
});
